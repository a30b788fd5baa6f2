import { describe, expect, test } from 'vitest';
import type { PdfLine } from './pdf-lines.ts';
import { withoutRunningHeads } from './pdf-margins.ts';

const size = 10;
const at = (text: string, baseline: number): PdfLine => ({ text, left: 50, right: 300, baseline, size });
/** A page of body lines right under each other, with a head and a foot that stand apart. */
const page = (head: string | null, body: readonly string[], foot: string | null): PdfLine[] => [
  ...(head === null ? [] : [at(head, 800)]),
  ...body.map((text, index) => at(text, 750 - index * 12)),
  ...(foot === null ? [] : [at(foot, 40)]),
];
/** A word of its own for each page, without a number in it. */
const letters = (index: number) => 'абвгд'.repeat(index + 1);
const texts = (pages: readonly (readonly PdfLine[])[]) => withoutRunningHeads(pages).map(lines => lines.map(line => line.text));

describe('running heads', () => {
  test('that repeat over the document go, with their page numbers', () => {
    const pages = [1, 2, 3, 4].map(number => page('Отчёт за 2026 год', [`строка ${number}`, 'текст'], `— ${number} —`));
    expect(texts(pages)).toEqual([1, 2, 3, 4].map(number => [`строка ${number}`, 'текст']));
  });

  test('of one chapter go when their number counts the pages', () => {
    const pages = Array.from({ length: 30 }, (_, index) =>
      page(
        index >= 10 && index < 14 ? `Глава 2. Сроки ${index + 3}` : `Иное ${'абвгдежзиклмнопрстуфхцчшщыэюяё'[index]}`,
        [`строка ${letters(index)}`, 'b', 'c', 'd'],
        null,
      ),
    );
    expect(texts(pages).filter(([first]) => first?.startsWith('Глава'))).toEqual([]);
    expect(texts(pages).filter(([first]) => first?.startsWith('Иное'))).toHaveLength(26);
  });

  test('are not the captions of tables, whose numbers do not count the pages', () => {
    const pages = Array.from({ length: 30 }, (_, index) =>
      page(index % 7 === 0 ? `Таблица ${index / 7 + 1}` : null, [letters(index), 'b', 'c', 'd'], null),
    );
    expect(texts(pages).filter(([first]) => first?.startsWith('Таблица'))).toHaveLength(5);
  });

  test('are not lines of the text that happen to be alike, nor all that a page has', () => {
    const alike = [1, 2, 3, 4].map(() => page(null, ['одна и та же строка', 'другая'], null));
    expect(texts(alike)).toEqual([1, 2, 3, 4].map(() => ['одна и та же строка', 'другая']));
    const slides = [1, 2, 3, 4].map(() => [at('Спасибо за внимание', 400)]);
    expect(texts(slides)).toEqual([1, 2, 3, 4].map(() => ['Спасибо за внимание']));
  });

  test('of two pages stay: that may be chance', () => {
    expect(texts([page('Письмо', ['a', 'b'], null), page('Письмо', ['c', 'd'], null)])).toEqual([
      ['Письмо', 'a', 'b'],
      ['Письмо', 'c', 'd'],
    ]);
  });
});
