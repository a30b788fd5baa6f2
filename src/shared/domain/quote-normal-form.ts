/** A text without the differences typesetting makes, with the way back to the original's offsets. */
export interface NormalForm {
  readonly text: string;
  /** Original span of the normalised range [start, end). */
  readonly spanOf: (start: number, end: number) => { start: number; end: number };
}

const softHyphen = '\u00AD';
/** Letters that typesetting draws as one, «ﬁ» and its like: a PDF's text keeps them, and nobody quotes them. */
const ligature = /[\uFB00-\uFB06\u0132\u0133]/u;
/** Zero-width signs and the stress accent of dictionaries. */
const invisible = /[\u200B-\u200D\u2060\uFEFF]|\u0301/u;
const quotationMark = /["'«»„“”‟‘’‚‛‹›`´]/u;
const dash = /[\u002D\u2010-\u2015\u2212\u2043]/u;
const space = /\s/u;
const letter = /\p{L}/u;

/**
 * Lower case, «ё» as «е», every run of white space one space, all quotation marks and all dashes one sign, ligatures as letters, no soft
 * hyphens. A hyphen inside a word is dropped, with the line or page break after it if there is one: «кон-⏎спект» and «конспект» agree, and
 * so do «северо-⏎запад» and «северо-запад». Digits keep their dashes.
 */
export function normaliseForQuotes(original: string): NormalForm {
  const pieces: string[] = [];
  const origins: number[] = [];
  const ends: number[] = [];
  let last = '';
  const push = (character: string, from: number, to: number): void => {
    for (const unit of character.split('')) {
      pieces.push(unit);
      origins.push(from);
      ends.push(to);
    }
    last = character;
  };

  for (let at = 0; at < original.length;) {
    const character = String.fromCodePoint(original.codePointAt(at) ?? 0);
    const next = at + character.length;
    if (character === softHyphen) {
      at = letter.test(last) ? (afterHyphen(original, next) ?? next) : next;
    } else if (invisible.test(character)) {
      at = next;
    } else if (space.test(character)) {
      let to = next;
      while (to < original.length && space.test(original.charAt(to))) to += 1;
      if (last !== ' ') push(' ', at, to);
      at = to;
    } else if (dash.test(character)) {
      const joined = letter.test(last) ? afterHyphen(original, next) : null;
      if (joined === null) push('-', at, next);
      at = joined ?? next;
    } else if (quotationMark.test(character)) {
      push('"', at, next);
      at = next;
    } else if (character === '…') {
      push('...', at, next);
      at = next;
    } else if (ligature.test(character)) {
      push(character.normalize('NFKC').toLowerCase(), at, next);
      at = next;
    } else {
      const lower = character.toLowerCase();
      push(lower === 'ё' ? 'е' : lower, at, next);
      at = next;
    }
  }
  return {
    text: pieces.join(''),
    spanOf: (start, end) => ({ start: origins[start] ?? original.length, end: ends[end - 1] ?? original.length }),
  };
}

/** Where the word goes on after its hyphen, past the end of a line, paragraph or page; null when the dash does not stand inside a word. */
function afterHyphen(original: string, from: number): number | null {
  const rest = /^[ \t]*(?:\r?\n[ \t\f]*){1,2}/u.exec(original.slice(from, from + 40))?.[0].length ?? 0;
  return letter.test(original.charAt(from + rest)) ? from + rest : null;
}
