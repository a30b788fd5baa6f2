import { decisionWeight } from './find-decisions.ts';
import type { PreparedSource, Sentence } from './prepare-sources.ts';
import { lexRank } from './lexrank.ts';
import { leansOnPrevious, pointsBack } from './sentence-fitness.ts';
import { wordsOf } from '../../shared/domain/words.ts';
import { sparseVectors } from './sparse-vectors.ts';
import { languageOfWord, stem } from './stem.ts';
import { stopWords } from './stop-words.ts';

/**
 * A report tells its outcome first (the inverted pyramid of news): its first sentence gets this much more, falling by half every few
 * sentences. Explaining and telling prose often opens with a scene, and on the development half of the bench gained nothing by it.
 */
const REPORT_OPENING_BONUS = 0.8;
const OPENING_HALF_LIFE = 2.5;
/** A text is a report when this share of its sentences says who said it; the articles of the development half lie below 0.1 or at 0.2 and above. */
const REPORT_SHARE = 0.12;
const attribution =
  /(?<!\p{L})(?:said|says|told|announced|according to|reported|сообщил\p{L}*|заявил\p{L}*|рассказал\p{L}*|сказал\p{L}*|по словам|по данным|говорит|отметил\p{L}*|пояснил\p{L}*|подчеркнул\p{L}*)(?!\p{L})/iu;
/** The first sentence of a paragraph is usually its topic sentence (0.4 to 0.9 do about as well on the development half of the bench). */
const TOPIC_SENTENCE_BONUS = 0.75;
/** «Однако…», "But…": a link to the sentence before, after which the sentence of prose can still be understood; in a talk everything answers something. */
const LEANING_FACTOR = 0.85;
/** «Её построили…», "They…": in prose nobody knows who is meant without the sentence before; in a talk the pronouns point at what all see. */
const POINTING_FACTOR = 0.4;
/**
 * Content words of a sentence that reads well in a summary, inside which length changes nothing. A higher bound for prose costs Russian
 * articles most, where a sentence has fewer words than an English one of the same sense (development half of the bench).
 */
const GOOD_CONTENT = { prose: { from: 5, to: 22 }, talk: { from: 7, to: 25 } } as const;
/** Words of the title and of the heading above mark what a sentence is about (H. P. Edmundson, "New Methods in Automatic Extracting", JACM 16, 1969); a sentence with all of them gets up to this much more. */
const TITLE_BONUS = 0.8;
/** Lines under «Задачи» and «Открытые вопросы» have sections of their own; they enter a summary only when fewer others than this are there. */
const MIN_OTHERS = 3;
/** A heading later than this names a chapter and not the whole. */
const FIRST_PART = 0.05;
/** Direct speech illustrates; what it illustrates is said elsewhere. */
const DIRECT_SPEECH_FACTOR = 0.75;
/** The weight of a decision said in so many words («Решено: ремонтируем терминал.»); such a sentence of a talk is not measured by its length. */
const SURE_DECISION = 3;
/** Whoever missed a talk asks first what was decided; more would crowd out the reasons (development half of the bench). */
const DECISION_BONUS = 0.3;
/** Any weight of `decisionWeight` from here on is a decision in a talk. */
const ANY_DECISION = 2;
/** Lines that announce the outcome of a talk weigh more than what led there. */
const OUTCOME_BONUS = 0.2;
const outcome =
  /(?:^|[^\p{L}])(?:решили|решено|договорились|итого|итак|в итоге|значит так|подытож|вывод|перенос(?:им|или)|утверд(?:или|или)|согласовали|главное|важно|проблема|нужно|надо|должн[ыао]|срок|decided|agreed|let(?:'|’)s|we(?:'|’)ll|we will|going to|conclusion|important|main|problem|need to|should|deadline|plan)(?![\p{L}])/iu;

export interface Ranking {
  /** Salience of every sentence, 0 to 1 within its source, 0 where it is not fit for a summary. */
  readonly scores: Float64Array;
  /** How well it can stand in a summary, whatever it is about: 1 for a plain sentence, 0 where `scores` is 0. */
  readonly standing: Float64Array;
}

/** LexRank times what the form, the place and the wording of a sentence say about it. */
export function rankSentences(sources: readonly PreparedSource[], sentences: readonly Sentence[]): Ranking {
  const standing = new Float64Array(sentences.length);
  const scores = new Float64Array(sentences.length);
  sources.forEach((source, index) => {
    const own = sentences.filter(sentence => sentence.source === index && sentence.kind !== 'code' && sentence.kind !== 'table');
    const hasOthers = own.filter(sentence => sentence.isFit && !isListed(sentence)).length >= MIN_OTHERS;
    const title = titleStems(source, own);
    const opening = isReport(own) ? REPORT_OPENING_BONUS : 0;
    const lex = scaledToOne(lexRank(sparseVectors(own.map(({ kind, stems }) => (kind === 'heading' ? [] : stems)))));
    let best = 0;
    own.forEach((sentence, row) => {
      const decision = sentence.isTalk ? decisionWeight(sentence, true) : 0;
      if ((!sentence.isFit && decision < SURE_DECISION) || sentence.topic === 'noise' || (isListed(sentence) && hasOthers)) return;
      const prior =
        (decision >= SURE_DECISION ? 1 : lengthPrior(sentence)) *
        (sentence.isTalk ? talkPrior(sentence, decision) : prosePrior(sentence, opening)) *
        (1 + TITLE_BONUS * shareOf(title, sentence.stems));
      const score = (lex[row] ?? 0) * prior;
      standing[sentence.index] = prior;
      scores[sentence.index] = score;
      best = Math.max(best, score);
    });
    if (best > 0) for (const sentence of own) scores[sentence.index] = (scores[sentence.index] ?? 0) / best;
  });
  return { scores, standing };
}

const isListed = ({ topic }: Sentence): boolean => topic === 'tasks' || topic === 'questions';

/** Whether the text reports what others did and said, as news does. */
function isReport(sentences: readonly Sentence[]): boolean {
  const prose = sentences.filter(({ kind }) => kind !== 'heading');
  return prose.filter(({ text }) => attribution.test(text)).length >= prose.length * REPORT_SHARE;
}

/** What the beginning of a sentence and its place in the prose say about it; `opening` is the bonus of the source's first sentence. */
function prosePrior(sentence: Sentence, opening: number): number {
  if (/^(?:["“«]|[—–]\s)/u.test(sentence.text) && /[,?!]["”»]\s*[—–-]?\s|,\s+[—–]\s/u.test(sentence.text)) return DIRECT_SPEECH_FACTOR;
  const standing = pointsBack(sentence.text) ? POINTING_FACTOR : leansOnPrevious(sentence.text) ? LEANING_FACTOR : 1;
  const isTopic = sentence.isFirstOfBlock && sentence.kind === 'paragraph';
  return standing * (1 + opening * 2 ** (-sentence.ordinal / OPENING_HALF_LIFE)) * (isTopic ? 1 + TOPIC_SENTENCE_BONUS : 1);
}

/** What the wording of an utterance says about it, given its weight as a decision. */
function talkPrior({ text }: Sentence, decision: number): number {
  return (decision >= ANY_DECISION ? 1 + DECISION_BONUS : 1) * (outcome.test(text) ? 1 + OUTCOME_BONUS : 1);
}

/** Stems of the first heading, or of the source's own title where it has no heading. */
function titleStems(source: PreparedSource, own: readonly Sentence[]): ReadonlySet<string> {
  const heading = own.find(({ kind, position }) => kind === 'heading' && position < FIRST_PART);
  if (heading !== undefined) return new Set(heading.stems);
  return new Set(
    wordsOf(source.snapshot.title ?? '')
      .filter(word => word.length > 2 && !stopWords.ru.has(word) && !stopWords.en.has(word))
      .map(word => stem(word, languageOfWord(word))),
  );
}

function shareOf(wanted: ReadonlySet<string>, stems: readonly string[]): number {
  if (wanted.size === 0) return 0;
  return new Set(stems.filter(word => wanted.has(word))).size / wanted.size;
}

/** 1 inside the good range, falling with the ratio outside it. */
function lengthPrior({ isTalk, stems }: Sentence): number {
  const { from, to } = GOOD_CONTENT[isTalk ? 'talk' : 'prose'];
  const count = stems.length;
  if (count < from) return count / from;
  return count > to ? to / count : 1;
}

function scaledToOne(values: Float64Array): Float64Array {
  const best = values.reduce((max, value) => Math.max(max, value), 0);
  return best > 0 ? values.map(value => value / best) : values;
}
