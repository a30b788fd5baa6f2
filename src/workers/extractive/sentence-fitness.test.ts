import { describe, expect, test } from 'vitest';
import { isFitForSummary, leansOnPrevious, pointsBack } from './sentence-fitness.ts';

describe('pointsBack', () => {
  test.each([
    'Её впервые построил Шухов.',
    'Но он не приехал.',
    'Об этом сообщила начальник управления.',
    'У них нет выбора.',
    'По его словам, завод готов наполовину.',
    'По словам врача Веры Стасовой, именно они спасли город.',
    'According to the mayor, they left at noon.',
    'They came back in spring.',
    'But this was not enough.',
    'In this way the bank was saved.',
  ])('points back: %s', text => {
    expect(pointsBack(text)).toBe(true);
  });

  test.each([
    'В этом году урожай вырос вдвое.',
    'Однако башня устояла.',
    'По словам врача Веры Стасовой, эпидемия кончилась.',
    'Онежское озеро замерзает в декабре.',
    'This year the harvest doubled.',
    'The tower survived.',
    'Items are sorted by hand.',
  ])('stands alone: %s', text => {
    expect(pointsBack(text)).toBe(false);
  });
});

test('a sentence that goes on with «или» leans on the one before', () => {
  expect(leansOnPrevious('Или вызвать мастера, это ещё тысяч пять.')).toBe(true);
  expect(leansOnPrevious('Илистое дно спасает рыбу.')).toBe(false);
});

describe('a by-line', () => {
  const isFit = (text: string): boolean =>
    isFitForSummary({ text, words: text.split(' '), contentCount: text.split(' ').length, isTalk: false, kind: 'paragraph' });

  test.each([
    'Lecture 4 of the course "How to learn", given by Dr. Margaret Orloff on March 12, 2024.',
    'Лекция 4 курса «Как учиться».',
    'Лекция 4 курса «Как учиться», прочитанная М. В. Орловой 12 марта 2024 года.',
    'Читает М. В. Орлова, 12 марта 2024 года.',
    'By Jane Roe, 3 May 2021 · 6 min read',
  ])('says nothing of its matter: %s', text => {
    expect(isFit(text)).toBe(false);
  });

  test.each([
    'Lecture 4 of the course explains why we forget so much within a day.',
    'Лекция 4 курса объясняет, почему за день забывается так много.',
    'By John, 1850 was remembered as the year of the flood.',
    'Читает ребёнок быстрее взрослого.',
  ])('is none: %s', text => {
    expect(isFit(text)).toBe(true);
  });
});
