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
});
