import { describe, expect, test } from 'vitest';
import { pagesOf } from '../../src/renderer/features/sources/original/cited-pages.ts';
import { lettersOf } from '../../src/renderer/features/sources/original/letters.ts';
import { locatePassage } from '../../src/renderer/features/sources/original/locate-passage.ts';
import { markBoxes, type MarkBox } from '../../src/renderer/features/sources/original/mark-boxes.ts';
import type { Snapshot } from '../../src/shared/domain/snapshot.ts';
import { readSnapshot } from '../support/documents/import-bytes.ts';
import { pageRuns } from '../support/documents/page-runs.ts';
import { column, makePlacedPdf, placedPage, placedSize, type PlacedLine } from '../support/documents/placed-pdf.ts';

interface Found {
  readonly page: number;
  /** What is marked, in the runs' own letters. */
  readonly text: string;
  readonly boxes: readonly MarkBox[];
}

/** A PDF, what the program stored of it, and where the window marks a passage of that. */
async function opened(pages: readonly (readonly PlacedLine[])[]) {
  const { bytes, measure } = await makePlacedPdf(pages);
  const snapshot = await readSnapshot(bytes, 'cited.pdf');
  const runs = await pageRuns(bytes);
  const segments = snapshot.segments.map(segment => ({ ...segment, text: snapshot.text.slice(segment.start, segment.end) }));
  function mark(range: { start: number; end: number }): (Found | null)[] {
    return pagesOf(segments, range).map(passage => {
      const own = runs[passage.page - 1];
      if (own === undefined) throw new Error(`There is no page ${passage.page}.`);
      const spans = locatePassage(
        own.runs.map(({ str }) => str),
        passage,
      );
      if (spans === null) return null;
      return {
        page: passage.page,
        text: spans.map(({ run, from, to }) => own.runs[run]?.str.slice(from, to)).join('|'),
        boxes: markBoxes(own.runs, spans, own.frame, text => measure(text)),
      };
    });
  }
  return { snapshot, measure, mark };
}

function rangeOf({ text }: Snapshot, quote: string, from = 0): { start: number; end: number } {
  const start = text.indexOf(quote, from);
  if (start < 0) throw new Error(`«${quote}» is not in the stored text:\n${text}`);
  return { start, end: start + quote.length };
}

/** Where a part of a line is drawn, in shares of the page; only the baseline's height is known. */
function drawnAt(line: PlacedLine, part: string, measure: (text: string) => number) {
  // pdf.js gives every space as the usual one.
  const text = line.text.replaceAll('\u00A0', ' ');
  const before = text.slice(0, text.indexOf(part));
  const left = (line.x + measure(before)) / placedPage.width;
  return { left, right: left + measure(part) / placedPage.width, baseline: 1 - line.y / placedPage.height };
}

function expectBox(box: MarkBox | undefined, drawn: { left: number; right: number; baseline: number }): void {
  if (box === undefined) throw new Error('Nothing is marked.');
  const point = 1 / placedPage.width;
  expect(Math.abs(box.left - drawn.left)).toBeLessThan(2 * point);
  expect(Math.abs(box.left + box.width - drawn.right)).toBeLessThan(2 * point);
  expect(box.top).toBeLessThan(drawn.baseline - 0.5 * (placedSize / placedPage.height));
  expect(box.top + box.height).toBeGreaterThan(drawn.baseline);
  expect(box.height * placedPage.height).toBeLessThan(2 * placedSize);
}

const cases = {
  ru: {
    lines: [
      'Комиссия осмотрела маяк в начале весны и не на-',
      'шла повреждений, кроме трещины в\u00A0стене. Всё обору-',
      'дование работает; смотритель просит «новую лампу».',
    ],
    hyphenated: 'не нашла повреждений, кроме трещины в стене.',
    marked: ['не на-', 'шла повреждений, кроме трещины в стене.'],
    soft: ['Северный ветер гнал лёд к прича\u00AD', 'лу, и лодки вытащили на берег ещё до темноты.'],
    softEnds: ['гнал лёд', 'и лодки'],
    softLetters: 'гналледкпричалуилодки',
    pages: ['Вечером совет решил, что мост закроют на ремонт в июне, а дви-', 'жение пустят по старой дороге через лес и деревню.'],
    broken: 'мост закроют на ремонт в июне, а дви',
    afterBreak: 'движение',
  },
  en: {
    lines: [
      'The committee inspected the lighthouse and found no dam-',
      'age except one crack in\u00A0the wall. The equip-',
      'ment works; the keeper asks for "a new lamp".',
    ],
    hyphenated: 'found no damage except one crack in the wall.',
    marked: ['found no dam-', 'age except one crack in the wall.'],
    soft: ['The northern wind drove the ice against the harbour\u00AD', 'side, and the boats were pulled ashore before dark.'],
    softEnds: ['against the', 'the boats'],
    softLetters: 'againsttheharboursideandtheboats',
    pages: [
      'In the evening the council agreed that the bridge would close in June, and traf-',
      'fic would take the old road through the wood.',
    ],
    broken: 'the bridge would close in June, and traf',
    afterBreak: 'traffic',
  },
} as const;

describe.each(Object.entries(cases))('%s', (_language, words) => {
  test('a passage over a hyphenated line end is marked on both lines, where its words are drawn', async () => {
    const lines = column(words.lines);
    const { snapshot, measure, mark } = await opened([lines]);
    const [found] = mark(rangeOf(snapshot, words.hyphenated));
    expect(found?.text.split('|')).toEqual(words.marked);
    expect(found?.boxes).toHaveLength(2);
    for (const [at, part] of words.marked.entries()) {
      const line = lines[at];
      if (line) expectBox(found?.boxes[at], drawnAt(line, part, measure));
    }
  });

  test('soft hyphens of the page are no letters of the passage', async () => {
    const { snapshot, mark } = await opened([column(words.soft)]);
    const [first, last] = words.softEnds;
    const [found] = mark({ start: rangeOf(snapshot, first).start, end: rangeOf(snapshot, last).end });
    expect(lettersOf(found?.text ?? '').text).toBe(words.softLetters);
  });

  test('a sentence over a page break is marked on both pages', async () => {
    const [first, second] = words.pages;
    const { snapshot, mark } = await opened([column([first], 72, 90), column([second])]);
    const start = rangeOf(snapshot, words.broken.slice(0, 20)).start;
    const end = rangeOf(snapshot, second.slice(6, 20)).end;
    const found = mark({ start, end });
    expect(found.map(each => each?.page)).toEqual([1, 2]);
    expect(found[0]?.text.startsWith(words.broken)).toBe(true);
    expect(second.startsWith(found[1]?.text ?? '?')).toBe(true);
  });

  test('of the same words said twice those are marked that are cited', async () => {
    const [first, second, third] = words.lines;
    const { snapshot, mark } = await opened([
      [...column([first, second, third]), ...column(['Второй осмотр:', first, second, third], 72, 500)],
    ]);
    const again = rangeOf(snapshot, words.hyphenated, rangeOf(snapshot, words.hyphenated).end);
    expect(mark(rangeOf(snapshot, words.hyphenated))[0]?.boxes[0]?.top).toBeLessThan(0.2);
    expect(mark(again)[0]?.boxes[0]?.top).toBeGreaterThan(0.3);
  });
});

test('two columns: a passage that goes on in the second one is marked in both, and nothing between them', async () => {
  const left = column(['Первый столбец говорит о море', 'и о том, как рыбаки чинили'], 60);
  const right = column(['сети до поздней ночи, пока', 'не погасли огни.'], 330);
  const { snapshot, measure, mark } = await opened([[...left, ...right]]);
  const [found] = mark(rangeOf(snapshot, 'рыбаки чинили сети до поздней ночи'));
  expect(found?.boxes).toHaveLength(2);
  if (left[1] && right[0]) {
    expectBox(found?.boxes[0], drawnAt(left[1], 'рыбаки чинили', measure));
    expectBox(found?.boxes[1], drawnAt(right[0], 'сети до поздней ночи', measure));
  }
});

test('a page written line by line across its columns is still marked where most of the passage stands', () => {
  const runs = ['Первая строка слева говорит', 'А справа совсем другое дело', 'о море и о рыбаках зимой.', 'идёт своим чередом.'];
  const passage = { page: 1, text: 'Первая строка слева говорит о море и о рыбаках зимой.', before: '', after: '' };
  expect(locatePassage(runs, passage)?.map(({ run }) => run)).toEqual([0, 2]);
});

test('ligatures, letters in two parts and «ё» are the letters they are', () => {
  const runs = ['The e\uFB03cient of\uFB01ce ', 'и\u0306од, йод и е\u0308лка'];
  const places = (text: string) => locatePassage(runs, { page: 1, text, before: '', after: '' });
  expect(places('efficient office')).toEqual([{ run: 0, from: 4, to: 17 }]);
  expect(places('йод, йод')).toEqual([{ run: 1, from: 0, to: 9 }]);
  expect(places('ёлка')).toEqual([{ run: 1, from: 12, to: 17 }]);
});

test('a passage goes on from one run into the next, also in the middle of a word', () => {
  const runs = ['Ма', 'як', ' ', 'построили в 18', '71 году.'];
  expect(locatePassage(runs, { page: 1, text: 'Маяк построили в 1871 году.', before: '', after: '' })).toEqual([
    { run: 0, from: 0, to: 2 },
    { run: 1, from: 0, to: 2 },
    { run: 3, from: 0, to: 14 },
    { run: 4, from: 0, to: 8 },
  ]);
});

test('words that are not on the page have no place, nor do half of them', () => {
  const runs = ['Маяк построили в 1871 году на голой скале.'];
  for (const text of [
    'Смотритель держал пчёл и писал письма сестре.',
    'Маяк построили в 1871 году, а пчёл на острове не держали никогда.',
    '— …',
  ])
    expect(locatePassage(runs, { page: 1, text, before: '', after: '' })).toBeNull();
});

test('a rotated page and rotated text are marked where they are seen', () => {
  const run = { str: 'abcd', width: 40, fontFamily: 'x', ascent: 0.8, descent: -0.2, vertical: false };
  const frame = { width: 100, height: 200, toFrame: (x: number, y: number): [number, number] => [x, 200 - y] };
  const measure = (text: string): number => text.length;
  const spans = [{ run: 0, from: 1, to: 3 }];
  expect(markBoxes([{ ...run, transform: [10, 0, 0, 10, 20, 100] }], spans, frame, measure)).toEqual([
    { left: 0.3, top: 0.46, width: 0.2, height: 0.05 },
  ]);
  // Upwards: what was right of the beginning is above it.
  expect(markBoxes([{ ...run, transform: [0, 10, -10, 0, 20, 100] }], spans, frame, measure)).toEqual([
    { left: 0.12, top: 0.35, width: 0.1, height: 0.1 },
  ]);
});
