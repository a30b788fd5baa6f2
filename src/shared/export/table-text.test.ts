import { expect, test } from 'vitest';
import { tableCsv, tableJson } from './table-text.ts';

const table = {
  columns: ['Товар', 'price'],
  rows: [
    { Товар: 'Чай «Утро», 100 г', price: 249.9 },
    { Товар: 'say "hi"\nand go', price: null },
    { Товар: '=HYPERLINK("http://a")', price: -5 },
    { price: 0 },
  ],
};

test('values with commas, quotes and line ends are quoted, and no text becomes a formula', () => {
  expect(tableCsv(table)).toBe(
    '\uFEFFТовар,price\r\n"Чай «Утро», 100 г",249.9\r\n"say ""hi""\nand go",\r\n"\'=HYPERLINK(""http://a"")",-5\r\n,0\r\n',
  );
});

test('JSON has every column in every row', () => {
  const rows: unknown = JSON.parse(tableJson(table));
  expect(rows).toEqual([...table.rows.slice(0, 3), { Товар: null, price: 0 }]);
  expect(tableJson({ columns: ['a'], rows: [] })).toBe('[]\n');
});
