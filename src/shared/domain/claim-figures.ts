import { saysNumber } from './quote-fuzzy.ts';
import { wordsOf } from './words.ts';

/** A number as it is written: digits with blanks, points or commas between them. */
const figure = /\d+(?:[\u0020\u00A0\u202F]\d{3}(?!\d))*(?:[.,]\d+)*/gu;
/** Digits of a number, so that «10 000», «10.000» and «10000» are one, and «1,5» and «1.5» are. */
function plain(written: string): string {
  const joined = written.replaceAll(/[\u0020\u00A0\u202F]/gu, '');
  const grouped = /^\d{1,3}(?:[.,]\d{3})+$/u.test(joined);
  return grouped ? joined.replaceAll(/[.,]/gu, '') : joined.replace(/,/u, '.').replace(/^0+(?=\d)/u, '');
}

function figuresOf(text: string): string[] {
  return [...text.matchAll(figure)].map(([written]) => written);
}

/**
 * The numbers of a claim that none of its quotes has, as they are written: what a model most often gets wrong and what can be
 * seen without one. Empty where a quote says numbers in words, since they may be the same.
 */
export function foreignFigures(claim: string, quotes: readonly string[]): string[] {
  if (quotes.some(quote => wordsOf(quote).some(saysNumber))) return [];
  const known = new Set(quotes.flatMap(figuresOf).map(plain));
  return [...new Set(figuresOf(claim).filter(written => !known.has(plain(written))))];
}
