import { expect, test } from 'vitest';
import { readPrice, writePrice } from './read-price.ts';

test.for([
  ['2.5', 'en', 2.5],
  ['$2.50', 'en', 2.5],
  ['0,075', 'ru', 0.075],
  ['1,250', 'en', 1_250],
  ['1,250', 'ru', 1.25],
  ['0', 'en', 0],
  ['.4', 'en', 0.4],
  ['', 'en', null],
  ['-1', 'en', null],
  ['free', 'en', null],
  ['1000000', 'en', null],
] as const)('%s in %s', ([text, language, usd]) => {
  expect(readPrice(text, language)).toBe(usd);
});

test('what is written is read back', () => {
  for (const language of ['ru', 'en'] as const)
    for (const usd of [0, 0.005, 0.075, 2.5, 15]) expect(readPrice(writePrice(usd, language), language)).toBe(usd);
});
