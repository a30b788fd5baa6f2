import { describe, expect, test } from 'vitest';
import { indexText, matchQuery, queryTerms } from './search-words.ts';

describe('indexText', () => {
  test.each([
    ['конспекты', 'конспектом'],
    ['Ёлка', 'елки'],
    ['lectures', 'Lecture'],
    ['йод', 'и\u0306од'],
  ])('%s and %s meet', (a, b) => {
    expect(indexText(a)).toBe(indexText(b));
  });

  test('numbers and mixed words stand for themselves', () => {
    expect(indexText('SHA256, 2026 год')).toBe('sha256 2026 год');
  });

  test('a word that nobody types is left out', () => {
    expect(indexText(`до ${'a'.repeat(65)} после`)).toBe('до посл');
  });
});

describe('matchQuery', () => {
  test('has nothing to ask without a word', () => {
    expect(matchQuery(' — "*" ')).toBeNull();
  });

  test('quotes every term, so syntax is only words', () => {
    expect(queryTerms('NEAR("a" OR b*) NOT')).toEqual(['"near"', '"a"', '"or"', '"b"', '"not"']);
  });

  test('completes the last word only when asked to narrow down', () => {
    expect(queryTerms('новые конспекты, новые')).toEqual(['"нов"', '"конспект"']);
    expect(matchQuery('новые конспе')).toBe('"нов" AND ("консп" OR "конспе" *)');
  });
});
