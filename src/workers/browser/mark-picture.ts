import { createCanvas, loadImage } from '@napi-rs/canvas';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of a hundred. */
const quality = 75;
/** Wide enough to be seen in a card, and in a colour that pages do not use. */
const frame = { width: 4, colour: '#e4007c', gap: 3 } as const;

/** The same JPEG with a frame around a place. Drawn here and not on the page, which would notice. */
export async function markPicture(jpeg: Uint8Array, box: Box): Promise<Uint8Array> {
  const image = await loadImage(jpeg);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  context.lineWidth = frame.width;
  context.strokeStyle = frame.colour;
  context.strokeRect(box.x - frame.gap, box.y - frame.gap, box.width + 2 * frame.gap, box.height + 2 * frame.gap);
  return canvas.encode('jpeg', quality);
}
