import { createFrameJson } from '../../shared/contract/frame-json.ts';

/** Code units turned into a string at once; larger spreads overflow the stack of some engines. */
const spreadLimit = 8_192;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += spreadLimit) binary += String.fromCharCode(...bytes.subarray(at, at + spreadLimit));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** The window's end of a WebSocket. */
export const { stringify: stringifyFrame, parse: parseFrame } = createFrameJson({ encode: toBase64, decode: fromBase64 });
