import { expect, test } from 'vitest';
import { processorsButTheFirst } from './processor-list.ts';

test.each([
  ['0-1', '1'],
  ['0-3', '1-3'],
  ['2,5-7', '5-7'],
  ['0-3,8,10-11', '1-3,8,10-11'],
  ['4-5,9', '5,9'],
])('of processors %s all but the first are %s', (list, rest) => {
  expect(processorsButTheFirst(list)).toBe(rest);
});

test.each(['0', '7', '', 'all', '0-', '0-1,x'])('of "%s" nothing can be left to others', list => {
  expect(processorsButTheFirst(list)).toBeNull();
});
