import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment } from '../../shared/domain/snapshot.ts';
import { readBlocks } from './read-blocks.ts';
import { sentencesOf, splitSentences } from './split-sentences.ts';

const pieces = (text: string): string[] => sentencesOf(text).map(([start, end]) => text.slice(start, end));
const segment = (kind: Segment['kind'], start: number, end: number): Segment => ({
  kind,
  start,
  end,
  level: null,
  page: null,
  messageId: null,
  speaker: null,
});

describe('sentencesOf', () => {
  test.each([
    ['В 1869 г. Д. И. Менделеев издал таблицу. Она вышла в г. Москве.', 2],
    ['Он жил на ул. Ленина, д. 5. Потом переехал.', 2],
    ['Купили яблоки, груши и т. д. Затем ушли.', 2],
    ['Это случилось в 1905 г. В тот же год всё изменилось.', 2],
    ['Длина равна 2 м. Ширина меньше.', 2],
    ['Лекция «Как учиться». Читает М. В. Орлова, 12 марта 2024 года.', 2],
    ['Трамвай не справлялся. 6 января 1931 года движение встало.', 2],
    ['См. рис. 5 и табл. 2. Там всё показано.', 2],
    ['Он жил в Москве.[1][2] Затем уехал.[3]', 2],
    ['Ну… Ладно, пойдём.', 2],
    ['«Правда ли?» — спросил он. «Да!» ответил тот.', 2],
    ['Dr. Smith lives in the U.S. He met J. R. R. Tolkien at 5 p.m. on Monday.', 2],
    ['See Fig. 3 for more. It cost $3.5 million, i.e. too much.', 2],
    ['"Really?" he asked. Yes, vs. last year.', 2],
  ])('%s', (text, count) => {
    expect(pieces(text)).toHaveLength(count);
    expect(pieces(text).join(' ')).toBe(text);
  });

  test('people who write without capitals end their sentences too', () => {
    expect(sentencesOf('он готов? тогда еду. аудитория 305. я забронирую до 5 ч. вечера', true)).toHaveLength(4);
    expect(pieces('Охлаждают до 0,015 К. Коррекция помогает.')).toHaveLength(2);
  });

  test('a wrapped line goes on, and the slice keeps the break', () => {
    expect(pieces('Первая строка и\nеё продолжение. Вторая.')).toEqual(['Первая строка и\nеё продолжение.', 'Вторая.']);
  });

  test('text without punctuation is cut at white space', () => {
    const long = pieces('слово '.repeat(1_000));
    expect(long.length).toBeGreaterThan(5);
    expect(Math.max(...long.map(piece => piece.length))).toBeLessThanOrEqual(1_200);
    expect(long.every(piece => piece.startsWith('слово') && piece.endsWith('слово'))).toBe(true);
  });

  test('keeps every letter, in order, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Дом', 'г.', 'A.', 'и', '…', '!', '?', '\n', ' ', '5.', 'мир', '«', '»', 'Он', 'U.S.', '😀')),
        parts => {
          const text = parts.join(' ');
          const spans = sentencesOf(text);
          expect(
            spans
              .map(([start, end]) => text.slice(start, end))
              .join('')
              .replaceAll(/\s/gu, ''),
          ).toBe(text.replaceAll(/\s/gu, ''));
          spans.forEach(([start, end], index) => {
            expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
            expect(start).toBeGreaterThanOrEqual(spans[index - 1]?.[1] ?? 0);
          });
        },
      ),
    );
  });
});

describe('splitSentences', () => {
  test('no sentence leaves its segment', () => {
    const text = 'Заголовок\nпервый абзац без точки\nвторой абзац';
    const segments = [segment('heading', 0, 9), segment('paragraph', 10, 32), segment('paragraph', 33, text.length)];
    expect(splitSentences({ text, segments }).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Заголовок',
      'первый абзац без точки',
      'второй абзац',
    ]);
  });

  test('utterances and bullets are parted, and their marks left out', () => {
    const text = 'Анна: Привет! Начнём.\nБорис: Да.\nАнна: Решили так.\n- первое\n2) второе';
    const { blocks, isDialogue } = readBlocks({ text, segments: [] });
    expect(isDialogue).toBe(true);
    expect(blocks.map(({ speaker, start, end }) => [speaker, text.slice(start, end)])).toEqual([
      ['Анна', 'Привет! Начнём.'],
      ['Борис', 'Да.'],
      ['Анна', 'Решили так.'],
      [null, 'первое'],
      [null, 'второе'],
    ]);
  });

  test('labels of an article make it no talk', () => {
    const text = 'Важно: пейте воду.\nПример: утром.\nИтог: всё хорошо.\nИтог: и вечером.';
    expect(readBlocks({ text, segments: [] }).isDialogue).toBe(false);
  });

  test.each([
    ['Брёвна срубили зимой 1120–1125 гг. Новый мост простоял век.', 2],
    ['Мастер построил плотину в 1742 г. Рыбаки остались довольны.', 2],
    ['Зимой 1812 г. Суворин замёрз на переправе.', 1],
    ['В 1742 г. Нижний пруд обмелел.', 1],
  ])('an abbreviated year closes a sentence that has its verb: %s', (text, count) => {
    expect(splitSentences({ text, segments: [] })).toHaveLength(count);
  });
});
