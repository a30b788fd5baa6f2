import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameReader, frameHeader } from '../../src/shared/contract/worker/frame-stream.ts';

function read(chunks: readonly Uint8Array[], byteLimit = 1_000) {
  const frames: unknown[] = [];
  const garbage: string[] = [];
  const take = createFrameReader({
    byteLimit,
    decodeUtf8: bytes => new TextDecoder().decode(bytes),
    onFrame: value => {
      frames.push(value);
    },
    onGarbage: reason => {
      garbage.push(reason);
    },
  });
  for (const chunk of chunks) take(chunk);
  return { frames, garbage };
}
function encode(value: unknown): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return Buffer.concat([frameHeader(body.length), body]);
}
function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return [...chunks, bytes.subarray(at)];
}

describe('frames on a byte pipe', () => {
  test('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.json({ maxDepth: 2 }), { maxLength: 5 }), fc.array(fc.integer({ min: 0, max: 9 })), (texts, sizes) => {
        const values = texts.map(text => JSON.parse(text) as unknown);
        const bytes = Buffer.concat(values.map(encode));
        expect(read(cut(bytes, sizes), 10_000)).toEqual({
          frames: values.map(value => JSON.parse(JSON.stringify(value)) as unknown),
          garbage: [],
        });
      }),
    );
  });

  test('never throw on any bytes, and refuse once', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), chunks => {
        expect(read(chunks).garbage.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('above the limit are refused before they are held, and nothing after them is read', () => {
    const { frames, garbage } = read([encode('a'), frameHeader(1_001), encode('b')]);
    expect(frames).toEqual(['a']);
    expect(garbage).toEqual(['a frame announces 1001 bytes, more than the 1000 allowed']);
  });

  test('that are empty or not JSON are refused', () => {
    expect(read([frameHeader(0)]).garbage).toEqual(['a frame is empty']);
    expect(read([Buffer.concat([frameHeader(3), Buffer.from('{x}')])]).garbage).toEqual(['a frame of 3 bytes is not JSON']);
  });
});
