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

describe('speech that is written down', () => {
  const isFit = (text: string): boolean =>
    isFitForSummary({ text, words: text.split(' '), contentCount: text.split(' ').length, isTalk: false, kind: 'paragraph' });

  test.each([
    'Сегодня у нас, э-э, пятая лекция курса, и говорить мы будем о плотинах.',
    'Значит, прошлый раз мы остановились на шлюзах и каналах.',
    'К следующему разу прочитайте четвёртую главу учебника.',
    'So, um, welcome back, this is lecture six, and today we are looking at dams.',
    'For next week please read chapter nine and bring one example.',
    'We can, but then the page hangs on slow networks.',
    'Well, we can, dried paint keeps for months in a tin.',
    'Можем, но тогда вода пойдёт через верхний створ.',
    'От пяти вещей: от дождя, от склона, от почвы, от посевов и от пахоты.',
  ])('says nothing on its own: %s', text => {
    expect(isFit(text)).toBe(false);
  });

  test.each([
    'У нас в городе три плотины и один старый шлюз.',
    'They are, on average, taller than the dams of the south.',
    'Можно, конечно, поднять воду на метр выше прежнего.',
    'Следующая лекция пройдёт в новом здании у реки в мае.',
    'По словам инженера: «Плотина стоит на песке и держится чудом».',
    'From the dam to the sea the water needs three days.',
  ])('says something: %s', text => {
    expect(isFit(text)).toBe(true);
  });
});
