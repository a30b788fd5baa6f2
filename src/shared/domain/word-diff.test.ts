import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordDiff, type TextRun } from './word-diff.ts';

const marked = (runs: readonly TextRun[]): string =>
  runs.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');

describe('what a reader sees as changed', () => {
  test.each([
    ['Насос шумит по вечерам.', 'Насос шумит по утрам.', 'Насос шумит по [-вечерам-]{+утрам+}.'],
    ['Сдать в пятницу', 'Сдать отчёт в пятницу', 'Сдать {+отчёт +}в пятницу'],
    ['Стало хуже, чем было.', 'Стало лучше, чем было.', 'Стало [-хуже-]{+лучше+}, чем было.'],
    ['было очень плохо вчера', 'было совсем хорошо вчера', 'было [-очень плохо-]{+совсем хорошо+} вчера'],
    ['', 'Новое', '{+Новое+}'],
    ['Старое', '', '[-Старое-]'],
    ['Пар 12', 'Пар 14', 'Пар [-12-]{+14+}'],
  ])('%s → %s', (before, after, expected) => {
    expect(marked(wordDiff(before, after))).toBe(expected);
  });

  test('texts that have next to nothing in common are replaced as a whole', () => {
    const long = (word: string): string => Array.from({ length: 600 }, (_, n) => `${word}${n}`).join(' ');
    expect(wordDiff(long('а'), long('б')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});

test('the runs of each side give that side, whatever the texts are', () => {
  const word = fc.constantFrom('насос', 'the', 'ёж', ' ', ' ', ', ', '. ', '12', '\n', '🙂', '—');
  const text = fc.array(word, { maxLength: 60 }).map(words => words.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = wordDiff(before, after);
      const side = (other: TextRun['kind']): string =>
        runs
          .filter(run => run.kind !== other)
          .map(run => run.text)
          .join('');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
      expect(runs.every((run, at) => run.text !== '' && run.kind !== runs[at + 1]?.kind)).toBe(true);
    }),
  );
});
