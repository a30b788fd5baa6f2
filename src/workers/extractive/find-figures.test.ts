import { describe, expect, test } from 'vitest';
import { findFigures } from './find-figures.ts';

describe('findFigures', () => {
  test.each([
    ['выросли на 37 % за год', '37 %'],
    ['выделили 3,8 млн рублей', '3,8 млн рублей'],
    ['около 1 200 человек', '1 200 человек'],
    ['от 10 до 100 мкм', 'от 10 до 100 мкм'],
    ['при −15 °C замёрзло', '−15 °C'],
    ['the cost is $1.2 million now', '$1.2 million'],
    ['rose by 20 percent', '20 percent'],
    ['seen from 20 miles away', '20 miles'],
    ['lasts 90 minutes each', '90 minutes'],
    ['compressed about 10 to 20 times', '10 to 20 times'],
    ['is 10–20 times faster', '10–20 times'],
    ['rose from 86% to 97% at once', 'from 86% to 97%'],
    ['доля выросла с 86 % до 97 % сразу', 'с 86 % до 97 %'],
    ['шёл в Москву 21 час 45 минут', '21 час 45 минут'],
    ['the flight took 21 hours and 45 minutes', '21 hours and 45 minutes'],
    ['сеть выросла с 3,8 до 19 тысяч вёрст', 'с 3,8 до 19 тысяч вёрст'],
    ['grew from 3.8 to 19 thousand miles', 'from 3.8 to 19 thousand miles'],
    ['до 740 километров в год', '740 километров в год'],
    ['mines up to 500 tonnes a year', '500 tonnes a year'],
  ])('%s', (text, figure) => {
    expect(findFigures(text).map(found => found.figure.trim())).toEqual([figure]);
  });

  test.each(['бюджет 2024 года', 'в 1941–1945 годов', 'с 2020 до 2024 года выросло', 'до 31.12.2024 года', 'from 2019 to 2024 years'])(
    'a year of the calendar is no figure: %s',
    text => {
      expect(findFigures(text)).toEqual([]);
    },
  );

  test('thousands of years are one', () => {
    expect(findFigures('стоит 2000 лет').map(({ figure }) => figure)).toEqual(['2000 лет']);
  });

  test('plain numbers count nothing', () => {
    expect(findFigures('пункт 7, строка 12, том 3 и версия 1.2.3')).toEqual([]);
  });
});
