import { bytesKey } from '../../shared/contract/wire.ts';

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

/** JSON with `Uint8Array` written as `{"$bytes": base64}`. */
export function stringifyFrame(frame: unknown): string {
  return JSON.stringify(frame, (_key, value: unknown) => (value instanceof Uint8Array ? { [bytesKey]: toBase64(value) } : value));
}

/** The inverse of `stringifyFrame`. Throws on text that is not JSON. */
export function parseFrame(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const keys = Object.keys(value);
    if (keys.length !== 1 || keys[0] !== bytesKey) return value;
    const encoded = (value as Record<string, unknown>)[bytesKey];
    return typeof encoded === 'string' ? fromBase64(encoded) : value;
  });
}
