import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';
import { wordsOf } from '../../shared/domain/words.ts';

/** Distinct words of one query that are looked up: a pasted paragraph is a question, a pasted book is not. */
const queryWordLimit = 64;
/** Shortest unfinished word that is completed: one letter would match a large part of the index. */
const prefixMinLength = 2;
/** A word longer than this is a hash or a base64 line; nobody types it, and it would swell the index. */
const wordLengthLimit = 64;

const cyrillic = /^\p{Script=Cyrillic}+$/u;
const latin = /^\p{Script=Latin}+$/u;

/** Distinct words whose stems are remembered, about 10 MB: a large book has 60,000, and a full memory is begun anew. */
const rememberedWordLimit = 60_000;
const remembered = new Map<string, string>();

/** The index form of one folded word. Words of mixed or other scripts and numbers stand for themselves. */
function stemOf(word: string): string {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const stem = cyrillic.test(word) ? stemRussian(word) : latin.test(word) ? stemEnglish(word) : word;
  if (remembered.size >= rememberedWordLimit) remembered.clear();
  remembered.set(word, stem);
  return stem;
}

/** Ends like «читать», of which the stemmer takes the ending of a verb; a noun that ends like it is stemmed so in this one form only. */
const likeInfinitive = /^.{3,}[ая]ть$/u;
const withItsT = /^.{3,}[ая]т$/u;

/**
 * The index forms that a folded word of a query may have: «память» is stemmed as a verb and «памяти» as a noun, so each also asks for
 * the other. Of a shorter word too little would be left.
 */
function formsOf(word: string): readonly string[] {
  const stem = stemOf(word);
  if (likeInfinitive.test(word) && stem === word.slice(0, -2)) return [stem, `${stem}т`];
  return withItsT.test(stem) ? [stem, stem.slice(0, -1)] : [stem];
}

function stems(text: string): string[] {
  // NFC: «й» typed as two code points (macOS file names, some keyboards) is the same letter.
  return wordsOf(text.normalize('NFC'))
    .filter(word => word.length <= wordLengthLimit)
    .map(stemOf);
}

/** What is put into an FTS table for a text. The query goes through the same words and stems, so the two always meet. */
export function indexText(text: string): string {
  return stems(text).join(' ');
}

/** The distinct words of a query as FTS5 takes each of them. */
export function queryTerms(typed: string): string[] {
  const words = wordsOf(typed.normalize('NFC')).filter(word => word.length <= wordLengthLimit);
  return [...new Set(words.map(termOf))].slice(0, queryWordLimit);
}

/**
 * An FTS5 query for what a person typed, or null when it holds no word. Every term is quoted, so nothing typed is ever
 * read as query syntax. All words have to be there, and the last one is taken as unfinished.
 */
export function matchQuery(typed: string): string | null {
  const words = wordsOf(typed.normalize('NFC')).filter(word => word.length <= wordLengthLimit);
  const distinct = [...new Set(words.map(termOf))].slice(0, queryWordLimit);
  if (distinct.length === 0) return null;
  const last = words.at(-1) ?? '';
  if (last.length < prefixMinLength || words.length > queryWordLimit) return distinct.join(' AND ');
  const finished = new Set(words.slice(0, -1).map(termOf));
  return [...finished, `(${termOf(last)} OR ${quoted(last)} *)`].join(' AND ');
}

/**
 * Whether a text meets what `matchQuery(typed)` asks for, without an index: for short texts of which there are few.
 * False when nothing typed is a word.
 */
export function matchesAll(text: string, typed: string): boolean {
  const words = wordsOf(typed.normalize('NFC'))
    .filter(word => word.length <= wordLengthLimit)
    .slice(0, queryWordLimit);
  const last = words.at(-1);
  if (last === undefined) return false;
  const own = new Set(stems(text));
  const has = (word: string): boolean => formsOf(word).some(form => own.has(form));
  if (!words.slice(0, -1).every(has)) return false;
  if (has(last)) return true;
  return last.length >= prefixMinLength && [...own].some(stem => stem.startsWith(last));
}

/** Tells of a folded word whether it is one that `matchQuery(typed)` finds a text by. */
export function wordMatcher(typed: string): (word: string) => boolean {
  const words = wordsOf(typed.normalize('NFC'));
  const stemmed = new Set(words.flatMap(formsOf));
  const last = words.at(-1) ?? '';
  const isPrefix = last.length >= prefixMinLength;
  return word => stemmed.has(stemOf(word)) || (isPrefix && word.startsWith(last));
}

/** A word of a query as FTS5 takes it. */
function termOf(word: string): string {
  const forms = formsOf(word).map(quoted);
  return forms.length === 1 ? forms.join('') : `(${forms.join(' OR ')})`;
}

/** Words hold letters and digits only, so there is no quote in them to escape. */
function quoted(word: string): string {
  return `"${word}"`;
}
