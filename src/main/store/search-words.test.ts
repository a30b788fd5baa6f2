import { describe, expect, test } from 'vitest';
import { indexText, matchesAll, matchQuery, queryTerms, wordMatcher } from './search-words.ts';

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

describe('nouns that end like verbs', () => {
  test.each([
    ['память', 'памяти'],
    ['печать', 'печатью'],
    ['кровать', 'кровати'],
  ])('%s and %s find each other', (a, b) => {
    for (const [typed, text] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(queryTerms(typed).join(' ')).toContain(`"${indexText(text)}"`);
      expect(matchesAll(`${text} есть`, `${typed} есть`)).toBe(true);
      expect(wordMatcher(`${typed} есть`)(text)).toBe(true);
    }
  });

  test('a term of two forms stays one word of the query', () => {
    expect(queryTerms('память сна')).toEqual(['("памя" OR "памят")', '"сна"']);
    expect(matchQuery('память сна')).toBe('("памя" OR "памят") AND ("сна" OR "сна" *)');
  });

  test('a short word has one form', () => {
    expect(queryTerms('штат')).toEqual(['"штат"']);
  });
});
