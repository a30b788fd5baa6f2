import type { HostCallOutput } from '../../shared/contract/worker/host-calls.ts';
import type { Citation } from '../../shared/domain/synopsis.ts';
import { findDates } from './find-dates.ts';
import { findDefinition } from './find-definition.ts';
import { contentWords, isNearStem, isOfFamily, mayBeVerb, type QuestionWord } from './question-words.ts';
import { readableText } from './readable-text.ts';
import { sentencesOf } from './split-sentences.ts';
import { stemText } from './stem.ts';

export type Passage = HostCallOutput<'passages.search'>[number];

/** An answer in the sources' own words: Markdown with `[n]` markers, `n` being the 1-based place in `citations`. */
export interface PassageAnswer {
  readonly text: string;
  readonly citations: Citation[];
}

/** More sentences are a list, not an answer. */
const MAX_SENTENCES = 4;
/** Share of the question's weight the best sentence must hold; below it only stray words agree. */
const MIN_COVERAGE = 0.5;
/** A sum of money answers «сколько стоило» with less of its words: what was bought is named in the sentences before it. */
const MIN_PRICE_COVERAGE = 0.3;
/** The next sentences must come this near to the best one. */
const MIN_SHARE_OF_BEST = 0.62;
/** Two sentences with this share of common stems say the same. */
const MAX_OVERLAP = 0.7;
/** A sentence may answer by what the one before it names («Она весит 5 кг.»), at this rate. */
const CONTEXT_SHARE = 0.45;
/** Another form of the same root («перенос» for «перенесли») may be another word after all. */
const NEAR_SHARE = 0.8;
/** The search has ordered the passages already: the first is worth this much more than the last. */
const ORDER_BONUS = 0.12;
/** A sentence of the kind asked for: a date for «когда», a number for «сколько», a definition for «что такое». */
const KIND_BONUS = 0.3;
/** Without a full stop it may be a heading, which names the matter and says nothing of it; or a message, which may say it all. */
const HEADING_FACTOR = 0.6;
const isWhole = (sentence: string): boolean => /[.!?…;]["»”’)\]]*$/u.test(sentence);
/** Longer sentences are walls of text; they answer only by accident. */
const MAX_LENGTH = 700;
const CONTEXT_LENGTH = 64;

const namesMoney = (sentence: string): boolean =>
  /\d[^.!?]*(?:[$€£¥₽]|(?<!\p{L})(?:руб|доллар|евро|копе|dollar|euro|pounds|cents))|[$€£¥₽]\s?\d/iu.test(sentence);

const kinds: readonly (readonly [question: RegExp, answers: (sentence: string) => boolean])[] = [
  [
    /^(?:.*\s)?(?:когда|в каком году|какого числа|до какого|к какому|(?:на |к )?как(?:ую|ая|ой) дат\p{L}+|на какое число|в какой день)(?!\p{L})|(?<!\p{L})(?:when|(?:what|which) (?:year|date|day))(?!\p{L})/iu,
    sentence =>
      findDates(sentence).length > 0 ||
      /(?<!\p{L})(?:понедельник|вторник|сред[уые]|четверг|пятниц|суббот|воскресен|завтра|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)/iu.test(
        sentence,
      ),
  ],
  [
    /(?<!\p{L})(?:сколько\s+(?:\p{L}+\s+)?(?:стои|обо(?:шл|йд)|заплат)\p{L}*|какова?\s+(?:была\s+)?(?:стоимость|цена)|how\s+much\s.*(?:cost|pay|paid)|what\s.*(?:cost|price))(?!\p{L})/iu,
    namesMoney,
  ],
  [
    /(?<!\p{L})(?:сколько|какова|насколько|how (?:much|many|long|far|old|big|large|fast|often)|what (?:percentage|share|number))(?!\p{L})/iu,
    sentence => /\d/u.test(sentence),
  ],
  [
    /(?<!\p{L})(?:что такое|что значит|что означает|дай определение|what (?:is|are)|define|meaning of)(?!\p{L})/iu,
    sentence => findDefinition(sentence) !== null,
  ],
  [
    /(?<!\p{L})(?:почему|зачем|отчего|из-за чего|why)(?!\p{L})/iu,
    sentence =>
      /(?<!\p{L})(?:потому|поскольку|так как|из-за|благодаря|поэтому|чтобы|причин|because|since|due to|so that|in order|reason|therefore)/iu.test(
        sentence,
      ),
  ],
  [/^(?:.*\s)?(?:кто|кем|кому|who|whom)(?!\p{L})/iu, sentence => /.\s\p{Lu}\p{Ll}+/u.test(sentence)],
];

interface Candidate {
  readonly passage: Passage;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly stems: ReadonlySet<string>;
  readonly score: number;
}

/**
 * The sentences of the found passages that best hold the words of the question, quoted verbatim; null when none holds enough of
 * them, so that nothing is pretended. `passages` are in the order of the search, best first.
 */
export function answerFromPassages(question: string, passages: readonly Passage[]): PassageAnswer | null {
  const wanted = [...new Map(contentWords(question).map(one => [one.stem, one])).values()];
  if (wanted.length === 0 || passages.length === 0) return null;
  const kind = kinds.find(([pattern]) => pattern.test(question))?.[1] ?? null;
  // A passage whose text is not the slice its offsets name cannot be cited truthfully.
  const citable = passages.filter(({ text, start, end }) => text.length === end - start);
  const candidates = scoreSentences(question, citable, wanted, kind);
  const chosen = choose(candidates);
  if (chosen.length === 0) return null;
  const ordered = inReadingOrder(chosen);
  const lines = ordered.map((candidate, index) => `> ${escapeMarkdown(readableText(candidate.text))} [${index + 1}]`);
  return { text: lines.join('\n\n'), citations: ordered.map(citationOf) };
}

const contentStems = (text: string): string[] => contentWords(text).map(({ stem }) => stem);

/** Words that an answer says in figures: one that names none may still tell it. */
const measures: readonly (readonly [word: RegExp, told: RegExp])[] = [
  [/^(?:температур|temperatur)/u, /°|градус|degree/iu],
  [/^(?:цен|стоимост|price|cost)/u, /[$€£¥₽]|руб|доллар|евро|dollar|euro/iu],
  [/^(?:процент|дол[яиюе]$|percent|share)/u, /%|процент|percent/iu],
];

/** Whether the sentences hold what is asked about: most of its words, or all but a verb or a measure said in figures. */
function isTold(question: string, wanted: readonly QuestionWord[], told: ReadonlySet<string>, sentences: readonly string[]): boolean {
  const missing = wanted.filter(({ stem }) => !told.has(stem));
  if (missing.length * 2 < wanted.length) return true;
  if (missing.length * 2 > wanted.length) return false;
  return missing.every(
    ({ word }) =>
      mayBeVerb(word, question) ||
      measures.some(([name, figures]) => name.test(word) && sentences.some(sentence => figures.test(sentence))),
  );
}

function scoreSentences(
  question: string,
  passages: readonly Passage[],
  wanted: readonly QuestionWord[],
  isOfKind: ((sentence: string) => boolean) | null,
): Candidate[] {
  const read = passages.map(passage =>
    blocksOf(passage.text).flatMap(block =>
      sentencesOf(passage.text.slice(block.start, block.end)).map(([from, to]) => {
        const start = block.start + from;
        const end = block.start + to;
        const text = passage.text.slice(start, end);
        return { start, end, text, isHeading: block.isHeading, stems: new Set(contentStems(text)) };
      }),
    ),
  );
  // Words that most of the found sentences share tell them apart least.
  const all = read.flat().filter(({ isHeading }) => !isHeading);
  const weights = new Map(
    wanted.map(({ stem }) => [stem, Math.log(1 + (all.length + 1) / (0.5 + all.filter(({ stems }) => stems.has(stem)).length))]),
  );
  // «Перенесли» is answered by «переносим», where nothing holds the form asked with.
  const written = new Set(all.flatMap(({ stems }) => [...stems]));
  const near = new Map(
    wanted.map(({ stem }) => {
      const isWritten = written.has(stem);
      return [stem, new Set([...written].filter(other => isOfFamily(stem, other) || (!isWritten && isNearStem(stem, other))))];
    }),
  );
  const shareOf = (stems: ReadonlySet<string>, word: string): number =>
    stems.has(word) ? 1 : [...(near.get(word) ?? [])].some(other => stems.has(other)) ? NEAR_SHARE : 0;
  // A word that nothing found holds («сделать» beside «сделаю») must not hide the sentences that hold the others.
  const told = wanted.map(({ stem }) => stem).filter(word => all.some(({ stems }) => shareOf(stems, word) > 0));
  const texts = all.map(({ text }) => text);
  if (!isTold(question, wanted, new Set(told), texts)) return [];
  const total = told.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
  const asksPrice = isOfKind === namesMoney;
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  read.forEach((sentences, passageIndex) => {
    const passage = passages[passageIndex];
    if (passage === undefined) return;
    sentences.forEach((sentence, index) => {
      const key = stemText(sentence.text, 'ru');
      if (
        sentence.isHeading ||
        sentence.text.length > MAX_LENGTH ||
        sentence.text.endsWith('?') ||
        sentence.stems.size < 2 ||
        seen.has(key)
      )
        return;
      const before = sentences[index - 1];
      let held = 0;
      let own = 0;
      for (const word of told) {
        const weight = weights.get(word) ?? 0;
        const share = shareOf(sentence.stems, word);
        if (share > 0) {
          held += weight * share;
          own += 1;
        } else if (before?.stems.has(word) === true) held += weight * CONTEXT_SHARE;
      }
      // A heading that repeats the question answers nothing.
      if (own === 0 || own === sentence.stems.size) return;
      seen.add(key);
      const coverage = held / total;
      if (coverage < (asksPrice && own > 1 && isOfKind?.(sentence.text) === true ? MIN_PRICE_COVERAGE : MIN_COVERAGE)) return;
      const order = 1 + ORDER_BONUS * (1 - passageIndex / passages.length);
      candidates.push({
        ...sentence,
        passage,
        score: (coverage * order + (isOfKind?.(sentence.text) === true ? KIND_BONUS : 0)) * (isWhole(sentence.text) ? 1 : HEADING_FACTOR),
      });
    });
  });
  return candidates;
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly isHeading: boolean;
}

/** Paragraphs of a passage. One without a full stop before another is a heading: it names what follows and answers nothing itself. */
function blocksOf(text: string): Block[] {
  const found = [...text.matchAll(/[^\n](?:[^\n]|\n(?!\n))*/gu)].map(match => ({ start: match.index, end: match.index + match[0].length }));
  return found.map((block, index) => ({
    ...block,
    isHeading: index < found.length - 1 && !/[.!?…:;]["»”)]*$/u.test(text.slice(block.start, block.end).trimEnd()),
  }));
}

function choose(candidates: readonly Candidate[]): Candidate[] {
  const sorted = [...candidates].sort((a, b) => b.score - a.score);
  const best = sorted[0];
  if (best === undefined) return [];
  const chosen: Candidate[] = [];
  for (const candidate of sorted) {
    if (chosen.length >= MAX_SENTENCES || candidate.score < best.score * MIN_SHARE_OF_BEST) break;
    if (chosen.every(other => overlap(candidate.stems, other.stems) < MAX_OVERLAP)) chosen.push(candidate);
  }
  return chosen;
}

/** Sentences of one source in its order, the source of the best sentence first. */
function inReadingOrder(chosen: readonly Candidate[]): Candidate[] {
  const sources = [...new Set(chosen.map(({ passage }) => passage.snapshotHash))];
  return [...chosen].sort(
    (a, b) =>
      sources.indexOf(a.passage.snapshotHash) - sources.indexOf(b.passage.snapshotHash) ||
      a.passage.start + a.start - (b.passage.start + b.start),
  );
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return common / Math.max(1, Math.min(a.size, b.size));
}

function citationOf({ passage, start, end, text }: Candidate): Citation {
  return {
    source: passage.source,
    snapshotHash: passage.snapshotHash,
    quote: text,
    prefix: (passage.prefix + passage.text.slice(0, start)).slice(-CONTEXT_LENGTH),
    suffix: (passage.text.slice(end) + passage.suffix).slice(0, CONTEXT_LENGTH),
    start: passage.start + start,
    end: passage.start + end,
    page: passage.page,
    // A passage of the chat does not name its message; its place in the snapshot of the chat does.
    messageId: null,
    support: 'verified',
  };
}

/** Signs of the source that Markdown would read as its own; brackets, because `[1]` is our marker. */
const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|~]/gu, String.raw`\$&`);
