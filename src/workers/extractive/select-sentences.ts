import { conceptCoverage } from './concepts.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { sparseVectors, type SparseVectors } from './sparse-vectors.ts';

/** Salience against concepts not yet covered; either alone does worse on the development half of the bench, and 0.4 to 0.6 alike. */
const SALIENCE_SHARE = 0.5;
/** What likeness to a chosen sentence costs besides: two sentences on one thing share words that count as no concept. */
const LIKENESS_COST = 0.25;
/** Only so many of the best are compared with each other: a book's summary never needs the two-thousandth sentence. */
const MAX_CANDIDATES = 400;
/**
 * The first sentence of a part of the text not yet represented. Five times as much takes one sentence from every part, good or
 * not; 0 to 0.1 differ little on short texts, and some keeps the end of long ones heard. A talk goes where it goes, and long stretches of it lead nowhere.
 */
const NEW_REGION_BONUS = { prose: 0.05, talk: 0 } as const;
/** The first sentence of a source not yet represented; large enough to outweigh a better place in a long source. */
const NEW_SOURCE_BONUS = 0.3;
/** A source needs this share of all fit sentences for the bonus: a greeting in the chat is no source. */
const MIN_SOURCE_SHARE = 0.04;
/** Two sentences this alike say the same; the second is never shown. */
const DUPLICATE_SIMILARITY = 0.72;

export interface Selection {
  readonly count: number;
  /** Sentences shown already: their repetition is penalised, and they are not chosen again. */
  readonly shown?: readonly Sentence[];
}

/**
 * Greedy choice by salience and by the concepts a sentence adds (see `conceptCoverage`), less its likeness to what is chosen, the term
 * of Maximal Marginal Relevance (J. Carbonell and J. Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and
 * Producing Summaries", SIGIR 1998), with a bonus for parts and sources not yet heard. Returned in reading order; fewer than `count`
 * when the rest repeats what is there.
 */
export function selectSentences(prepared: Prepared, candidates: readonly Sentence[], { count, shown = [] }: Selection): Sentence[] {
  const score = (sentence: Sentence): number => prepared.scores[sentence.index] ?? 0;
  const shownIndexes = new Set(shown.map(sentence => sentence.index));
  const pool = candidates
    .filter(sentence => !shownIndexes.has(sentence.index) && score(sentence) > 0)
    .sort((a, b) => score(b) - score(a) || a.index - b.index)
    .slice(0, MAX_CANDIDATES);
  const rows = [...shown, ...pool];
  const vectors = sparseVectors(rows.map(sentence => sentence.stems));
  const best = pool[0] === undefined ? 1 : score(pool[0]);
  const weighty = weightySources(prepared);
  const regionCount = Math.max(3, count);
  const covered = {
    regions: new Set(shown.map(sentence => regionOf(sentence, regionCount))),
    sources: new Set(shown.map(sentence => sentence.source)),
  };
  const nearest = new Float64Array(pool.length);
  for (let row = 0; row < shown.length; row += 1) raiseNearest(vectors, row, shown.length, nearest);

  const coverage = conceptCoverage(prepared.concepts, prepared.standing);
  for (const sentence of shown) coverage.add(sentence.index);
  const firstGain = pool.reduce((most, sentence) => Math.max(most, coverage.gainOf(sentence.index)), Number.MIN_VALUE);

  const chosen: Sentence[] = [];
  const isTaken = new Array<boolean>(pool.length).fill(false);
  while (chosen.length < count) {
    let bestIndex = -1;
    let bestValue = Number.NEGATIVE_INFINITY;
    pool.forEach((sentence, index) => {
      const similarity = nearest[index] ?? 0;
      if (isTaken[index] === true || similarity >= DUPLICATE_SIMILARITY) return;
      const novelSource = prepared.sources.length > 1 && weighty.has(sentence.source) && !covered.sources.has(sentence.source);
      const value =
        SALIENCE_SHARE * (score(sentence) / best) +
        (1 - SALIENCE_SHARE) * (coverage.gainOf(sentence.index) / firstGain) -
        LIKENESS_COST * similarity +
        (covered.regions.has(regionOf(sentence, regionCount)) ? 0 : NEW_REGION_BONUS[sentence.isTalk ? 'talk' : 'prose']) +
        (novelSource ? NEW_SOURCE_BONUS : 0);
      if (value > bestValue) {
        bestValue = value;
        bestIndex = index;
      }
    });
    const sentence = pool[bestIndex];
    if (sentence === undefined) break;
    isTaken[bestIndex] = true;
    chosen.push(sentence);
    coverage.add(sentence.index);
    covered.regions.add(regionOf(sentence, regionCount));
    covered.sources.add(sentence.source);
    raiseNearest(vectors, shown.length + bestIndex, shown.length, nearest);
  }
  return chosen.sort((a, b) => a.index - b.index);
}

const regionOf = (sentence: Sentence, count: number): number =>
  sentence.source * count + Math.min(count - 1, Math.floor(sentence.position * count));

function weightySources(prepared: Prepared): ReadonlySet<number> {
  const counts = prepared.sources.map(() => 0);
  let total = 0;
  for (const sentence of prepared.sentences) {
    if (!sentence.isFit) continue;
    counts[sentence.source] = (counts[sentence.source] ?? 0) + 1;
    total += 1;
  }
  return new Set(counts.flatMap((own, source) => (own > 0 && own >= total * MIN_SOURCE_SHARE ? [source] : [])));
}

/** Raises `nearest[i]` to the similarity of pool row i with the given row. */
function raiseNearest({ offsets, terms, weights, rowCount }: SparseVectors, row: number, poolStart: number, nearest: Float64Array): void {
  const profile = new Map<number, number>();
  for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at += 1) profile.set(terms[at] ?? 0, weights[at] ?? 0);
  for (let other = poolStart; other < rowCount; other += 1) {
    let similarity = 0;
    for (let at = offsets[other] ?? 0; at < (offsets[other + 1] ?? 0); at += 1) {
      const weight = profile.get(terms[at] ?? 0);
      if (weight !== undefined) similarity += weight * (weights[at] ?? 0);
    }
    const index = other - poolStart;
    if (similarity > (nearest[index] ?? 0)) nearest[index] = similarity;
  }
}
