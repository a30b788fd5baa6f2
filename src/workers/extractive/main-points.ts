import type { DetailLevel } from '../../shared/domain/synopsis.ts';
import { detailCounts } from './detail-counts.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { selectSentences } from './select-sentences.ts';

/** Theses leave the summary's sentences out while at least this many others are there; a list of one says little. */
const ENOUGH_OTHERS = 2;
/** A summary is shorter than its text: of a few sentences it takes at most this share, and leaves the rest to the theses. */
const MAX_SUMMARY_SHARE = 0.4;
/** A thesis this far below the best one is padding; a short list of strong ones reads better. */
const MIN_THESIS_SCORE = 0.22;

export function summarySentences(prepared: Prepared, detail: DetailLevel): Sentence[] {
  const fit = fitSentences(prepared);
  return selectSentences(prepared, fit, { count: Math.min(detailCounts.summary[detail], Math.ceil(fit.length * MAX_SUMMARY_SHARE)) });
}

/** What else the sources say, beyond the summary; all of it when there is little text. */
export function thesisSentences(prepared: Prepared, detail: DetailLevel): Sentence[] {
  const fit = fitSentences(prepared);
  const summary = summarySentences(prepared, detail);
  const strong = fit.filter(sentence => (prepared.scores[sentence.index] ?? 0) >= MIN_THESIS_SCORE);
  const hasOthers = strong.length - summary.length >= ENOUGH_OTHERS;
  return selectSentences(prepared, strong, { count: detailCounts.theses[detail], shown: hasOthers ? summary : [] });
}

const fitSentences = (prepared: Prepared): Sentence[] => prepared.sentences.filter(sentence => (prepared.scores[sentence.index] ?? 0) > 0);
