import { expect, test } from 'vitest';
import { readAmount, writeAmount } from './read-amount.ts';

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
])('%s is read as %s', (text, amount) => expect(readAmount(text, 'ru')).toBe(amount));

test('a comma before three digits stands between thousands in English and before a fraction in Russian', () => {
  expect([readAmount('50,000', 'en'), readAmount('50,000', 'ru')]).toEqual([50_000, 50]);
  expect([readAmount('1,250.5', 'en'), readAmount('2,5', 'en'), readAmount('1,2,3', 'en')]).toEqual([1_250.5, 2.5, null]);
});

test.each(['ru', 'en'] as const)('what is written to be changed is read back, %s', language => {
  for (const amount of [50_000, 2.5, 0.0001, 1_234_567.25]) expect(readAmount(writeAmount(amount, language), language)).toBe(amount);
});
