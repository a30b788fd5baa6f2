import { createFuzzyFinder, followsNegation, type FuzzyFinder } from './quote-fuzzy.ts';
import { normaliseForQuotes, type NormalForm } from './quote-normal-form.ts';
import type { Support } from './synopsis.ts';

/**
 * Where a quote stands in a text. `start` and `end` are UTF-16 offsets, null exactly when the quote is missing. A quote found
 * several times is placed at its first occurrence.
 */
export type QuoteMatch =
  | { readonly support: Exclude<Support, 'missing'>; readonly start: number; readonly end: number }
  | { readonly support: 'missing'; readonly start: null; readonly end: null };

/** Parts of an elided quote shorter than this are found anywhere and prove nothing. */
const MIN_PART_LENGTH = 8;
/** An elision may skip at most this much between two parts; farther apart they are not one passage. */
const MAX_ELISION = 600;
const ellipsis = /\s*[[(<]?(?:…|\.{3,})[\])>]?\s*/u;

const missing: QuoteMatch = { support: 'missing', start: null, end: null };

/** Finds quotes in one text; what is the same for all of them is computed once, and only when a quote needs it. */
export interface QuoteFinder {
  locate(quote: string): QuoteMatch;
}

/**
 * Finds a quote in a text: character for character; then up to typography (quotation marks, dashes, spaces, ligatures, «ё», case,
 * soft hyphens, words parted at a line end), both `verified`; then by the parts around «…», in order; then with a few words
 * replaced while every number and negation agrees, both `approximate`, because the reader must look at the source's own words.
 *
 * It proves that the words stand there, not that a claim follows from them.
 */
export function createQuoteFinder(text: string): QuoteFinder {
  let normal: NormalForm | null = null;
  let fuzzy: FuzzyFinder | null = null;
  return {
    locate(quote) {
      const wanted = quote.normalize('NFC').trim();
      if (wanted === '') return missing;
      const exact = findWhole(text, wanted, 0);
      if (exact >= 0) return { support: 'verified', start: exact, end: exact + wanted.length };

      normal ??= normaliseForQuotes(text);
      const target = normaliseForQuotes(wanted).text.trim();
      if (target === '') return missing;
      const typographic = findWhole(normal.text, target, 0);
      if (typographic >= 0) return { support: 'verified', ...normal.spanOf(typographic, typographic + target.length) };

      const elided = findParts(normal.text, wanted);
      if (elided !== null) return { support: 'approximate', ...normal.spanOf(elided.start, elided.end) };
      fuzzy ??= createFuzzyFinder(normal.text);
      const found = fuzzy(target);
      return found === null ? missing : { support: 'approximate', ...normal.spanOf(found.start, found.end) };
    },
  };
}

/** One quote in one text; see `createQuoteFinder`. */
export function locateQuote(text: string, quote: string): QuoteMatch {
  return createQuoteFinder(text).locate(quote);
}

/**
 * An occurrence that begins and ends with whole words: «10 рублей» stands neither in «110 рублей» nor in «0,10 рублей». Nor does it
 * begin right after a negation: «одобрил перенос» is no quote of «не одобрил перенос».
 */
function findWhole(text: string, target: string, from: number): number {
  for (let at = text.indexOf(target, from); at >= 0; at = text.indexOf(target, at + 1)) {
    if (!cutsWord(text, at) && !cutsWord(text, at + target.length) && !followsNegation(text, at)) return at;
  }
  return -1;
}

/** Whether a word or a decimal number runs across the border. */
function cutsWord(text: string, border: number): boolean {
  const around = text.slice(Math.max(0, border - 2), border + 2);
  const middle = border - Math.max(0, border - 2);
  const left = around.slice(0, middle);
  const right = around.slice(middle);
  return (
    (/[\p{L}\p{N}]$/u.test(left) && /^[\p{L}\p{N}]/u.test(right)) ||
    (/\d[.,]$/u.test(left) && /^\d/u.test(right)) ||
    (/\d$/u.test(left) && /^[.,]\d/u.test(right))
  );
}

function findParts(text: string, quote: string): { start: number; end: number } | null {
  const parts = quote
    .split(ellipsis)
    .map(part => normaliseForQuotes(part).text.trim())
    .filter(part => part !== '');
  const first = parts[0];
  if (first === undefined || parts.some(part => part.length < MIN_PART_LENGTH) || !ellipsis.test(quote)) return null;
  for (let start = findWhole(text, first, 0); start >= 0; start = findWhole(text, first, start + 1)) {
    let end = start + first.length;
    const isFound = parts.slice(1).every(part => {
      const at = findWhole(text, part, end);
      if (at < 0 || at - end > MAX_ELISION) return false;
      end = at + part.length;
      return true;
    });
    if (isFound) return { start, end };
  }
  return null;
}
