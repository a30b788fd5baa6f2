import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment } from '../../shared/domain/snapshot.ts';
import { segmentKinds } from '../../shared/domain/snapshot.ts';
import type { ChunkedSnapshot } from './passage-chunks.ts';
import { passageCharLimit, passagesOf } from './passage-chunks.ts';

interface Block {
  readonly kind: Segment['kind'];
  readonly text: string;
  readonly page: number | null;
}

function build(blocks: readonly Block[]): ChunkedSnapshot {
  let text = '';
  const segments: Segment[] = [];
  for (const block of blocks) {
    segments.push({
      kind: block.kind,
      start: text.length,
      end: text.length + block.text.length,
      level: block.kind === 'heading' ? 1 : null,
      page: block.page,
      messageId: null,
      speaker: null,
    });
    text += `${block.text}\n\n`;
  }
  return { text, segments };
}
const texts = (snapshot: ChunkedSnapshot): string[] => passagesOf(snapshot).map(({ start, end }) => snapshot.text.slice(start, end));
const paragraph = (text: string, page: number | null = null): Block => ({ kind: 'paragraph', text, page });

describe('passagesOf', () => {
  test('short blocks share a passage, and a heading begins one', () => {
    const snapshot = build([paragraph('Один.'), paragraph('Два.'), { kind: 'heading', text: 'Глава', page: null }, paragraph('Три.')]);
    expect(texts(snapshot)).toEqual(['Один.\n\nДва.', 'Глава\n\nТри.']);
  });

  test('a row of a table is in one passage, whatever full stops are in it', () => {
    const rows = Array.from({ length: 40 }, (_, at) => `${at} | Построен. Сгорел. Построен снова. | ул. Морская, д. ${at}`);
    const found = texts(build([{ kind: 'table', text: rows.join('\n'), page: null }]));
    expect(found.length).toBeGreaterThan(1);
    expect(found.flatMap(text => text.split('\n'))).toEqual(rows);
  });

  test('a page and a message are borders', () => {
    expect(texts(build([paragraph('Раз.', 1), paragraph('Два.', 1), paragraph('Три.', 2)]))).toEqual(['Раз.\n\nДва.', 'Три.']);
    expect(
      texts(
        build([
          { kind: 'message', text: 'Привет.', page: null },
          { kind: 'message', text: 'И вам.', page: null },
        ]),
      ),
    ).toEqual(['Привет.', 'И вам.']);
  });

  test('sentences stay whole where they fit', () => {
    const sentence = `${'слово '.repeat(60).trim()}.`;
    for (const passage of texts(build([paragraph(Array.from({ length: 12 }, () => sentence).join(' '))]))) {
      expect(passage.endsWith('.')).toBe(true);
      expect(passage.startsWith('слово')).toBe(true);
    }
  });

  test('a block that does not fit whole begins a passage, but never leaves its heading alone', () => {
    const long = 'Предложение из нескольких слов. '.repeat(40).trim();
    expect(texts(build([paragraph('Коротко.'), paragraph(long)]))[0]).toBe('Коротко.');
    expect(texts(build([{ kind: 'heading', text: 'Глава', page: null }, paragraph(long)]))[0]).toMatch(/^Глава\n\nПредложение/u);
  });

  test('one endless word is cut without splitting a surrogate pair', () => {
    const parts = texts(build([paragraph(`a${'😀'.repeat(1_000)}`)]));
    expect(parts.join('')).toBe(`a${'😀'.repeat(1_000)}`);
    expect(parts.every(part => !/\p{Surrogate}/u.test(part))).toBe(true);
  });

  const word = fc.stringMatching(/^[а-яa-z0-9.!?»😀-]{1,14}$/u);
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(' ', '. ', '\n', ' \t', '')), { minLength: 0, maxLength: 300 })
    .map(parts => parts.flat().join(''));
  const blocks = fc.array(fc.record({ kind: fc.constantFrom(...segmentKinds), text, page: fc.option(fc.integer({ min: 1, max: 3 })) }), {
    maxLength: 12,
  });

  test('hold every visible character once, in order, within the limit and their borders', () => {
    fc.assert(
      fc.property(blocks, given => {
        const snapshot = build(given);
        const passages = passagesOf(snapshot);
        const visible = snapshot.text.replaceAll(/\s/gu, '');
        expect(
          passages
            .map(({ start, end }) => snapshot.text.slice(start, end))
            .join('')
            .replaceAll(/\s/gu, ''),
        ).toBe(visible);
        let after = 0;
        for (const { start, end, page } of passages) {
          expect(start).toBeGreaterThanOrEqual(after);
          expect(end - start).toBeGreaterThan(0);
          expect(end - start).toBeLessThanOrEqual(passageCharLimit);
          after = end;
          const touched = snapshot.segments.filter(segment => segment.start < end && segment.end > start);
          expect(
            touched
              .filter(segment => segment.end > segment.start)
              .every(segment => segment.page === page || snapshot.text.slice(segment.start, segment.end).trim() === ''),
          ).toBe(true);
          const borders = touched.filter(segment => (segment.kind === 'heading' || segment.kind === 'message') && segment.start > start);
          expect(borders.every(segment => snapshot.text.slice(segment.start, segment.end).trim() === '')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
