import { describe, expect, test } from 'vitest';
import { detectLanguage } from './detect-language.ts';

describe('detectLanguage', () => {
  test.each([
    ['Сегодня мы обсудим, как работает TypeScript в Node.js и Electron.', 'ru'],
    ['The word “конспект” is Russian for a synopsis of a lecture or a book.', 'en'],
    ['Plain English prose without a single foreign letter in it.', 'en'],
  ] as const)('%s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  test('numbers and a few letters have no language', () => {
    expect(detectLanguage('2024, 15 %, 3.14')).toBeNull();
    expect(detectLanguage('')).toBeNull();
  });

  test('a foreign title page does not decide for a book', () => {
    expect(detectLanguage(`${'Title page and imprint. '.repeat(200)}${'Содержание главы о клетке. '.repeat(3_000)}`)).toBe('ru');
  });
});
