import { expect, test } from 'vitest';
import { foreignFigures } from './claim-figures.ts';

test('numbers of a claim that its quotes do not have', () => {
  const quotes = ['Бюджет составил 10 000 рублей, рост — 1,5 % к 2023 году.'];
  expect(foreignFigures('Бюджет 10000 рублей вырос на 1.5 % с 2023 года.', quotes)).toEqual([]);
  expect(foreignFigures('Бюджет 10 500 рублей вырос на 15 %.', quotes)).toEqual(['10 500', '15']);
  expect(foreignFigures('Без чисел.', quotes)).toEqual([]);
  expect(foreignFigures('In 2024 it was 12,500.', ['it was 12500'])).toEqual(['2024']);
  expect(foreignFigures('Число 5.', [])).toEqual(['5']);
});

test('where a quote says a number in words, nothing is held against the claim', () => {
  expect(foreignFigures('Срок — 90 дней.', ['Срок хранения составляет девяносто дней.'])).toEqual([]);
  expect(foreignFigures('It took 3 years.', ['It took three years.'])).toEqual([]);
});
