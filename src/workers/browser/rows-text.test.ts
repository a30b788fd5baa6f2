import { expect, test } from 'vitest';
import { markdownTable, rowsText, rowsWithin } from './rows-text.ts';

const columns = ['Товар', 'Цена'];
const rows = [
  { Товар: 'Чай; чёрный:\nлистовой', Цена: 349 },
  { Товар: null, Цена: 0 },
];

test('rows that are written are read again, whatever a page says in them', () => {
  const text = rowsText({ columns, rows });
  expect(text).toBe('Товар: Чай; чёрный: листовой; Цена: 349\n\nТовар: —; Цена: 0');
  expect(rowsWithin(`https://a.example/\n\n${text}`, columns)).toEqual([
    ['Чай; чёрный: листовой', '349'],
    ['—', '0'],
  ]);
  expect(rowsWithin('Цена: 1; Товар: a\nwords', columns)).toEqual([]);
});

test('a table holds what would leave its cell', () => {
  expect(markdownTable(['a', ''], [['x | y\n# z', '[1]']])).toBe('| a |  |\n| --- | --- |\n| x \\| y # z | [1] |');
});
