import { oncePerSentence } from './once-per-sentence.ts';
import type { Sentence } from './prepare-sources.ts';

/** What stands around the words of a sentence and differs where it is said again: a number of its part before it, a remark in brackets. */
const around = /\s*[([][^()[\]]*[)\]]|^(?:(?:раздел|глава|часть|пункт|п|section|chapter|part|item|no)\.?\s*)?\d+(?:\.\d+)*[.):]\s+/giu;
/** With fewer content words two lines that differ in one say different things («Пятый поезд», «Шестой поезд»). */
const MIN_STEMS = 5;
/** Of the content words of the shorter one so many stand in the longer one; a sentence retold with another tail shares its main clause. */
const MIN_COMMON = 0.75;

/** A shorter rest («Одобрено (5 за, 2 против)») does not tell two lines apart. */
const MIN_KEY_WORDS = 4;

interface Told {
  /** The words without what stands around them: the same for a sentence said again. */
  readonly key: string;
  /** Content words without numbers; those of a table differ in little else. */
  readonly stems: ReadonlySet<string>;
}

/** What a sentence says, without the number before it and the remarks in brackets; equal for those that say the same in the same words. */
export const toldKey = oncePerSentence(keyOf);

const toldBy = oncePerSentence((sentence): Told => ({
  key: toldKey(sentence),
  stems: new Set(sentence.stems.filter(word => !/\d/u.test(word))),
}));

function keyOf({ text, words }: Sentence): string {
  if (!/[([]|^\P{L}*\d|^\p{L}+\.?\s*\d/u.test(text)) return words.join(' ');
  const bare = text
    .replaceAll(around, ' ')
    .replaceAll(/[^\p{L}\d%]+/gu, ' ')
    .trim()
    .toLowerCase();
  return bare.split(' ').length < MIN_KEY_WORDS ? words.join(' ') : bare;
}

/** Whether two sentences say the same, perhaps with different tails. Numbers are not compared: the caller knows whether they matter. */
export function isNearRepeat(a: Sentence, b: Sentence): boolean {
  const one = toldBy(a);
  const other = toldBy(b);
  if (one.key === other.key) return true;
  const [shorter, longer] = one.stems.size <= other.stems.size ? [one.stems, other.stems] : [other.stems, one.stems];
  if (shorter.size < MIN_STEMS) return false;
  let common = 0;
  for (const word of shorter) if (longer.has(word)) common += 1;
  return common >= shorter.size * MIN_COMMON;
}
