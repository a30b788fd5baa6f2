import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importBytes, outline, readSnapshot } from '../../../test/support/documents/import-bytes.ts';
import { makeXlsx } from '../../../test/support/documents/office-files.ts';
import { encodeOneByte } from '../../../test/support/documents/one-byte-text.ts';
import { readCsv } from './read-csv.ts';

test('a workbook keeps its sheets, its grid, dates and shares', async () => {
  const bytes = makeXlsx(
    [
      {
        name: 'Сроки',
        rows: [
          ['Этап', 'Начало', 'Готово', 'Сумма'],
          ['Фундамент', { date: 45_356 }, { share: 0.35 }, 1200.5],
          ['Стены', null, { share: 1 }, 0.1 + 0.2],
          [],
          ['Итого'],
        ],
      },
      { name: 'Пусто', rows: [] },
      { name: 'Люди', rows: [['Анна', 'прораб']] },
    ],
    { title: 'Стройка', author: 'Анна Берг;Борис', created: '2024-03-05T10:00:00Z' },
  );
  const { output, snapshot } = await importBytes(bytes, 'plan.xlsx');
  expect(output).toMatchObject({ format: 'xlsx', title: 'Стройка', author: 'Анна Берг, Борис', date: '2024-03-05' });
  expect(snapshot === null ? null : outline(snapshot)).toEqual([
    ['h2', 'Сроки'],
    ['table', 'Этап | Начало | Готово | Сумма\nФундамент | 2024-03-05 | 35% | 1200.5\nСтены |  | 100% | 0.3'],
    ['table', 'Итого'],
    ['h2', 'Люди'],
    ['table', 'Анна | прораб'],
  ]);
});

test.each([
  ['semicolons', 'a.csv', 'Имя;Город\r\n"Берг; Анна";Кемь\r\n'],
  ['commas', 'a.csv', 'Имя,Город\n"Берг; Анна",Кемь'],
  ['tabs', 'a.tsv', 'Имя\tГород\nБерг; Анна\tКемь\n'],
])('a table in text is parted at its %s', async (_what, name, text) => {
  const { output, snapshot } = await importBytes(encodeOneByte(text, 'windows-1251'), name);
  expect(output).toMatchObject({ format: 'table' });
  expect(snapshot?.text).toBe('Имя | Город\nБерг; Анна | Кемь');
});

test('a quote that nobody closes parts nothing, and one in a field is doubled', () => {
  expect([...readCsv('a,"b ""c"" d"\n5" трубы,1\n"x,2\n', 'a.csv')]).toEqual([
    ['a', 'b "c" d'],
    ['5" трубы', '1'],
    ['"x', '2'],
  ]);
});

test('whatever was written is read back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'б', '"', ',', '\n', ' '), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), rows => {
      const text = rows.map(row => row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
      const delimited = `x,y\n${text}\n`;
      expect([...readCsv(delimited, 'a.csv')].slice(1)).toEqual(rows);
    }),
  );
});

test('long tables are several blocks, never cut inside a row', async () => {
  const rows = Array.from({ length: 500 }, (_, at) => `строка ${at};значение ${at}`);
  const snapshot = await readSnapshot(['имя;число', ...rows].join('\n'), 'a.csv');
  expect(snapshot.segments.length).toBeGreaterThan(5);
  for (const { start, end } of snapshot.segments) {
    for (const line of snapshot.text.slice(start, end).split('\n')) expect(line).toMatch(/^(?:имя \| число|строка \d+ \| значение \d+)$/u);
  }
});

test('a row is whole, however long its cells are', async () => {
  const long = 'слово '.repeat(6_000).trim();
  const { text } = await readSnapshot(`имя,заметка\nМаяк,${long} конец\n`, 'a.csv');
  expect(text.endsWith(`Маяк | ${long} конец`)).toBe(true);
});
