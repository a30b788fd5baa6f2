import { expect, test } from 'vitest';
import { en } from '../../i18n/en.ts';
import { ru } from '../../i18n/ru.ts';
import { stripLine } from './strip-line.ts';

const none = { needsYou: 0, queued: 0, done: 0 };

test('where nothing was ever done nothing is said to be done', () => {
  expect(stripLine(0, none, ru)).toBe('Сейчас задач нет');
  expect(stripLine(0, none, en)).toBe('No tasks right now');
  expect(stripLine(0, { ...none, done: 1 }, ru)).toBe('Всё готово');
  expect(stripLine(0, { ...none, done: 1 }, en)).toBe('All done');
});

test('what runs, what needs the person and what is queued stand in one line', () => {
  expect(stripLine(1, { needsYou: 2, queued: 3, done: 4 }, en)).toBe('1 running\u00A0· 2 need you\u00A0· 3 queued');
});
