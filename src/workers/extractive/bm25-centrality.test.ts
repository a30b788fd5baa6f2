import { describe, expect, test } from 'vitest';
import { bm25Centrality } from './bm25-centrality.ts';

describe('BM25 centrality', () => {
  test('is the sum of the likeness to all others over the root of the length', () => {
    const rows = [['bridge', 'river'], ['bridge', 'toll'], ['bridge', 'river', 'repair'], ['cat']];
    const saturation = 1.2;
    const mean = 2;
    const part = (length: number): number => 2.2 / (1 + saturation * (0.25 + (0.75 * length) / mean));
    const idf = (inRows: number): number => Math.log(1 + (rows.length - inRows + 0.5) / (inRows + 0.5));
    const first = idf(3) * (part(2) + part(3)) + idf(2) * part(3);
    expect(bm25Centrality(rows)[0]).toBeCloseTo(first / Math.SQRT2);
  });

  test('what shares no word with the rest has none', () => {
    expect(bm25Centrality([['bridge'], ['bridge'], ['cat', 'cat'], []]).slice(2)).toEqual(new Float64Array([0, 0]));
  });

  test('no rows, no values', () => {
    expect(bm25Centrality([])).toHaveLength(0);
  });
});
