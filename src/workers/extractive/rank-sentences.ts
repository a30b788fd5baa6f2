import { bm25Centrality } from './bm25-centrality.ts';
import { decisionWeight } from './find-decisions.ts';
import type { PreparedSource, Sentence } from './prepare-sources.ts';
import { lexRank } from './lexrank.ts';
import { middleVoice, type Voice } from './ranking-voices.ts';
import { isReport } from './report-genre.ts';
import { leansOnPrevious, pointsBack } from './sentence-fitness.ts';
import { wordsOf } from '../../shared/domain/words.ts';
import { sparseVectors } from './sparse-vectors.ts';
import { languageOfWord, stem } from './stem.ts';
import { stopWords } from './stop-words.ts';

/**
 * A report tells its outcome first (the inverted pyramid of news; on newswire the opening sentences beat every measure of centrality, A.
 * Nenkova, "Automatic Text Summarization of Newswire", AAAI 2005): its first sentence gets this much more, falling by half every few
 * sentences. Explaining and telling prose often opens with a scene, and on the development half of the bench gained nothing by it.
 */
const REPORT_OPENING_BONUS = 8;
const OPENING_HALF_LIFE = 1.5;
/** The first sentence of a paragraph is usually its topic sentence; of a report's paragraphs, often a sentence long, much less. */
const TOPIC_SHARE = { prose: 1, report: 0.4 } as const;
/** «Однако…», "But…": a link to the sentence before, after which the sentence of prose can still be understood. */
const LEANING_FACTOR = 0.85;
/** «Её построили…», "They…": in prose nobody knows who is meant without the sentence before. */
const POINTING_FACTOR = 0.4;
/**
 * Content words of a sentence that reads well in a summary, inside which length changes nothing. A higher bound for prose costs Russian
 * articles most, where a sentence has fewer words than an English one of the same sense (development half of the bench).
 */
const GOOD_CONTENT = { prose: { from: 5, to: 22 }, talk: { from: 7, to: 25 } } as const;
/** Lines under «Задачи» and «Открытые вопросы» have sections of their own; they enter a summary only when fewer others than this are there. */
const MIN_OTHERS = 3;
/** A heading later than this names a chapter and not the whole. */
const FIRST_PART = 0.05;
/** «Главный вывод…», "The main conclusion…": a cue phrase announces what the author holds for important (the cue method of H. P. Edmundson, see `Voice`). */
const CUE_BONUS = 0.3;
const cue =
  /(?<!\p{L})(?:главн(?:ый|ое|ая|ые)\s+(?:вывод|итог|мысль|урок)\p{L}*|вывод:|в итоге|важнее всего|самое важное|(?:the\s+)?(?:main|key|central)\s+(?:conclusion|lesson|point|finding|result)s?|in\s+(?:short|sum|conclusion)|most\s+importantly)(?!\p{L})/iu;
/** «Но…», «Или…», "But…": an objection or an alternative thrown into a talk; what came of it is said in a whole sentence. */
const OBJECTION_FACTOR = 0.7;
const objection = /^(?:[—–-]\s*)?(?:но|а|и|или|однако|зато|but|and|or|yet)(?!\p{L})/iu;
/** A pronoun at the head of an utterance costs less than in prose: the talk's other lines mostly name the thing. */
const TALK_POINTING_FACTOR = 0.85;
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

/** What speaks for each sentence, by its index; a voice weighs it (see `Voice`). */
export interface SentenceFeatures {
  /** Centrality in its source, scaled to 1. */
  readonly lexRank: Float64Array;
  /** The same for a talk, where BM25 does worse: utterances differ too much in length. */
  readonly bm25: Float64Array;
  /** What its length, its wording and its place say: 1 for a plain sentence, 0 where it may not stand in a summary. */
  readonly form: Float64Array;
  /** The factor in `form` for what cannot be understood without the sentence before it; it is lifted where that one is chosen, too. */
  readonly link: Float64Array;
  /** How far it is a topic sentence, 0 to 1. */
  readonly topic: Float64Array;
  /** Share of the title's words in it. */
  readonly title: Float64Array;
}

export interface Ranking {
  readonly features: SentenceFeatures;
  /** Salience of every sentence by the middle voice, 0 to 1 within its source, 0 where it is not fit for a summary. */
  readonly scores: Float64Array;
  /** Of every source, whether it is a report (see `isReport`). */
  readonly reports: readonly boolean[];
}

/** How well a sentence can stand in a summary, whatever it is about: about 1 for a plain sentence, 0 where it may not. */
export function standingOf({ form, topic, title }: SentenceFeatures, { topicBonus, titleBonus }: Voice, sentence: number): number {
  return (form[sentence] ?? 0) * (1 + topicBonus * (topic[sentence] ?? 0)) * (1 + titleBonus * (title[sentence] ?? 0));
}

/** Centrality times standing. */
export function salienceOf(features: SentenceFeatures, voice: Voice, sentence: number): number {
  return (features[voice.centrality][sentence] ?? 0) ** voice.contrast * standingOf(features, voice, sentence);
}

/** Reads from every sentence what the voices weigh: its centrality, and what its form, place and wording say about it. */
export function rankSentences(sources: readonly PreparedSource[], sentences: readonly Sentence[]): Ranking {
  const column = (): Float64Array => new Float64Array(sentences.length);
  const features = { lexRank: column(), bm25: column(), form: column(), link: column(), topic: column(), title: column() };
  const scores = column();
  const reports = sources.map((source, index) => {
    const own = sentences.filter(sentence => sentence.source === index && sentence.kind !== 'code' && sentence.kind !== 'table');
    const hasOthers = own.filter(sentence => sentence.isFit && !isListed(sentence)).length >= MIN_OTHERS;
    const title = titleStems(source, own);
    const report = isReport(own.filter(({ kind, isTalk }) => kind !== 'heading' && !isTalk).map(({ text }) => text));
    const rows = own.map(({ kind, stems }) => (kind === 'heading' ? [] : stems));
    const lex = scaledToOne(lexRank(sparseVectors(rows)));
    const bm25 = scaledToOne(bm25Centrality(rows));
    let best = 0;
    own.forEach((sentence, row) => {
      const decision = sentence.isTalk ? decisionWeight(sentence, true) : 0;
      if ((!sentence.isFit && decision < SURE_DECISION) || sentence.topic === 'noise' || (isListed(sentence) && hasOthers)) return;
      const at = sentence.index;
      const isDirect = !sentence.isTalk && isDirectSpeech(sentence.text);
      features.lexRank[at] = lex[row] ?? 0;
      features.bm25[at] = (sentence.isTalk ? lex[row] : bm25[row]) ?? 0;
      features.title[at] = shareOf(title, sentence.stems);
      features.topic[at] = isTopicSentence(sentence) && !isDirect ? TOPIC_SHARE[report ? 'report' : 'prose'] : 0;
      features.link[at] = isDirect ? 1 : linkFactor(sentence);
      features.form[at] =
        (features.link[at] ?? 1) *
        (decision >= SURE_DECISION ? 1 : lengthPrior(sentence)) *
        (sentence.isTalk ? talkPrior(sentence, decision) : isDirect ? DIRECT_SPEECH_FACTOR : prosePrior(sentence, report));
      scores[at] = salienceOf(features, middleVoice, at);
      best = Math.max(best, scores[at] ?? 0);
    });
    if (best > 0) for (const sentence of own) scores[sentence.index] = (scores[sentence.index] ?? 0) / best;
    return report;
  });
  return { features, scores, reports };
}

const isListed = ({ topic }: Sentence): boolean => topic === 'tasks' || topic === 'questions';

/** The quoted words of somebody, with who said them: «…» — сказал он. */
const isDirectSpeech = (text: string): boolean => /^(?:["“«]|[—–]\s)/u.test(text) && /[,?!]["”»]\s*[—–-]?\s|,\s+[—–]\s/u.test(text);

const isTopicSentence = ({ isTalk, isFirstOfBlock, kind }: Sentence): boolean => !isTalk && isFirstOfBlock && kind === 'paragraph';

/** What it costs a sentence to lean on the one before it. */
function linkFactor({ text, isTalk }: Sentence): number {
  if (pointsBack(text)) return isTalk ? TALK_POINTING_FACTOR : POINTING_FACTOR;
  return !isTalk && leansOnPrevious(text) ? LEANING_FACTOR : 1;
}

/** What the wording of a sentence of prose says about it and, in a report, how near the opening it stands. */
function prosePrior({ text, ordinal }: Sentence, report: boolean): number {
  return (cue.test(text) ? 1 + CUE_BONUS : 1) * (report ? 1 + REPORT_OPENING_BONUS * 2 ** (-ordinal / OPENING_HALF_LIFE) : 1);
}

/** What the wording of an utterance says about it, given its weight as a decision. */
function talkPrior({ text }: Sentence, decision: number): number {
  return (
    (objection.test(text) ? OBJECTION_FACTOR : 1) *
    (decision >= ANY_DECISION ? 1 + DECISION_BONUS : 1) *
    (outcome.test(text) ? 1 + OUTCOME_BONUS : 1)
  );
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
