/**
 * The one rule for what a word is, shared by the search index, the quote check and the extractive engine: a run of letters
 * and digits, lower case, «ё» read as «е». Twice as fast as `Intl.Segmenter` and good enough for Russian and English.
 */
const wordPattern = /[\p{L}\p{N}]+/gu;

/** A word with its UTF-16 place in the text it was read from; `text` is folded and may differ from the slice. */
export interface WordSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Folds a word or a whole text for comparison: lower case, «ё» → «е». */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ё') ? lower.replaceAll('ё', 'е') : lower;
}

/** The folded words of a text in order. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(wordPattern) ?? [];
}

/** The folded words of a text with their offsets into it. */
export function wordSpansOf(text: string): WordSpan[] {
  const spans: WordSpan[] = [];
  for (const match of text.matchAll(wordPattern)) {
    spans.push({ text: foldText(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
