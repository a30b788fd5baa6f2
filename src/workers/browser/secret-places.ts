import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import type { Box } from './mark-picture.ts';

/** Of a hundred. */
const quality = 75;
export const coverColour = '#3a3a3a';
/** Places of one page that are asked for their boxes: a page that shows a secret more often than that is shown to nobody. */
const placeLimit = 50;

const dotted = 'input[type=password i]';
/** Fields for passwords that a page shows as text, as a button beside them makes it do. */
const bared = ['[autocomplete~=current-password i]', '[autocomplete~=new-password i]', '[name*=passw i]', '[id*=passw i]']
  .map(sign => `input:not([type=password i])${sign}`)
  .join(', ');

/** Fields for passwords, and whatever shows one of the words, in every frame. Looked for outside of the page's own scripts. */
export function secretPlaces(page: Page, words: readonly string[]): readonly Locator[] {
  if (words.length === 0) return [page.locator(dotted)];
  return [...page.frames().map(frame => frame.locator(dotted)), ...baredPlaces(page, words)];
}

function baredPlaces(page: Page, words: readonly string[]): readonly Locator[] {
  return page
    .frames()
    .flatMap(frame => [
      frame.locator(bared),
      ...words.flatMap(each => [frame.getByText(each), frame.locator(`[value*="${each.replaceAll(/["\\]/gu, String.raw`\$&`)}"]`)]),
    ]);
}

/**
 * Where the page shows secrets as text now, in CSS pixels; dots are no secret. `typed` are fields that one was typed into. Null for a
 * page that has more such places than can be asked.
 */
export async function baredBoxes(page: Page, words: readonly string[], typed: readonly ElementHandle[]): Promise<readonly Box[] | null> {
  const found = await Promise.all(baredPlaces(page, words).map(place => place.all()));
  const places = found.flat();
  if (places.length > placeLimit) return null;
  const isBare = await Promise.all(typed.map(async field => !(await isDotted(field))));
  const shown = [...places, ...typed.filter((_, at) => isBare[at] === true)];
  const boxes = await Promise.all(shown.map(place => place.boundingBox().catch(() => null)));
  return boxes.filter(box => box !== null);
}

async function isDotted(field: ElementHandle): Promise<boolean> {
  const type = await field.getAttribute('type').catch(() => null);
  return type?.toLowerCase() === 'password';
}

/** The same JPEG of a page of this width with these places painted over. */
export async function coverPicture(jpeg: Uint8Array, boxes: readonly Box[], pageWidth: number): Promise<Uint8Array> {
  if (boxes.length === 0) return jpeg;
  const image = await loadImage(jpeg);
  const scale = image.width / pageWidth;
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  context.fillStyle = coverColour;
  for (const { x, y, width, height } of boxes) context.fillRect(x * scale, y * scale, width * scale, height * scale);
  return canvas.encode('jpeg', quality);
}
