import { describe, expect, test } from 'vitest';
import { stem, stemText } from './stem.ts';

describe('stem', () => {
  test('forms of a word share a stem, and «ё» is «е»', () => {
    expect(new Set(['решение', 'решения', 'решением'].map(word => stem(word, 'ru'))).size).toBe(1);
    expect(stem('Зелёные', 'ru')).toBe(stem('зеленый', 'ru'));
    expect(stem('Meetings', 'en')).toBe(stem('meeting', 'en'));
  });

  test('a word of the other script gets its own stemmer', () => {
    expect(stemText('Встречи и meetings, 2024', 'ru')).toBe(`${stem('встреча', 'ru')} и ${stem('meeting', 'en')} 2024`);
    expect(stemText('Встречи meetings', 'en')).toBe(stemText('Встречи meetings', 'ru'));
  });
});
