import { describe, expect, test } from 'vitest';
import { callNames, contract } from '../../shared/contract/contract.ts';
import { boundaryErrors } from '../../shared/contract/result.ts';
import { documentErrorCodes } from '../../shared/domain/document.ts';
import { en } from './en.ts';
import { chooseLanguage, daysBetween } from './format.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import { ru } from './ru.ts';
import { speech } from '../../../test/support/speech.ts';

/** Every leaf with its path; functions are called with arguments that suit all of them. */
function leaves(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [1, 2, 5, 21].map(
      count => [`${path}(${count})`, String((value as (...args: unknown[]) => string)(count, count + 1, count + 2))] as const,
    );
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const pathsOf = (value: unknown): readonly string[] =>
  leaves(value)
    .map(([path]) => path)
    .sort();
/** Left empty on purpose: a verified quote is not shouted about. */
const silent = ['synopsis.supportShort.verified'];
/** Said in one's own language in both. */
const ownNames = ['settings.languageOption.en', 'settings.languageOption.ru'];

describe('both languages', () => {
  test('have the same keys', () => expect(pathsOf(en)).toEqual(pathsOf(ru)));

  test.each([
    ['ru', ru],
    ['en', en],
  ] as const)('%s has no empty sentence, no undefined and no doubled space', (_, messages) => {
    for (const [path, text] of leaves(messages)) {
      if (!silent.includes(path)) expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/undefined|null|NaN|\[object| {2}|#/u);
    }
  });

  test('English has no Cyrillic but the name of Russian', () => {
    for (const [path, text] of leaves(en)) if (!ownNames.includes(path)) expect(text, path).not.toMatch(/[а-яё]/iu);
  });

  test('neither uses three dots or straight quotation marks', () => {
    for (const [path, text] of [...leaves(ru), ...leaves(en)]) expect(text, path).not.toMatch(/\.\.\.|"|'/u);
  });

  test('every error of every call has a sentence of its own', () => {
    const codes = new Set<string>([...boundaryErrors, ...callNames.flatMap(name => [...contract[name].errors])]);
    for (const messages of [ru, en]) {
      const errors: Readonly<Record<string, unknown>> = messages.errors;
      for (const code of codes) expect(errors[code], code).toBeTypeOf('string');
      for (const code of documentErrorCodes) expect(messages.documents.error[code]('7'), code).toMatch(/\.|\)$/u);
    }
  });
});

describe('words', () => {
  test('Russian numbers take their forms', () => {
    const n = pluralIn('ru');
    const forms = { one: '# файл', few: '# файла', many: '# файлов', other: '# файла' };
    expect([1, 2, 5, 11, 21, 112, 1_000].map(count => n(count, forms))).toEqual([
      '1 файл',
      '2 файла',
      '5 файлов',
      '11 файлов',
      '21 файл',
      '112 файлов',
      '1\u00A0000 файлов',
    ]);
  });

  test('coverage reads right in Russian', () => {
    expect(ru.synopsis.coverageUsed(3, 4)).toBe('Прочитано 3 из 4 источников');
    expect(ru.synopsis.coverageUsed(0, 1)).toBe('Прочитано 0 из 1 источника');
    expect(ru.synopsis.issue.source_incomplete(1)).toBe('1 источник прочитан не до конца');
  });

  test('an unknown error is named, an inherited property is not a code', () => {
    const spoken = speech.ru;
    expect(spoken.error('strange_code')).toContain('strange_code');
    expect(spoken.error('toString')).toContain('toString');
    expect(spoken.error('unknown')).toContain('unknown');
    expect(spoken.error('encrypted')).toContain('паролем');
    expect(spoken.error('queue_full')).toBe(ru.errors.queue_full);
  });
});

describe('numbers and times', () => {
  test('durations keep their two largest units', () => {
    const { duration } = speech.ru;
    expect([-5, 0, 59_999, 60_000, 3_599_000, 3_600_000, 86_399_000, 90_061_000, 604_740_000].map(duration)).toEqual([
      '0 с',
      '0 с',
      '59 с',
      '1 мин 0 с',
      '59 мин 59 с',
      '1 ч 0 мин',
      '23 ч 59 мин',
      '1 дн. 1 ч',
      '6 дн. 23 ч',
    ]);
  });

  test('bytes use the unit people know', () => {
    const { bytes } = speech.ru;
    expect([0, 1_023, 1_024, 2_400_000, 268_435_456].map(bytes)).toEqual(['0 Б', '1\u00A0023 Б', '1 КБ', '2,3 МБ', '256 МБ']);
  });

  test('days are counted by the calendar', () => {
    const noon = new Date(2026, 4, 3, 12).getTime();
    expect(daysBetween(new Date(2026, 4, 2, 23, 59).getTime(), noon)).toBe(1);
    expect(daysBetween(new Date(2026, 4, 3, 0, 1).getTime(), noon)).toBe(0);
    expect(daysBetween(new Date(2026, 4, 4, 0, 1).getTime(), noon)).toBe(-1);
  });

  test('the year is told only for other years, and today only by its time', () => {
    const { date, when } = speech.ru;
    const now = new Date(2026, 4, 3, 14, 5).getTime();
    expect(date(now, now)).toBe('3 мая в 14:05');
    expect(date(new Date(2024, 0, 9, 8, 0).getTime(), now)).toMatch(/^9 января 2024/u);
    expect(when(now, now)).toBe('в 14:05');
  });

  test('the system’s language is Russian or else English', () => {
    expect(['ru', 'ru-RU', 'en-US', 'de', 'rue', ''].map(locale => chooseLanguage('system', locale))).toEqual([
      'ru',
      'ru',
      'en',
      'en',
      'en',
      'en',
    ]);
    expect(chooseLanguage('en', 'ru-RU')).toBe('en');
  });
});
