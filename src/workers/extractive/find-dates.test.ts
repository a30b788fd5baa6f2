import { describe, expect, test } from 'vitest';
import { findDates } from './find-dates.ts';

describe('findDates', () => {
  test.each([
    ['12 марта 1869 года он доложил', '12 марта 1869 года', '1869-03-12'],
    ['родился 26 мая (6 июня) 1799 г.', '26 мая (6 июня) 1799 г.', '1799-05-26'],
    ['встреча 3 октября', '3 октября', null],
    ['отъезд двадцать второго апреля', 'двадцать второго апреля', null],
    ['в августе 2010 года', 'августе 2010 года', '2010-08'],
    ['в 1837 году', '1837 году', '1837'],
    ['в 1941–1945 гг. шла война', '1941–1945 гг.', '1941'],
    ['срок 05.11.2024 указан', '05.11.2024', '2024-11-05'],
    ['on March 12, 1869, he spoke', 'March 12, 1869', '1869-03-12'],
    ['on 4th of July 1776', '4th of July 1776', '1776-07-04'],
    ['by Sept. 9', 'Sept. 9', null],
    ['in May 2021 it rained', 'May 2021', '2021-05'],
    ['opened in 1854.', '1854', '1854'],
    ['released 2024-02-29', '2024-02-29', '2024-02-29'],
    ['in the 1950s', 'the 1950s', '1950'],
    ['в XIX веке', 'в XIX веке', null],
    ['between 1831 and 1854', 'between 1831 and 1854', '1831'],
    ['шло с 1941 по 1945 год', 'с 1941 по 1945 год', '1941'],
    ['до 2000 года до нашей эры', '2000 года до нашей эры', null],
    ['около 11 700 лет назад', 'около 11 700 лет назад', null],
  ])('%s', (text, when, date) => {
    expect(findDates(text)).toMatchObject([{ when, date }]);
    const [found] = findDates(text);
    expect(text.slice(found?.start, found?.end)).toBe(when);
  });

  test.each(['1800 рублей', 'на 1500 человек', 'page 1999', 'версия 3.14', 'You may go', '31.02.2024 не бывает, но 45 мая тоже'])(
    'no day of the calendar in: %s',
    text => {
      expect(findDates(text).filter(({ date }) => date !== null)).toEqual([]);
    },
  );

  test('times without an ISO date have their place, too', () => {
    const keyOf = (text: string): number | null | undefined => findDates(text)[0]?.key;
    expect(keyOf('2000 года до нашей эры')).toBe(-2000);
    expect(keyOf('in 44 BC he fell')).toBe(-44);
    expect(keyOf('в V веке до н. э.')).toBe(-500);
    expect(keyOf('около 11 700 лет назад')).toBe(-9700);
    expect(keyOf('some 2.5 million years ago')).toBe(2000 - 2_500_000);
    expect(keyOf('часы XVII века')).toBe(1601);
    expect(keyOf('in the 19th century')).toBe(1801);
    expect(keyOf('12 марта 1869 года')).toBeCloseTo(1869.0312);
    expect(keyOf('встреча 3 октября')).toBeNull();
    expect(findDates('5 лет назад')).toEqual([]);
  });
});
