import { type WordSpan, wordSpansOf } from './words.ts';

/** Share of words that must agree in order; below it a paraphrase begins. */
const MIN_AGREEMENT = 0.85;
/** Shorter quotes have too few words for one of them to be wrong. */
const MIN_WORDS = 7;
/** Longer quotes are no quotes, and comparing them is quadratic. */
const MAX_WORDS = 400;
/** Places tried; a quote whose rare words occur more often than this is made of commonplaces. */
const MAX_PLACES = 60;

const negation =
  /^(?:не|ни|нет|без|никогда|нельзя|никто|ничто|ничего|никак\p{L}*|нигде|невозможно|not|no|never|none|nor|neither|without|nobody|nothing|nowhere|cannot|t|hardly|barely|кроме|except|unless|unlike)$/u;
const numberWord =
  /^(?:один|одн[аоиу]|одного|одной|дв[ае]|двух|двум\p{L}?|три|тр[её]х|трет\p{L}+|четыр\p{L}+|четверт\p{L}+|пят[ьиыое]\p{L}*|шест[ьиоы]\p{L}*|сем[иь]|седьм\p{L}+|восем[иь]|восьми?|восьм\p{L}+|девят\p{L}*|девяност\p{L}*|десят\p{L}*|\p{L}*надцат\p{L}+|двадцат\p{L}+|тридцат\p{L}+|\p{L}+десят\p{L}?|сорок\p{L}?|сто|ста|двести|двухсот|триста|тр[её]хсот|четыреста|\p{L}+сот|тысяч\p{L}*|миллион\p{L}*|миллиард\p{L}*|половин\p{L}*|треть|вдвое|втрое|перв\p{L}{2,3}|втор(?:ой|ая|ое|ого|ую)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|quarter|twice|first|second|double|triple)$/u;
/** Words for powers of ten, which follow digits as well: they are a number only beside another word for one. */
const scaleWord = /^(?:тысяч|миллион|миллиард|hundred|thousand|million|billion)/u;
/** A negation that the next word belongs to: nothing but space between them. The apostrophe as it is written, or as the normal form has it. */
const negationBefore =
  /(?<![\p{L}\p{N}])(?:не|ни|нет|без|никогда|нельзя|not|no|never|nor|neither|without|cannot|hardly|barely|\p{L}+n['’"]t)\s+$/iu;
/** Characters of the longest of them, with the space behind it. */
const negationReach = 24;

/** Whether the word that begins at an offset is negated by the one before it. */
export function followsNegation(text: string, at: number): boolean {
  return negationBefore.test(text.slice(Math.max(0, at - negationReach), at));
}

/** Prefixes that turn a word into its opposite. */
const opposites = ['не', 'анти', 'без', 'бес', 'un', 'in', 'im', 'ir', 'dis', 'non', 'anti', 'de'];
/** Words that turn a statement round without a negation. */
const polarity: readonly (readonly [string, string])[] = [
  ['больше', 'меньше'],
  ['более', 'менее'],
  ['выше', 'ниже'],
  ['вырос', 'упал'],
  ['рост', 'падение'],
  ['увелич', 'уменьш'],
  ['увелич', 'сниз'],
  ['повыс', 'пониз'],
  ['повыс', 'сниз'],
  ['после', 'до'],
  ['все', 'некоторые'],
  ['всегда', 'иногда'],
  ['раньше', 'позже'],
  ['до', 'после'],
  ['more', 'less'],
  ['more', 'fewer'],
  ['above', 'below'],
  ['before', 'after'],
  ['increase', 'decrease'],
  ['rise', 'fall'],
  ['rose', 'fell'],
  ['higher', 'lower'],
  ['all', 'some'],
  ['always', 'sometimes'],
  ['gain', 'loss'],
  ['won', 'lost'],
  ['with', 'without'],
  ['can', 'must'],
  ['may', 'must'],
];

/** The passage of one normalised text that nearly is the normalised quote given; null when there is none. */
export type FuzzyFinder = (quote: string) => { start: number; end: number } | null;

/**
 * Finds passages that agree with a quote in at least 85 % of its words in order (longest common subsequence), with the same
 * numbers and negations in the same order and no word turned into its opposite.
 */
export function createFuzzyFinder(text: string): FuzzyFinder {
  const words = wordSpansOf(text);
  const positions = new Map<string, number[]>();
  words.forEach(({ text: word }, index) => {
    const known = positions.get(word);
    if (known === undefined) positions.set(word, [index]);
    else known.push(index);
  });
  return quote => {
    const wanted = wordSpansOf(quote);
    if (wanted.length < MIN_WORDS || wanted.length > MAX_WORDS) return null;
    let best: { start: number; end: number; agreement: number } | null = null;
    for (const place of likelyPlaces(positions, wanted)) {
      const found = compareAt(text, words, wanted, place);
      if (found !== null && (best === null || found.agreement > best.agreement)) best = found;
    }
    return best === null ? null : { start: best.start, end: best.end };
  };
}

/** Word positions where the quote may begin: most of its words stand at the same distance from there. */
function likelyPlaces(positions: ReadonlyMap<string, readonly number[]>, wanted: readonly WordSpan[]): number[] {
  const votes = new Map<number, number>();
  // Insertions move the words after them, so places a few words apart are one place.
  const grain = Math.max(2, Math.ceil(wanted.length * (1 - MIN_AGREEMENT)));
  wanted.forEach(({ text }, offset) => {
    for (const position of positions.get(text) ?? []) {
      const bucket = Math.floor((position - offset) / grain);
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1);
    }
  });
  return [...votes]
    .filter(([, count]) => count >= wanted.length * 0.25)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_PLACES)
    .map(([bucket]) => bucket * grain);
}

function compareAt(
  text: string,
  words: readonly WordSpan[],
  wanted: readonly WordSpan[],
  place: number,
): { start: number; end: number; agreement: number } | null {
  const slack = Math.max(3, Math.ceil(wanted.length * (1 - MIN_AGREEMENT)) * 2);
  const from = Math.max(0, place - slack);
  const window = words.slice(from, Math.max(0, place + wanted.length + slack * 2));
  const pairs = commonSubsequence(window, wanted);
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined) return null;
  // Words the quote has before its first agreement stand for as many words of the source: a negation among them must be seen.
  const begin = Math.max(0, first[0] - first[1]);
  const end = Math.min(window.length, last[0] + 1 + (wanted.length - 1 - last[1]));
  const passage = window.slice(begin, end);
  const agreement = pairs.length / Math.max(wanted.length, passage.length);
  const head = passage[0];
  const tail = passage.at(-1);
  if (agreement < MIN_AGREEMENT || head === undefined || tail === undefined) return null;
  const rest = leftOver(
    passage,
    wanted,
    pairs.map(([inWindow, inWanted]) => [inWindow - begin, inWanted]),
  );
  if (negatesAnother(window, wanted, pairs)) return null;
  const turns = (word: string, other: string): boolean => areOpposites(word, other) || differByNumber(word, other);
  if (!sameMarks(passage, wanted) || rest.inPassage.some(word => rest.inWanted.some(other => turns(word, other)))) return null;
  // A negation just before the passage belongs to its first word.
  const before = words[from + begin - 1]?.text ?? '';
  if ((first[1] > 0 && negation.test(before)) || followsNegation(text, head.start)) return null;
  return { start: head.start, end: tail.end, agreement };
}

/** Index pairs of one longest common subsequence. */
function commonSubsequence(a: readonly WordSpan[], b: readonly WordSpan[]): [number, number][] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i]?.text === b[j]?.text
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i]?.text === b[j]?.text) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Whether a folded word says a number by itself. */
export function saysNumber(word: string): boolean {
  return numberWord.test(word) && !scaleWord.test(word);
}

function leftOver(
  passage: readonly WordSpan[],
  wanted: readonly WordSpan[],
  pairs: readonly (readonly [number, number])[],
): { inPassage: string[]; inWanted: string[] } {
  const usedPassage = new Set(pairs.map(([index]) => index));
  const usedWanted = new Set(pairs.map(([, index]) => index));
  return {
    inPassage: passage.filter((_, index) => !usedPassage.has(index)).map(word => word.text),
    inWanted: wanted.filter((_, index) => !usedWanted.has(index)).map(word => word.text),
  };
}

/** Numbers and negations in order; the sequence must be the same on both sides. */
function sameMarks(a: readonly WordSpan[], b: readonly WordSpan[]): boolean {
  return marksOf(a) === marksOf(b);
}

function marksOf(words: readonly WordSpan[]): string {
  return words
    .filter(({ text }) => /\p{N}/u.test(text) || negation.test(text) || numberWord.test(text))
    .map(({ text }) => text)
    .join(' ');
}

/**
 * Whether a negation that both sides have stands before another word on one of them: «опасны ли не они» has as many negations as
 * «опасны ли они. Чтобы не рисковать», and says the opposite.
 */
function negatesAnother(window: readonly WordSpan[], wanted: readonly WordSpan[], pairs: readonly (readonly [number, number])[]): boolean {
  const inWanted = new Map(pairs);
  return pairs.some(([a, b]) => {
    if (!negation.test(window[a]?.text ?? '')) return false;
    return b + 1 < wanted.length && inWanted.get(a + 1) !== b + 1;
  });
}

/** Whether two words are one but for a number in them: «год-два» and «год-три», "twenty-one" and "thirty-one", which are words without their hyphens here. */
function differByNumber(a: string, b: string): boolean {
  for (let at = 1; at < a.length; at += 1) {
    const [head, tail] = [a.slice(0, at), a.slice(at)];
    if (b.startsWith(head) && numberWord.test(tail) && numberWord.test(b.slice(at))) return true;
    if (b.endsWith(tail) && numberWord.test(head) && numberWord.test(b.slice(0, b.length - tail.length))) return true;
  }
  return false;
}

function areOpposites(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (opposites.some(prefix => long === prefix + short || (short.length > 4 && long.startsWith(prefix + short.slice(0, -2))))) return true;
  return polarity.some(([x, y]) => (a.startsWith(x) && b.startsWith(y)) || (a.startsWith(y) && b.startsWith(x)));
}
