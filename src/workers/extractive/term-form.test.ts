import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../shared/domain/words.ts';
import { asHeading, nominativeOf } from './term-form.ts';

const nominative = (term: string, source = ''): string | null => {
  const words = new Set(wordsOf(source));
  return nominativeOf(term, word => words.has(word));
};

describe('nominativeOf', () => {
  test.each([
    ['Фотосинтезом', 'Фотосинтез'],
    ['метаболизмом', 'метаболизм'],
    ['Рабочей памятью', 'Рабочая память'],
    ['обучением', 'обучение'],
    ['инфляцией', 'инфляция'],
    ['скрытым мониторингом', 'скрытый мониторинг'],
    ['Теорией струн', 'Теория струн'],
  ])('by the ending alone: %s', (term, expected) => {
    expect(nominative(term)).toBe(expected);
  });

  test.each([
    ['Эффектом тестирования', 'Этот эффект описали сто лет назад.', 'Эффект тестирования'],
    ['Кривой забывания', 'Психолог начертил кривую.', 'Кривая забывания'],
    ['мицеллой', 'Шарик мицеллы несёт заряд.', 'мицелла'],
    ['раздельным сбором', 'Сбор начался осенью.', 'раздельный сбор'],
    ['городским сумасшедшим', 'Городской врач.', null],
    ['русским балетом', 'Балет приехал. Русский зритель ждал.', 'русский балет'],
    ['морским узлом', 'Узел развязали.', null],
    ['веществом', 'Вещество горит.', 'вещество'],
  ])('by the source: %s', (term, source, expected) => {
    expect(nominative(term, source)).toBe(expected);
  });

  test.each(['Эффектом тестирования', 'мицеллой', 'Торф', 'кривая забывания'])('not known: %s', term => {
    expect(nominative(term)).toBeNull();
  });
});

test('a heading begins with a capital, but for words with capitals of their own', () => {
  expect(['forgetting curve', 'мицелла', 'pH раствора', 'мРНК', '5G'].map(asHeading)).toEqual([
    'Forgetting curve',
    'Мицелла',
    'pH раствора',
    'мРНК',
    '5G',
  ]);
});
