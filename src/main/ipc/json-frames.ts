import { bytesKey } from '../../shared/contract/wire.ts';

/**
 * JSON text for the WebSocket transport. Bytes, which JSON lacks, travel as `{"$bytes": base64}`; nothing else is
 * changed, and an object of the person's that happens to have that one key stays an object unless its value is base64
 * text, which no route declares.
 */
export function encodeFrame(frame: unknown): string {
  return JSON.stringify(frame, (_key, value: unknown) =>
    value instanceof Uint8Array ? { [bytesKey]: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') } : value,
  );
}

/** Throws a SyntaxError where the text is not JSON. */
export function decodeFrame(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const keys = Object.keys(value);
    if (keys.length !== 1 || keys[0] !== bytesKey) return value;
    const encoded = (value as Record<string, unknown>)[bytesKey];
    return typeof encoded === 'string' ? new Uint8Array(Buffer.from(encoded, 'base64')) : value;
  });
}
