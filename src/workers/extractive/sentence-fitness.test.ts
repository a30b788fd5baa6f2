import { describe, expect, test } from 'vitest';
import { leansOnPrevious, pointsBack } from './sentence-fitness.ts';

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
