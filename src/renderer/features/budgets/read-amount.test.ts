import { expect, test } from 'vitest';
import { readAmount } from './read-amount.ts';

test.each([
  ['100 000', 100_000],
  ['100\u00A0000', 100_000],
  ['2,5', 2.5],
  ['2.5', 2.5],
  ['0', null],
  ['', null],
  ['-1', null],
  ['1e9', null],
  ['1,2,3', null],
  ['99999999999', null],
])('%s is read as %s', (text, amount) => expect(readAmount(text)).toBe(amount));
