import type { Prepared, Sentence } from './prepare-sources.ts';
import { readableText } from './readable-text.ts';
import { pointsBack } from './sentence-fitness.ts';

/** "It was not until…", "It is clear that…": the pronoun stands for what follows. */
const expletive =
  /^it\s+(?:is|was|has\s+been|will\s+be|seems|takes|took)\s+(?:not\s+until|only|\p{Ll}+\s+(?:that|to)|that)(?!\p{L})|^(?:это\s+(?:не\s+)?(?:значит|означает),|то,\s+что|те,\s+кто|those\s+who)(?!\p{L})/iu;
/** «Самюэль Кон, напротив, …», "Cohn, by contrast, …": against what was said before. */
const contrasts =
  /^[^,.;:]{2,60},\s+(?:напротив|наоборот|однако|впрочем|тем\s+не\s+менее|в\s+свою\s+очередь|by\s+contrast|in\s+contrast|however|on\s+the\s+other\s+hand|on\s+the\s+contrary|in\s+turn),/iu;
/** "The blue one is unreadable.": one of the things named before. */
const oneOfThem = /^the\s+(?:(?!only\s)\p{Ll}+\s+){0,2}ones?\s/iu;
/** «Тогда чиним его.», "Then we repair it.": what is repaired was named before. */
const thatThing = /^(?:тогда|then)\s[^,]{0,40}(?<!\p{L})(?:его|её|ее|их|it|them)[.!]?$/iu;

/** Against, beside or because of what was said before. */
const connective =
  /^(?:но|однако|тем\s+не\s+менее|при\s+этом|зато|впрочем|напротив|наоборот|поэтому|потому|оттого|тогда\s+же|прич[её]м|but|yet|however|nevertheless|nonetheless|instead|otherwise|meanwhile|therefore|hence|similarly|likewise|conversely|in\s+contrast|by\s+contrast|on\s+the\s+other\s+hand|on\s+the\s+contrary|as\s+a\s+result)(?!\p{L})/iu;
const openings: readonly RegExp[] = [connective, contrasts, oneOfThem, thatThing];

/** Whether an item that opens with this sentence, as it is shown, speaks of what its reader does not see. */
export function dangles(text: string): boolean {
  const shown = readableText(text);
  return !expletive.test(shown) && (pointsBack(shown) || openings.some(opening => opening.test(shown)));
}

/** A name is not farther back than so many sentences; farther, nobody would read them as one thought. */
const MAX_DISTANCE = 3;
/** A longer item is no longer read at a glance. */
const MAX_JOINED = 360;
/** A shorter sentence («Ничего.», "Fine.") names nothing. */
const MIN_WORDS = 4;

/**
 * The sentence of the same paragraph, or of the same utterance, that a dangling one is understood by: the nearest before it that does not
 * dangle itself; null for a sentence that stands alone, and where none is near.
 */
export function antecedentOf({ sentences }: Prepared, sentence: Sentence): Sentence | null {
  if (!dangles(sentence.text)) return null;
  if (thatThing.test(readableText(sentence.text))) return answered(sentences[sentence.index - 1], sentence);
  for (let distance = 1; distance <= MAX_DISTANCE; distance += 1) {
    const before = sentences[sentence.index - distance];
    if (before === undefined || before.source !== sentence.source || before.block !== sentence.block) return null;
    if (dangles(before.text)) continue;
    return isTold(before, sentence) ? before : null;
  }
  return null;
}

const isTold = ({ words, text }: Sentence, next: Sentence): boolean =>
  words.length >= MIN_WORDS && !/[?:]["»”)]*$/u.test(text) && text.length + next.text.length <= MAX_JOINED;

/** What a short outcome of a talk answers: the line right before it, whoever says that. */
const answered = (before: Sentence | undefined, sentence: Sentence): Sentence | null =>
  before?.source === sentence.source && before.kind !== 'heading' && isTold(before, sentence) ? before : null;
