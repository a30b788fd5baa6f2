import { expect, test } from 'vitest';
import { markRange } from './segment-pages.ts';

const segment = { start: 10, text: 'abcdefghij' };

test('a range is marked within its segment', () => {
  expect(markRange(segment, { start: 12, end: 15 })).toEqual([
    { text: 'ab', marked: false },
    { text: 'cde', marked: true },
    { text: 'fghij', marked: false },
  ]);
});

test('a range over several segments is marked in each as far as it goes', () => {
  expect(markRange(segment, { start: 5, end: 12 })).toEqual([
    { text: 'ab', marked: true },
    { text: 'cdefghij', marked: false },
  ]);
  expect(markRange(segment, { start: 18, end: 40 })).toEqual([
    { text: 'abcdefgh', marked: false },
    { text: 'ij', marked: true },
  ]);
  expect(markRange(segment, { start: 0, end: 99 })).toEqual([{ text: 'abcdefghij', marked: true }]);
});

test('a range elsewhere and no range mark nothing', () => {
  for (const range of [null, { start: 0, end: 10 }, { start: 20, end: 25 }, { start: 12, end: 12 }])
    expect(markRange(segment, range)).toEqual([{ text: 'abcdefghij', marked: false }]);
});
