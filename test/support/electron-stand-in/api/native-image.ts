import { readFileSync } from 'node:fs';
import { modelled } from '../modelled.ts';

/** Where a PNG keeps its width and height (PNG specification, 11.2.1: the IHDR chunk comes first). */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_WIDTH_OFFSET = 16;
const PNG_HEIGHT_OFFSET = 20;

type Modelled = Pick<
  Electron.NativeImage,
  'isEmpty' | 'getSize' | 'toPNG' | 'toDataURL' | 'resize' | 'setTemplateImage' | 'isTemplateImage' | 'addRepresentation' | 'getAspectRatio'
>;

/** Knows an image's bytes and size; pixels are never decoded, so a resized image keeps the original's bytes. */
function makeImage(png: Buffer, size: Electron.Size): Electron.NativeImage {
  let template = false;
  const image: Modelled = {
    isEmpty: () => png.length === 0,
    getSize: () => ({ ...size }),
    getAspectRatio: () => (size.height === 0 ? 1 : size.width / size.height),
    toPNG: () => Buffer.from(png),
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    resize: ({ width, height }) => {
      const ratio = size.height === 0 ? 1 : size.width / size.height;
      return makeImage(png, {
        width: width ?? Math.round((height ?? size.height) * ratio),
        height: height ?? Math.round((width ?? size.width) / ratio),
      });
    },
    setTemplateImage: option => void (template = option),
    isTemplateImage: () => template,
    addRepresentation: () => {},
  };
  return modelled('NativeImage', image) as Electron.NativeImage;
}

const empty = (): Electron.NativeImage => makeImage(Buffer.alloc(0), { width: 0, height: 0 });

/** An image from the bytes of a PNG; anything else is empty, as Electron makes it of bytes that it cannot read. */
function fromPng(bytes: Buffer): Electron.NativeImage {
  if (!bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return empty();
  return makeImage(bytes, { width: bytes.readUInt32BE(PNG_WIDTH_OFFSET), height: bytes.readUInt32BE(PNG_HEIGHT_OFFSET) });
}

export { fromPng as imageFromPng };

export const nativeImage = modelled('nativeImage', {
  createEmpty: empty,
  createFromBuffer: (buffer: Buffer) => fromPng(buffer),
  createFromPath(path: string) {
    try {
      return fromPng(readFileSync(path));
    } catch {
      return empty(); // Electron gives an empty image for a file that is not there
    }
  },
  createFromDataURL: (url: string) => fromPng(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
});
