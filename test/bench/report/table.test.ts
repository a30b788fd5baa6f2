import { describe, expect, test } from 'vitest';
import type { BenchRow } from './row.ts';
import { figure, isMissed, markdownTable, rowLine, textTable, verdict } from './table.ts';

const fast: BenchRow = { kind: 'measured', what: 'reading', value: 2.5, unit: 'MB/s', target: { atLeast: 1 }, note: 'a | b' };
const slow: BenchRow = { kind: 'measured', what: 'opening', value: 75, unit: 'ms', target: { atMost: 50 }, note: '' };
const absent: BenchRow = { kind: 'skipped', what: 'typing', why: 'There is no browser.' };

describe('figures', () => {
  test.each([
    [0, '0'],
    [0.0456, '0.046'],
    [1.234, '1.23'],
    [45.67, '45.7'],
    [678.9, '679'],
    [12_345, '12,345'],
  ])('%d is written with three digits as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  test('a target is met at its bound, from either side', () => {
    expect(verdict(1, { atLeast: 1 })).toBe('met (×1)');
    expect(verdict(0.5, { atLeast: 1 })).toBe('MISSED (×0.5)');
    expect(verdict(50, { atMost: 50 })).toBe('met (×1)');
    expect(verdict(75, { atMost: 50 })).toBe('MISSED (×1.5)');
    expect(verdict(75, null)).toBe('');
  });

  test('only a measured figure can miss', () => {
    expect([fast, slow, absent].map(isMissed)).toEqual([false, true, false]);
  });
});

describe('tables', () => {
  const results = [{ bench: 'text', othersBusy: 0.126, rows: [fast, slow, absent] }];

  test('the terminal gets padded columns', () => {
    expect(textTable(results).split('\n')).toEqual([
      'bench  what     figure  unit  target  verdict',
      'text   reading     2.5  MB/s     ≥ 1  met (×2.5)',
      'text   opening      75  ms      ≤ 50  MISSED (×1.5)',
      'text   typing        –                skipped',
    ]);
  });

  test('Markdown carries notes, reasons and the load', () => {
    expect(markdownTable(results).split('\n')).toEqual([
      '| bench | what | figure | unit | target | verdict | others busy | notes |',
      '|---|---|---:|---|---:|---|---|---|',
      '| text | reading | 2.5 | MB/s | ≥ 1 | met (×2.5) | 13 % | a \\| b |',
      '| text | opening | 75 | ms | ≤ 50 | MISSED (×1.5) | 13 % |  |',
      '| text | typing | – |  |  | skipped | 13 % | There is no browser. |',
    ]);
  });

  test('a row alone is a sentence', () => {
    expect([fast, absent].map(rowLine)).toEqual(['reading: 2.5 MB/s [≥ 1: met (×2.5)] (a | b)', 'typing: skipped. There is no browser.']);
  });
});
