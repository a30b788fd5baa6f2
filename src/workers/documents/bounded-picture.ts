import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import { imageSize } from 'image-size';
import { DocumentRefused } from './document-refused.ts';

/** A picture as a model is shown it. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg';
}

/** Longest side of what is sent, in pixels: above it providers make a picture smaller themselves and count no more of it. */
export const longestSide = 1_568;
/** Pixels of a picture that is decoded, at four bytes each: cameras make up to 100 million. */
const pixelLimit = 120_000_000;
/** Letters stay clean above it, and a page has some 300 kB. */
const jpegQuality = 85;

/** A picture as it is sent: no larger than a model looks at, and without what cameras write beside it, as places. */
export async function boundedPicture(bytes: Uint8Array): Promise<Picture> {
  const { width, height } = sizeOf(bytes);
  // SECURITY: a few bytes may claim any size; what is decoded is bounded before the decoder sees it.
  if (width * height > pixelLimit) throw new DocumentRefused('too_large', `${width} × ${height} pixels, at most ${pixelLimit} are read`);
  const image = await loadImage(Buffer.from(bytes)).catch(refuseDamaged);
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const canvas = createCanvas(Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
  const context = canvas.getContext('2d');
  // What is transparent is paper: black letters on nothing would be black on black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await jpegOf(canvas);
}

export async function jpegOf(canvas: Canvas): Promise<Picture> {
  return { bytes: await canvas.encode('jpeg', jpegQuality), mediaType: 'image/jpeg' };
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch (error) {
    return refuseDamaged(error);
  }
}

function refuseDamaged(error: unknown): never {
  throw new DocumentRefused('damaged', error instanceof Error ? error.message : 'image', error);
}
