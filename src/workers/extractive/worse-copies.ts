import { wordsOf } from '../../shared/domain/words.ts';
import type { Sentence } from './prepare-sources.ts';

/**
 * What a decoder or a converter leaves where it knew no sign: replacement characters, and question marks in the place of dashes and
 * quotation marks («Навигация ? это наука», «?верным другом?»). A few stand in any text; they are only compared between copies.
 */
const damage = /\uFFFD|(?<=\p{L}\s)\?(?=\s\p{Ll})|(?<=^|[\s(])\?(?=\p{L})|(?<=\p{L})\?(?=[.,;]|\p{Ll})/gu;
/** From this share of common words in a row on, two sources are copies of one text. */
const MIN_COMMON = 0.6;
/** Words in a row that two different texts share only in quotations. */
const ROW = 5;

/** Copies begin alike: so many words, about a hundred pages, tell. */
const MAX_COMPARED = 30_000;

const damageOf = (text: string): number => text.match(damage)?.length ?? 0;

/**
 * The sentences of damaged copies that a better copy of the same text makes superfluous: those it also holds, and the damaged ones. What
 * only the damaged copy tells, stays.
 */
export function worseCopies(texts: readonly string[], sentences: readonly Sentence[]): ReadonlySet<Sentence> {
  const worse = new Set<Sentence>();
  const damages = texts.map(damageOf);
  damages.forEach((own, source) => {
    if (own === 0) return;
    const words = wordsOf(texts[source] ?? '');
    const better = damages.findIndex(
      (other, index) => index !== source && other * 2 < own && commonShare(words, texts[index] ?? '') >= MIN_COMMON,
    );
    if (better === -1) return;
    const told = new Set(sentences.filter(one => one.source === better).map(keyOf));
    for (const sentence of sentences) {
      if (sentence.source === source && (told.has(keyOf(sentence)) || damageOf(sentence.text) > 0)) worse.add(sentence);
    }
  });
  return worse;
}

const keyOf = ({ words }: Sentence): string => words.join(' ');

/** Share of the rows of words that the other text holds, too. */
function commonShare(words: readonly string[], other: string): number {
  const rows = rowsOf(words);
  const others = rowsOf(wordsOf(other));
  let common = 0;
  for (const row of rows) if (others.has(row)) common += 1;
  return common / Math.max(1, rows.size);
}

function rowsOf(words: readonly string[]): Set<string> {
  const rows = new Set<string>();
  for (let at = 0; at + ROW <= Math.min(words.length, MAX_COMPARED); at += 1) rows.add(words.slice(at, at + ROW).join(' '));
  return rows;
}
