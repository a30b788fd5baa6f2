import { normaliseForQuotes } from '../../../../shared/domain/quote-normal-form.ts';

/** Letters and digits of a text in the form in which quotes are compared, each with the UTF-16 span it has in the text. */
export interface Letters {
  readonly text: string;
  /** The span in the text of the letters [start, end); `end` is greater than `start`. */
  spanOf(start: number, end: number): { readonly start: number; readonly end: number };
}

const letterOrDigit = /[\p{L}\p{N}]/u;
/** A character with the marks that stand on it: what Unicode composes. */
const cluster = /\P{M}\p{M}*|\p{M}+/gsu;
const mark = /\p{M}/u;

/**
 * What is left of a text when everything goes that may differ between a page and what was read from it: spaces, line ends, hyphens,
 * bullets, punctuation, ligatures, letters written in two parts, «ё», case.
 */
export function lettersOf(original: string): Letters {
  const composed = compose(original);
  const normal = normaliseForQuotes(composed.text);
  const units: string[] = [];
  const places: number[] = [];
  let at = 0;
  for (const character of normal.text) {
    if (letterOrDigit.test(character)) {
      for (let unit = 0; unit < character.length; unit += 1) places.push(at + unit);
      units.push(character);
    }
    at += character.length;
  }
  return {
    text: units.join(''),
    spanOf(start, end) {
      const first = places[start] ?? normal.text.length;
      const last = places[end - 1] ?? first;
      const span = normal.spanOf(first, last + 1);
      return composed.spanOf(span.start, span.end);
    },
  };
}

/** Unicode NFC with the way back. */
function compose(original: string): Letters {
  // Most pages have no letter in two parts.
  if (!mark.test(original)) return { text: original, spanOf: (start, end) => ({ start, end }) };
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: whole, index } of original.matchAll(cluster)) {
    const piece = whole.normalize('NFC');
    pieces.push(piece);
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(index);
      ends.push(index + whole.length);
    }
  }
  return {
    text: pieces.join(''),
    spanOf: (start, end) => ({ start: starts[start] ?? original.length, end: ends[end - 1] ?? original.length }),
  };
}
