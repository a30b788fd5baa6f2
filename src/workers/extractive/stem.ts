import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';
import type { Language } from '../../shared/domain/language.ts';
import { foldText, wordsOf } from '../../shared/domain/words.ts';

/** Distinct words remembered per language; a large book has about 60,000, and a full cache is simply begun anew. */
const CACHE_LIMIT = 100_000;

const stemmers: Readonly<Record<Language, (word: string) => string>> = { ru: stemRussian, en: stemEnglish };
const caches: Readonly<Record<Language, Map<string, string>>> = { ru: new Map(), en: new Map() };

const cyrillicLetter = /[а-яё]/iu;

/** A word's script decides its stemmer, so that an English name inside Russian text is stemmed as English everywhere. */
export const languageOfWord = (word: string): Language => (cyrillicLetter.test(word) ? 'ru' : 'en');

/** Snowball stem (Porter 2001, snowballstem.org) of one word; the word is folded first. */
export function stem(word: string, language: Language): string {
  const folded = foldText(word);
  const cache = caches[language];
  const known = cache.get(folded);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const stemmed = stemmers[language](folded);
  cache.set(folded, stemmed);
  return stemmed;
}

/**
 * The stems of a text in order, joined by spaces: what goes into a full-text index and into its queries. Words written in the
 * other script get that script's stemmer; `language` decides for words of neither.
 */
export function stemText(text: string, language: Language): string {
  return wordsOf(text)
    .map(word => stem(word, /\p{L}/u.test(word) ? languageOfWord(word) : language))
    .join(' ');
}
