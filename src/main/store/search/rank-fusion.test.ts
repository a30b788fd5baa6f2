import { describe, expect, test } from 'vitest';
import { fuseRanks } from './rank-fusion.ts';

const order = (...lists: readonly string[][]): string[] => fuseRanks(lists).map(({ item }) => item);

describe('fused ranks', () => {
  test('one list keeps its order, and so does one beside an empty one', () => {
    expect(order(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
    expect(order(['a', 'b', 'c'], [])).toEqual(['a', 'b', 'c']);
  });

  test('what both lists have comes before what one has first', () => {
    expect(order(['a', 'x', 'b'], ['c', 'x', 'd'])).toEqual(['x', 'a', 'c', 'b', 'd']);
  });

  test('the score is the sum of 1 / (60 + rank)', () => {
    expect(fuseRanks([['a'], ['b', 'a']])[0]).toEqual({ item: 'a', score: 1 / 61 + 1 / 62 });
  });
});
