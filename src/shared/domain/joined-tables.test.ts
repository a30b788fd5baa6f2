import { expect, test } from 'vitest';
import type { ExtractedTable } from './browser.ts';
import { joinTables } from './joined-tables.ts';

const table = (step: string, site: string, more: Partial<ExtractedTable> = {}): ExtractedTable => ({
  step,
  url: `https://${site}/search`,
  title: `Shop ${site}`,
  columns: ['name', 'price'],
  rows: [{ name: 'Tea', price: 1 }],
  ...more,
});

test('rows of the same columns from several pages stand in one table, with the page of each', () => {
  const [joined, ...others] = joinTables([table('1', 'a.example'), table('2', 'b.example')], 'en');
  expect(others).toEqual([]);
  expect(joined).toMatchObject({
    step: '1',
    title: 'Comparison: 2 pages',
    columns: ['Page', 'name', 'price', 'Address'],
    rows: [
      { Page: 'Shop a.example', name: 'Tea', price: 1, Address: 'https://a.example/search' },
      { Page: 'Shop b.example', name: 'Tea', price: 1, Address: 'https://b.example/search' },
    ],
  });
  expect(joinTables([table('1', 'a.example'), table('2', 'b.example')], 'ru')[0]?.title).toBe('Сравнение: 2 страницы');
});

test('pages of one title are told apart by their sites', () => {
  const same = { title: 'Search' };
  const [joined] = joinTables([table('1', 'a.example', same), table('2', 'b.example', same)], 'en');
  expect(joined?.rows.map(row => row['Page'])).toEqual(['Search, a.example', 'Search, b.example']);
});

test('what does not belong together stays apart, in its order', () => {
  const other = table('2', 'b.example', { columns: ['title'], rows: [{ title: 'x' }] });
  const tables = [table('1', 'a.example'), other, table('3', 'a.example')];
  // One page read twice is no comparison.
  expect(joinTables(tables, 'en').map(({ step }) => step)).toEqual(['1', '3', '2']);
  expect(joinTables([other], 'en')).toEqual([other]);
  const long = { rows: Array.from({ length: 6_000 }, () => ({ name: 'Tea', price: 1 })) };
  expect(joinTables([table('1', 'a.example', long), table('2', 'b.example', long)], 'en')).toHaveLength(2);
});

test('a column of the page does not take the place of one that is called like it', () => {
  const columns = ['Page', 'price'];
  const rows = [{ Page: 'Tea', price: 1 }];
  const [joined] = joinTables([table('1', 'a.example', { columns, rows }), table('2', 'b.example', { columns, rows })], 'en');
  expect(joined?.columns).toEqual(['Page *', 'Page', 'price', 'Address']);
  expect(joined?.rows[0]).toMatchObject({ Page: 'Tea', 'Page *': 'Shop a.example' });
});
