import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameReader, createFrameWriter, frameHeader } from '../../src/shared/contract/worker/frame-stream.ts';

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
  const body = new TextEncoder().encode(JSON.stringify([value]));
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
    expect(garbage).toEqual(['a list of frames announces 1001 bytes, more than the 1000 allowed']);
  });

  test('that are empty, not JSON or no list are refused', () => {
    expect(read([Buffer.concat([frameHeader(2), Buffer.from('{}')])]).garbage).toEqual(['2 bytes of JSON are no list of frames']);
    expect(read([frameHeader(0)]).garbage).toEqual(['a list of frames is empty']);
    expect(read([Buffer.concat([frameHeader(3), Buffer.from('{x}')])]).garbage).toEqual(['a list of frames of 3 bytes is not JSON']);
  });
});

describe('the frames of one turn', () => {
  function write(charLimit: number) {
    const lists: unknown[][] = [];
    let endTurn: (() => void) | null = null;
    const writer = createFrameWriter({
      charLimit,
      encodeUtf8: text => new TextEncoder().encode(text),
      afterTurn: callback => {
        expect(endTurn).toBeNull();
        endTurn = callback;
      },
      write: (header, body) => {
        lists.push([...read([Buffer.concat([header, body])], 10_000).frames]);
      },
    });
    return {
      writer,
      lists,
      endTurn: () => {
        endTurn?.();
        endTurn = null;
      },
    };
  }

  test('travel as one list, in their order, and the next turn has its own', () => {
    const { writer, lists, endTurn } = write(1_000);
    writer.send({ n: 1 });
    writer.send({ n: 2 });
    expect(lists).toEqual([]);
    endTurn();
    writer.send({ n: 3 });
    endTurn();
    expect(lists).toEqual([[{ n: 1 }, { n: 2 }], [{ n: 3 }]]);
  });

  test('do not wait for each other above the limit, and one of any size is sent', () => {
    const { writer, lists, endTurn } = write(20);
    writer.send({ n: 1 });
    writer.send({ text: 'x'.repeat(50) });
    writer.send({ n: 3 });
    writer.send({ n: 4 });
    endTurn();
    expect(lists).toEqual([[{ n: 1 }], [{ text: 'x'.repeat(50) }], [{ n: 3 }, { n: 4 }]]);
  });

  test('are written at once when asked for, and once', () => {
    const { writer, lists, endTurn } = write(1_000);
    writer.send({ n: 1 });
    writer.flush();
    expect(lists).toEqual([[{ n: 1 }]]);
    endTurn();
    expect(lists).toHaveLength(1);
  });
});
