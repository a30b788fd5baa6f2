import { expect, test } from 'vitest';
import { readNumber } from './extract-rows.ts';

test.each([
  ['1 299,90 ₽', 1299.9],
  ['$1,299.90', 1299.9],
  ['1.299,90 €', 1299.9],
  ['1 299 руб.', 1299],
  ['1,299', 1299],
  ['12,5 %', 12.5],
  ['-3.75', -3.75],
  ['от 5 до 7', 5],
  ['1.234.567', 1234567],
  ['нет в наличии', null],
  [null, null],
])('%s is %s', (text, number) => {
  expect(readNumber(text)).toBe(number);
});
