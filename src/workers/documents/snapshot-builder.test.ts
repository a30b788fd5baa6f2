import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapshot as snapshotSchema, type Snapshot } from '../../shared/domain/snapshot.ts';
import { createSnapshotBuilder, segmentCharLimit, type Block } from './snapshot-builder.ts';

const blocks: fc.Arbitrary<Block[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('heading', 'paragraph', 'list-item', 'table', 'code', 'quote' as const),
    text: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('', ' \n ', '\u0301', '\ud83d\ude00'.repeat(5_000), 'слово '.repeat(4_000)),
    ),
    level: fc.integer({ min: -1, max: 9 }),
    keepLines: fc.boolean(),
    tight: fc.boolean(),
  }),
);

function expectSound(snapshot: Snapshot): void {
  expect(snapshotSchema.safeParse(snapshot).error).toBeUndefined();
  expect(snapshot.hash).toBe(createHash('sha256').update(snapshot.text, 'utf8').digest('hex'));
  expect(snapshot.text.normalize('NFC')).toBe(snapshot.text);
  let end = 0;
  for (const segment of snapshot.segments) {
    const text = snapshot.text.slice(segment.start, segment.end);
    expect(segment.start).toBeGreaterThanOrEqual(end);
    expect(snapshot.text.slice(end, segment.start).trim()).toBe('');
    expect(text).not.toBe('');
    expect(text.trim()).not.toBe('');
    expect(text.length).toBeLessThanOrEqual(segmentCharLimit);
    expect(text).not.toMatch(/\p{Surrogate}/u);
    end = segment.end;
  }
  expect(snapshot.text.slice(end)).toBe('');
}

describe('snapshot builder', () => {
  test('segments are ordered, apart, not empty and cover all but white space', () => {
    fc.assert(
      fc.property(blocks, given => {
        const builder = createSnapshotBuilder();
        for (const block of given) builder.add(block);
        const { snapshot, charCount } = builder.build('title');
        expectSound(snapshot);
        expect(charCount).toBe(snapshot.text.length);
      }),
      { numRuns: 60 },
    );
  });

  test('joins paragraphs by an empty line, list items and tight lines by a break', () => {
    const builder = createSnapshotBuilder();
    builder.add({ kind: 'heading', level: 1, text: 'A' });
    builder.add({ kind: 'list-item', text: 'b' });
    builder.add({ kind: 'list-item', text: 'c' });
    builder.add({ kind: 'paragraph', text: 'd' });
    builder.add({ kind: 'paragraph', text: 'e', tight: true });
    expect(builder.build(null).snapshot.text).toBe('A\n\nb\nc\n\nd\ne');
  });

  test('cuts one endless line at sentences, and between whole characters when it has no space', () => {
    const sentence = 'Это предложение повторяется много раз подряд. ';
    const prose = createSnapshotBuilder();
    prose.add({ kind: 'paragraph', text: sentence.repeat(1_000) });
    const spoken = prose.build(null).snapshot;
    expectSound(spoken);
    expect(spoken.segments.length).toBeGreaterThan(4);
    for (const { start, end } of spoken.segments) expect(spoken.text.slice(start, end)).toMatch(/^Это [^]*подряд\.$/u);

    const solid = createSnapshotBuilder();
    solid.add({ kind: 'paragraph', text: `a${'😀'.repeat(20_000)}` });
    expectSound(solid.build(null).snapshot);
  });

  test('pages hold their segments; an empty page stands between its neighbours', () => {
    const builder = createSnapshotBuilder();
    builder.startPage(1);
    builder.add({ kind: 'paragraph', text: 'one' });
    builder.startPage(2);
    builder.startPage(3);
    builder.add({ kind: 'paragraph', text: 'three' });
    const { pages, segments, text } = builder.build(null).snapshot;
    expect(pages).toEqual([
      { number: 1, start: 0, end: 3 },
      { number: 2, start: 3, end: 3 },
      { number: 3, start: 5, end: 10 },
    ]);
    expect(segments.map(({ page, start, end }) => [page, text.slice(start, end)])).toEqual([
      [1, 'one'],
      [3, 'three'],
    ]);
  });

  test('past the limit nothing more is added and the rest is counted', () => {
    const builder = createSnapshotBuilder(10);
    builder.add({ kind: 'paragraph', text: '12345' });
    builder.add({ kind: 'paragraph', text: '1234567' });
    builder.add({ kind: 'paragraph', text: '1' });
    const { snapshot } = builder.build(null);
    expect(snapshot.text).toBe('12345');
    expect(snapshot.warnings).toEqual([{ code: 'truncated', count: 8, detail: null }]);
    expect(builder.isFull).toBe(true);
  });

  test('past the limit of segments short blocks are put together and nothing is lost', () => {
    fc.assert(
      fc.property(blocks, given => {
        const [free, crowded] = [createSnapshotBuilder(), createSnapshotBuilder(undefined, 3)];
        for (const block of given) {
          free.add(block);
          crowded.add(block);
        }
        const { snapshot } = crowded.build(null);
        expectSound(snapshot);
        expect(snapshot.text).toBe(free.build(null).snapshot.text);
      }),
      { numRuns: 40 },
    );
    const builder = createSnapshotBuilder(undefined, 2);
    for (let line = 0; line < 5_000; line += 1) builder.add({ kind: 'paragraph', text: `line ${line}`, tight: true });
    expect(builder.build(null).snapshot.segments.length).toBeLessThan(12);
  });

  test('a long title is cut to what the schema takes', () => {
    const builder = createSnapshotBuilder();
    builder.add({ kind: 'paragraph', text: 'x' });
    const { snapshot } = builder.build('😀'.repeat(400));
    expectSound(snapshot);
    expect(snapshot.title).toMatch(/^(?:😀)+…$/u);
  });
});
