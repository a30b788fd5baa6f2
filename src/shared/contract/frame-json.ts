import { bytesKey } from './wire.ts';

/** How bytes become base64 (RFC 4648, section 4) and back: each environment has its own fast way. */
export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

export interface FrameJson {
  stringify(frame: unknown): string;
  /** Throws a SyntaxError where the text is not JSON. */
  parse(text: string): unknown;
}

/**
 * Frames as JSON text, for a WebSocket. Bytes, which JSON lacks, travel as `{"$bytes": base64}`; nothing else is changed, and
 * an object of the person's that happens to have that one key stays an object unless its value is text, which no route declares.
 */
export function createFrameJson({ encode, decode }: Base64): FrameJson {
  return {
    stringify: frame =>
      JSON.stringify(frame, (_key, value: unknown) => (value instanceof Uint8Array ? { [bytesKey]: encode(value) } : value)),
    parse(text) {
      const frame: unknown = JSON.parse(text, (_key, value: unknown) => {
        if (typeof value !== 'object' || value === null || !(bytesKey in value)) return value;
        const encoded = value[bytesKey];
        return typeof encoded === 'string' && Object.keys(value).length === 1 ? decode(encoded) : value;
      });
      return frame;
    },
  };
}
