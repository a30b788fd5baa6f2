import { expect, test } from 'vitest';
import { createReloadLimit } from './reload-limit.ts';

test('a page that dies now and then is always loaded again, one that keeps dying is not', () => {
  let nowMs = 0;
  const mayReload = createReloadLimit({ most: 3, withinMs: 60, now: () => nowMs });
  const dieAt = (ms: number) => {
    nowMs = ms;
    return mayReload();
  };
  expect([0, 60, 120, 180].map(dieAt)).toEqual([true, true, true, true]);
  expect([190, 200].map(dieAt)).toEqual([true, false]);
  // The person opened it again: counted from the start.
  expect([201, 202, 203].map(dieAt)).toEqual([true, true, false]);
});
