import { conceptCoverage } from './concepts.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { salienceOf, standingOf } from './rank-sentences.ts';
import { middleVoice, type Voice, voices } from './ranking-voices.ts';
import { sparseVectors, type SparseVectors } from './sparse-vectors.ts';

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
  readonly words?: { readonly target: number; readonly atLeast: number } | undefined;
}


declare const AGG: string | undefined;
export function selectSentences(prepared: Prepared, candidates: readonly Sentence[], { count, shown = [], words }: Selection): Sentence[] {
  const score = (sentence: Sentence): number => prepared.scores[sentence.index] ?? 0;
  const shownIndexes = new Set(shown.map(sentence => sentence.index));
  const pool = candidates
    .filter(sentence => !shownIndexes.has(sentence.index) && score(sentence) > 0)
    .sort((a, b) => score(b) - score(a) || a.index - b.index)
    .slice(0, MAX_CANDIDATES);
  const rows = [...shown, ...pool];
  const vectors = sparseVectors(rows.map(sentence => sentence.stems));
  const weighty = weightySources(prepared);
  const regionCount = Math.max(3, count);
  const run = (judges: readonly Judge[], count: number, words: any): number[] => {
  const covered = {
    regions: new Set(shown.map(sentence => regionOf(sentence, regionCount))),
    sources: new Set(shown.map(sentence => sentence.source)),
  };
  const nearest = new Float64Array(pool.length);
  for (let row = 0; row < shown.length; row += 1) raiseNearest(vectors, row, shown.length, nearest);
  const chosen: number[] = [];
  const isTaken = new Array<boolean>(pool.length).fill(false);
  let length = 0;
  while (chosen.length < count) {
    const bonus = pool.map((sentence, index) => {
      const similarity = nearest[index] ?? 0;
      if (isTaken[index] === true || similarity >= DUPLICATE_SIMILARITY) return Number.NEGATIVE_INFINITY;
      const novelSource = prepared.sources.length > 1 && weighty.has(sentence.source) && !covered.sources.has(sentence.source);
      return -LIKENESS_COST * similarity + (covered.regions.has(regionOf(sentence, regionCount)) ? 0 : NEW_REGION_BONUS[sentence.isTalk ? 'talk' : 'prose']) +
        (novelSource ? NEW_SOURCE_BONUS : 0);
    });
    const points = new Float64Array(pool.length);
    for (const judge of judges) {
      const values = pool.map((_, index) => bonus[index] === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : (bonus[index] ?? 0) + judge.valueOf(index));
      const order = values.map((_, i) => i).filter(i => values[i]! > -1e9).sort((a, b) => values[b]! - values[a]!);
      if (AGG === 'seqmean') order.forEach(i => { points[i]! += values[i]!; });
      else if (AGG === 'borda') order.slice(0, 4).forEach((i, r) => { points[i]! += [1, 0.5, 0.33, 0.25][r]!; });
      else if (AGG === 'borda8') order.slice(0, 8).forEach((i, r) => { points[i]! += 8-r; });
      else if (AGG === 'borda3') order.slice(0, 3).forEach((i, r) => { points[i]! += 3-r; });
      else if (AGG === 'rest') order.slice(0, count-chosen.length).forEach(i => { points[i]! += 1; });
      else order.slice(0, 1).forEach(i => { points[i]! += 1; });
    }
    let bestIndex = -1; let bv = Number.NEGATIVE_INFINITY;
    pool.forEach((_, i) => { if (bonus[i] === Number.NEGATIVE_INFINITY) return; if (points[i]! > bv) { bv = points[i]!; bestIndex = i; } });
    const sentence = pool[bestIndex];
    if (sentence === undefined) break;
    const next = length + sentence.words.length;
    if (words !== undefined && chosen.length >= words.atLeast && Math.abs(next - words.target) >= Math.abs(length - words.target)) break;
    length = next;
    isTaken[bestIndex] = true;
    chosen.push(bestIndex);
    for (const judge of judges) judge.add(bestIndex);
    covered.regions.add(regionOf(sentence, regionCount));
    covered.sources.add(sentence.source);
    raiseNearest(vectors, shown.length + bestIndex, shown.length, nearest);
  }
  return chosen;
  };
  const mk = (): Judge[] => (AGG==='single'?[middleVoice]:voices).map(v => judgeOf(prepared, pool, shown, v));
  let out: number[];
  if (AGG === 'votes') {
    const votes = new Float64Array(pool.length);
    for (const judge of mk()) for (const i of run([judge], count, undefined)) votes[i]! += 1;
    const order = [...votes.keys()].filter(i => votes[i]! > 0).sort((a, b) => votes[b]! - votes[a]! || a - b);
    out = []; let length = 0;
    for (const i of order) { if (out.length >= count) break; const next = length + pool[i]!.words.length; if (words && out.length >= words.atLeast && Math.abs(next - words.target) >= Math.abs(length - words.target)) break; length = next; out.push(i); }
  } else out = run(mk(), count, words);
  return out.map(i => pool[i]!).sort((a, b) => a.index - b.index);
}
interface Judge { valueOf: (i: number) => number; add: (i: number) => void }
function judgeOf(prepared: Prepared, pool: readonly Sentence[], shown: readonly Sentence[], voice: Voice): Judge {
  const salience = Float64Array.from(pool, ({ index }) => salienceOf(prepared.features, voice, index));
  const tops = new Map<number, number>();
  pool.forEach(({ source }, at) => tops.set(source, Math.max(tops.get(source) ?? Number.MIN_VALUE, salience[at] ?? 0)));
  pool.forEach(({ source }, at) => { salience[at]! /= tops.get(source)!; });
  const coverage = conceptCoverage(prepared.concepts, i => standingOf(prepared.features, voice, i));
  for (const s of shown) coverage.add(s.index);
  const firstGain = pool.reduce((most, sentence) => Math.max(most, coverage.gainOf(sentence.index)), Number.MIN_VALUE);
  return {
    valueOf: i => voice.salienceShare * salience[i]! + (1 - voice.salienceShare) * coverage.gainOf(pool[i]!.index) / firstGain,
    add: i => coverage.add(pool[i]!.index),
  };
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
