import { expect, test } from 'vitest';
import { titleFromHeading, titleFromOpening } from './title-from-text.ts';

test('a heading that names a part of the document is no title', () => {
  for (const part of [
    'Глава 1. Опыт № 1',
    'Chapter IV',
    'Part 2: The river',
    '1. Введение',
    '2.1 Method',
    'Содержание',
    'Introduction',
    '§ 3',
    '',
    null,
  ])
    expect(titleFromHeading(part), String(part)).toBeNull();
  for (const title of [
    'История навигации. Лекция 4',
    'Частота сердечных сокращений',
    'Participants of the trial',
    'Введение в алгебру',
    '1984',
  ])
    expect(titleFromHeading(title)).toBe(title);
});

test('the first line of a text is its title when it stands alone and reads like one', () => {
  expect(titleFromOpening('\n\uFEFF\nИстория мореплавания и навигации. Лекция 4\n\nВведение\n')).toBe(
    'История мореплавания и навигации. Лекция 4',
  );
  expect(titleFromOpening('Weekly sync — 14 November 2026\r\n\r\nMaria: Good morning.')).toBe('Weekly sync — 14 November 2026');
  expect(titleFromOpening('Отчёт\n=====\nТекст.')).toBe('Отчёт');
});

test.each([
  ['a sentence', 'The river was high that year.\n\nIt rained.'],
  ['somebody’s words', 'Анна: Добрый день\n\nБорис: Добрый'],
  ['an item', '- хлеб\n\n- молоко'],
  ['a line of a paragraph', 'Система описала данные\nи изменила метод'],
  ['a long line', `${'слово '.repeat(40)}\n\nдальше`],
  ['an address', 'https://example.org/a\n\nтекст'],
  ['a part', 'Глава 2\n\nтекст'],
  ['all there is', 'Одна строка'],
  ['nothing', ''],
])('%s is no title', (_what, text) => {
  expect(titleFromOpening(text)).toBeNull();
});
