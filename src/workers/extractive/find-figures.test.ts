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
