import type { DetailLevel } from '../../shared/domain/synopsis.ts';
import { antecedentOf, dangles } from './antecedent.ts';
import { isChatter } from './chatter.ts';
import { detailCounts } from './detail-counts.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { type Budget, selectSentences } from './select-sentences.ts';
import { isCourtesy } from './sentence-fitness.ts';

/** Theses leave the summary's sentences out while at least this many others are there; a list of one says little. */
const ENOUGH_OTHERS = 2;
/** A summary is shorter than its text: of a few sentences it takes at most this share, and leaves the rest to the theses. */
const MAX_SUMMARY_SHARE = 0.4;
/** News is retold in about so many words: editors' abstracts have 50 to 70, those of the development half of the bench 42 to 75. */
const REPORT_WORDS = 62;
/** A talk is retold in about this share of its words, up to so many; the summaries of the development half of the bench have a fifth to a quarter, 47 to 78 words. */
const TALK_SHARE = 0.27;
const MAX_TALK_WORDS = 65;
/** A thesis this far below the best one is padding; a short list of strong ones reads better. */
const MIN_THESIS_SCORE = 0.22;
/** A note of so few sentences is its own summary: nothing can be left out of it. */
const MAX_NOTE_LENGTH = 3;

export function summarySentences(prepared: Prepared, detail: DetailLevel): Sentence[] {
  const fit = fitSentences(prepared);
  if (fit.length <= MAX_NOTE_LENGTH) {
    const note = noteSentences(prepared);
    if (fit.length === 0 || note.length <= MAX_NOTE_LENGTH) return note.slice(0, Math.max(MAX_NOTE_LENGTH, detailCounts.summary[detail]));
    const told = toldSentences(prepared);
    return withLongest(fit, told, Math.min(MAX_NOTE_LENGTH, Math.ceil(told.length * MAX_SUMMARY_SHARE)));
  }
  const most = Math.ceil(lengthOf(prepared) * MAX_SUMMARY_SHARE);
  const counts = detailCounts.summary;
  const budget = detail === 'standard' ? budgetOf(prepared) : null;
  if (budget === null) return selectSentences(prepared, fit, { count: Math.min(counts[detail], most) });
  return selectSentences(prepared, fit, { count: Math.min(counts.full, most), budget });
}

/** In how many words the sources are retold; null where the number of sentences alone decides. */
function budgetOf({ sources, sentences, reports }: Prepared): Budget | null {
  const atLeast = detailCounts.summary.short;
  if (reports.every(isReport => isReport)) return { words: REPORT_WORDS, atLeast };
  if (!sources.every(({ isDialogue }) => isDialogue)) return null;
  const said = sentences.reduce((sum, { words }) => sum + words.length, 0);
  return { words: Math.min(MAX_TALK_WORDS, said * TALK_SHARE), atLeast };
}

/** What else the sources say, beyond the summary; all of it when there is little text. */
export function thesisSentences(prepared: Prepared, detail: DetailLevel): Sentence[] {
  const summary = summarySentences(prepared, detail);
  const isShown = new Set(summary.flatMap(sentence => [sentence.index, antecedentOf(prepared, sentence)?.index]));
  const fit = fitSentences(prepared);
  const others = fit.filter(sentence => !isShown.has(sentence.index) && standsAlone(prepared, sentence));
  const strong = others.filter(({ index }) => (prepared.scores[index] ?? 0) >= MIN_THESIS_SCORE);
  const count = detailCounts.theses[detail];
  for (const candidates of [strong, others]) {
    if (candidates.length < ENOUGH_OTHERS) continue;
    const chosen = selectSentences(prepared, candidates, { count, shown: summary });
    if (chosen.length >= ENOUGH_OTHERS) return chosen;
  }
  return fit.length >= ENOUGH_OTHERS ? selectSentences(prepared, fit, { count }) : summary;
}

/** Whether a reader of the sentence, or of it and the one it is shown with, knows whom it speaks of. */
const standsAlone = (prepared: Prepared, sentence: Sentence): boolean =>
  !dangles(sentence.text) || antecedentOf(prepared, sentence) !== null;

/** How many sentences there are to shorten: of prose the fit ones, of a talk all, since most of its short lines are not fit. */
const lengthOf = ({ sentences, scores }: Prepared): number =>
  sentences.filter(({ isTalk, kind, index }) => (scores[index] ?? 0) > 0 || (isTalk && kind !== 'heading' && kind !== 'code')).length;

/**
 * Of a few lines of chat hardly one is a whole statement; the longest of the others join those that are (the best plain rule for chats in
 * B. Gliwa and others, "SAMSum Corpus", 2019).
 */
function withLongest(fit: readonly Sentence[], told: readonly Sentence[], count: number): Sentence[] {
  const isFit = new Set(fit.map(({ index }) => index));
  const others = told.filter(
    ({ index, text, kind }) => !isFit.has(index) && kind !== 'heading' && !text.endsWith('?') && !isCourtesy(text),
  );
  const longest = others.sort((a, b) => b.words.length - a.words.length || a.index - b.index);
  return [...fit, ...longest.slice(0, Math.max(0, count - fit.length))].sort((a, b) => a.index - b.index);
}

const fitSentences = (prepared: Prepared): Sentence[] => prepared.sentences.filter(sentence => (prepared.scores[sentence.index] ?? 0) > 0);

/** What is told, fit for a summary or not, in reading order; courtesies, chatter and headings only where there is nothing else. */
function noteSentences(prepared: Prepared): Sentence[] {
  const worded = toldSentences(prepared);
  const told = worded.filter(({ kind }) => kind !== 'heading');
  const points = told.filter(({ text }) => !isCourtesy(text) && !isChatter(text));
  return [points, told].find(some => some.length > 0) ?? worded;
}

/** Every line with words, each once, in reading order. */
function toldSentences({ sentences }: Prepared): Sentence[] {
  const seen = new Set<string>();
  return sentences.filter(({ kind, words }) => {
    const key = words.join(' ');
    if (kind === 'code' || !/\p{L}/u.test(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
