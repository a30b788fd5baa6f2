import type { Language } from '../../../../src/shared/domain/language.ts';
import { createQuoteFinder, type QuoteFinder } from '../../../../src/shared/domain/quote-match.ts';
import { normaliseForQuotes } from '../../../../src/shared/domain/quote-normal-form.ts';
import { wordsOf } from '../../../../src/shared/domain/words.ts';
import { sectionKinds } from '../../../../src/shared/domain/synopsis.ts';
import { makeSection } from '../../../../src/workers/extractive/make-section.ts';
import { prepareSources } from '../../../../src/workers/extractive/prepare-sources.ts';
import { splitSentences } from '../../../../src/workers/extractive/split-sentences.ts';
import { createQuoteSearch } from '../../../../src/workers/synopsis/with-model/find-quotes.ts';
import { plainSource } from '../plain-source.ts';
import type { QualityCase } from '../read-set.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { dressed, typeset } from './typeset.ts';

/** How often what should happen did. */
export interface Rate {
  readonly of: number;
  readonly right: number;
  /** The first ones that went wrong, to look at. */
  readonly wrong: readonly string[];
}
export interface QuoteRates {
  /** Quotes in other typography, found at the place that reads the same. */
  readonly typography: Rate;
  /** Quotes with another number: not found. */
  readonly numbers: Rate;
  /** Quotes with a negation put in or taken out: not found. */
  readonly negations: Rate;
  /** Quotes of other texts: not found. */
  readonly foreign: Rate;
  /** Citations shown as verified, by either engine: found at their offsets, in the words they show. */
  readonly citations: Rate;
}

const shownFaults = 5;
/** Words of a sentence that can be a quote. */
const fewestWords = 5;
const mostWords = 60;

function counter() {
  const wrong: string[] = [];
  let of = 0;
  let right = 0;
  return {
    take(isRight: boolean, what: string): void {
      of += 1;
      if (isRight) right += 1;
      else if (wrong.length < shownFaults) wrong.push(what);
    },
    rate: (): Rate => ({ of, right, wrong }),
  };
}

const negations: Readonly<Record<Language, readonly string[]>> = { ru: ['не', 'никогда не', 'вовсе не'], en: ['not', 'never', 'hardly'] };
const negationWord: Readonly<Record<Language, RegExp>> = { ru: /(?<!\p{L})не (?=\p{L})/gu, en: /(?<!\p{L})(?:not|never) (?=\p{L})/gu };
const numberWords: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})двадцать(?!\p{L})/u, 'тридцать'],
  [/(?<!\p{L})(?:две|два)(?!\p{L})/u, 'три'],
  [/(?<!\p{L})три(?!\p{L})/u, 'пять'],
  [/(?<!\p{L})сто(?!\p{L})/u, 'двести'],
  [/(?<!\p{L})two(?!\p{L})/u, 'three'],
  [/(?<!\p{L})three(?!\p{L})/u, 'four'],
  [/(?<!\p{L})twenty(?!\p{L})/u, 'thirty'],
  [/(?<!\p{L})hundred(?!\p{L})/u, 'thousand'],
];

interface Read {
  readonly language: Language;
  readonly source: ReturnType<typeof plainSource>;
  readonly finder: QuoteFinder;
  /** Sentences as they were before the text was set. */
  readonly sentences: readonly string[];
}

/** Measures the quote check on texts set as books are, with sentences of them for quotes. `share` of the sentences is taken. */
export function measureQuotes(cases: readonly QualityCase[], { seed = 20_261_122, share = 1 } = {}): QuoteRates {
  const random = seededRandom(seed);
  const taken = <T>(all: readonly T[]): T[] => all.filter(() => random() < share);
  const read = cases.map(({ name, language, text }): Read => {
    const plain = plainSource(name, text).snapshot;
    const sentences = splitSentences(plain)
      .map(({ start, end }) => plain.text.slice(start, end))
      .filter(sentence => !sentence.includes('\n') && isQuotable(sentence));
    const source = plainSource(name, typeset(text, random));
    return { language, source, finder: createQuoteFinder(source.snapshot.text), sentences };
  });

  const [typography, numbers, negated, foreign, citations] = [counter(), counter(), counter(), counter(), counter()];
  for (const [index, { language, source, finder, sentences }] of read.entries()) {
    const { text } = source.snapshot;
    const search = createQuoteSearch([source]);
    for (const sentence of taken(sentences)) {
      const quote = dressed(sentence, random);
      const match = finder.locate(quote);
      typography.take(match.support === 'verified' && sameWords(text.slice(match.start, match.end), sentence), sentence);
      const cited = search.find({ source: 1, quote });
      if (cited?.support === 'verified')
        citations.take(text.slice(cited.start ?? 0, cited.end ?? 0) === cited.quote && sameWords(cited.quote, sentence), sentence);
      for (const changed of withOtherNumbers(sentence, random)) numbers.take(finder.locate(changed).support === 'missing', changed);
      for (const changed of withOtherNegations(sentence, language, random))
        negated.take(finder.locate(changed).support === 'missing', changed);
    }
    const others = read.filter((other, at) => at !== index && other.language === language);
    const other = others[Math.floor(random() * others.length)];
    const known = new Set(sentences);
    for (const sentence of taken(other?.sentences ?? []))
      if (!known.has(sentence)) foreign.take(finder.locate(sentence).support === 'missing', sentence);

    const prepared = prepareSources([source], language);
    for (const kind of sectionKinds)
      for (const { citations: own } of makeSection(kind, prepared, { detail: 'full' }).items)
        for (const { support, start, end, quote } of own)
          if (support === 'verified')
            citations.take(text.slice(start ?? 0, end ?? 0) === quote && finder.locate(quote).support === 'verified', quote);
  }
  return {
    typography: typography.rate(),
    numbers: numbers.rate(),
    negations: negated.rate(),
    foreign: foreign.rate(),
    citations: citations.rate(),
  };
}

function isQuotable(sentence: string): boolean {
  const count = wordsOf(sentence).length;
  return count >= fewestWords && count <= mostWords;
}

function sameWords(a: string, b: string): boolean {
  const plain = (text: string): string => wordsOf(normaliseForQuotes(text).text).join(' ');
  return plain(a) === plain(b);
}

/** The sentence with one of its numbers changed, in digits and in words. */
function withOtherNumbers(sentence: string, random: () => number): string[] {
  const digits = [...sentence.matchAll(/\d+/gu)].map(({ 0: number, index }) => {
    const other = String(Number(number) + 1 + Math.floor(random() * 8));
    return sentence.slice(0, index) + other + sentence.slice(index + number.length);
  });
  const words = numberWords.flatMap(([word, other]) => (word.test(sentence) ? [sentence.replace(word, other)] : []));
  return [...digits, ...words];
}

/** The sentence with a negation put before one of its words, and without one that it has. */
function withOtherNegations(sentence: string, language: Language, random: () => number): string[] {
  const words = sentence.split(' ');
  const at = 1 + Math.floor(random() * (words.length - 1));
  const all = negations[language];
  const negation = all[Math.floor(random() * all.length)] ?? '';
  const removed = [...sentence.matchAll(negationWord[language])].flatMap(({ 0: found, index }) => [
    sentence.slice(0, index) + sentence.slice(index + found.length),
    // A quote that begins right after it.
    sentence.slice(index + found.length),
  ]);
  return [[...words.slice(0, at), negation, ...words.slice(at)].join(' '), ...removed.filter(isQuotable)];
}
