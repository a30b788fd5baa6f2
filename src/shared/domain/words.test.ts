import { describe, expect, test } from 'vitest';
import { foldText, wordsOf, wordSpansOf } from './words.ts';

describe('words', () => {
  test('are runs of letters and digits, folded', () => {
    expect(wordsOf('Ёж-2, «Ещё» don’t')).toEqual(['еж', '2', 'еще', 'don', 't']);
    expect(wordsOf(' … ')).toEqual([]);
  });

  test('know their place in the text', () => {
    const text = '— Ёлка, 50%!';
    expect(wordSpansOf(text).map(({ text: word, start, end }) => [word, text.slice(start, end)])).toEqual([
      ['елка', 'Ёлка'],
      ['50', '50'],
    ]);
    expect(foldText('ЁЛКА')).toBe('елка');
  });
});
