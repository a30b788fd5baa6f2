import { describe, expect, test } from 'vitest';
import { make, source } from '../../../test/support/workers/section-material.ts';

/** The same sentences in many parts, each time with another number before them and another remark behind. */
const repeated = (sentences: readonly string[], part: string, tail: (n: number) => string): string =>
  Array.from({ length: 12 }, (_, n) =>
    sentences.map((sentence, at) => `${at === 0 ? `${part} ${n + 1}. ` : ''}${sentence.replace(/\.$/u, '')}${tail(n)}.`).join(' '),
  ).join('\n\n');

const russian = repeated(
  [
    '1 февраля 1842 года император подписал указ о строительстве линии Петербург — Москва.',
    'Кругобайкальский участок стал самым дорогим: верста пути обходилась казне в 228 тысяч рублей.',
    'Остаётся открытым вопрос, можно ли было построить ту же сеть дешевле.',
    'Решили утвердить смету на постройку моста через Амур.',
  ],
  'Раздел',
  n => ` (станция ${['Омск', 'Рига', 'Тверь', 'Чита'][n % 4]}, ${700 + n} вёрст)`,
);
const english = repeated(
  [
    'On February 1, 1842 the emperor signed the decree on the line from Petersburg to Moscow.',
    'The section around the lake was the most expensive of all: each mile of track cost 228 thousand dollars.',
    'It remains unclear whether the same network could have been built at a lower price.',
    'The committee approved the estimate for the bridge over the Amur.',
  ],
  'Section',
  n => `, as the keeper of station number ${n + 1} wrote`,
);

describe.each([
  ['Russian, with remarks in brackets', russian],
  ['English, with other endings', english],
])('what is said again with another tail stands once: %s', (_language, text) => {
  test.each(['summary', 'theses', 'timeline', 'figures', 'questions'] as const)('%s', kind => {
    const beginnings = make(kind, [source(text)]).items.map(item => /228|1842|дешевле|lower price|мост|bridge/u.exec(item.text)?.[0]);
    expect(beginnings.length).toBeGreaterThan(0);
    expect(beginnings).toEqual([...new Set(beginnings)]);
  });
});

test('a decision said again is one', () => {
  expect(make('decisions', [source(russian)]).items).toHaveLength(1);
});

test('lines that differ in their number or their person are no repeats', () => {
  const minutes =
    '# Решения\n\n- Выделить на ремонт школы № 12 по улице Садовой 5 млн рублей.\n- Выделить на ремонт школы № 13 по улице Садовой 5 млн рублей.\n\n# Задачи\n\n- Подготовить отчёт о ремонте школы (Анна)\n- Подготовить отчёт о ремонте школы (Борис)';
  expect(make('decisions', [source(minutes)]).items).toHaveLength(2);
  expect(make('tasks', [source(minutes)]).items).toHaveLength(2);
  const years =
    'В 1901 году завод выпустил для дороги много новых паровозов.\n\nВ 1902 году завод выпустил для дороги много новых паровозов.';
  expect(make('timeline', [source(years)]).items).toHaveLength(2);
});
