import { isNearRepeat, toldKey } from './near-repeats.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { voices } from './ranking-voices.ts';
import { sparseVectors, type SparseVectors } from './sparse-vectors.ts';
import { judgementOf } from './voice-judgement.ts';

/** What likeness to a chosen sentence costs besides: two sentences on one thing share words that count as no concept. */
const LIKENESS_COST = 0.25;
/** Of each voice's order so many count; whatever stands behind them is not chosen next. */
const RANKS_HEARD = 4;
/** Only so many of the best are compared with each other: a book's summary never needs the two-thousandth sentence. */
const MAX_CANDIDATES = 250;
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

/** Ends a choice, after so many sentences at least, where one more would take it further from so many words. */
export interface Budget {
  readonly words: number;
  readonly atLeast: number;
}

export interface Selection {
  readonly count: number;
  /** Sentences shown already: their repetition is penalised, and they are not chosen again. */
  readonly shown?: readonly Sentence[];
  readonly budget?: Budget | null;
}

/**
 * Chooses sentence by sentence. Each voice orders the candidates by salience and by the concepts they add (see `conceptCoverage`), less
 * their likeness to what is chosen, the term of Maximal Marginal Relevance (J. Carbonell and J. Goldstein, "The Use of MMR,
 * Diversity-Based Reranking for Reordering Documents and Producing Summaries", SIGIR 1998), with a bonus for parts and sources not yet
 * heard; the candidate that stands foremost in all orders together is chosen, by the sum of 1 / rank (reciprocal rank fusion: G. Cormack,
 * C. Clarke and S. Büttcher, SIGIR 2009). Returned in reading order; fewer than `count` when the rest repeats what is there.
 */
export function selectSentences(
  prepared: Prepared,
  candidates: readonly Sentence[],
  { count, shown = [], budget = null }: Selection,
): Sentence[] {
  const pool = bestCandidates(prepared, candidates, shown);
  const vectors = sparseVectors([...shown, ...pool].map(({ stems }) => stems));
  const weighty = weightySources(prepared);
  const regionCount = Math.max(3, count);
  const heard = {
    regions: new Set(shown.map(sentence => regionOf(sentence, regionCount))),
    sources: new Set(shown.map(({ source }) => source)),
  };
  const nearest = new Float64Array(pool.length);
  for (let row = 0; row < shown.length; row += 1) raiseNearest(vectors, row, shown.length, nearest);
  const judgements = voices.map(voice => judgementOf(prepared, pool, shown, voice));
  const bonusOf = (sentence: Sentence, at: number): number =>
    (heard.regions.has(regionOf(sentence, regionCount)) ? 0 : NEW_REGION_BONUS[sentence.isTalk ? 'talk' : 'prose']) +
    (prepared.sources.length > 1 && weighty.has(sentence.source) && !heard.sources.has(sentence.source) ? NEW_SOURCE_BONUS : 0) -
    LIKENESS_COST * (nearest[at] ?? 0);

  const chosen = new Set<number>();
  const repeated = new Set<number>();
  const leaveRepeatsOut = (of: Sentence): void => pool.forEach((other, at) => other !== of && isNearRepeat(of, other) && repeated.add(at));
  shown.forEach(leaveRepeatsOut);
  const taken = new Set<number>();
  // A pronoun is understood after the sentence it points to (the anaphora constraints of G. Durrett and others, ACL 2016).
  const linkOf = ({ index }: Sentence): number => (taken.has(index - 1) ? (prepared.features.link[index] ?? 1) : 1);
  let words = 0;
  while (chosen.size < count) {
    const open = [...pool.keys()].filter(at => !chosen.has(at) && !repeated.has(at) && (nearest[at] ?? 0) < DUPLICATE_SIMILARITY);
    const bonuses = pool.map(bonusOf);
    const links = pool.map(linkOf);
    const next = foremost(
      judgements.map(({ worthOf }) => firstOf(open, at => worthOf(at) / (links[at] ?? 1) + (bonuses[at] ?? 0))),
      open,
    );
    const sentence = next === undefined ? undefined : pool[next];
    if (next === undefined || sentence === undefined) break;
    const longer = words + sentence.words.length;
    if (budget !== null && chosen.size >= budget.atLeast && Math.abs(longer - budget.words) >= Math.abs(words - budget.words)) break;
    words = longer;
    chosen.add(next);
    taken.add(sentence.index);
    leaveRepeatsOut(sentence);
    for (const { choose } of judgements) choose(next);
    heard.regions.add(regionOf(sentence, regionCount));
    heard.sources.add(sentence.source);
    raiseNearest(vectors, shown.length + next, shown.length, nearest);
  }
  return pool.filter((_, at) => chosen.has(at)).sort((a, b) => a.index - b.index);
}

function bestCandidates({ scores }: Prepared, candidates: readonly Sentence[], shown: readonly Sentence[]): Sentence[] {
  const score = ({ index }: Sentence): number => scores[index] ?? 0;
  const shownIndexes = new Set(shown.map(({ index }) => index));
  const sorted = candidates
    .filter(sentence => !shownIndexes.has(sentence.index) && score(sentence) > 0)
    .sort((a, b) => score(b) - score(a) || a.index - b.index);
  const best = new Map<string, Sentence>();
  for (const sentence of sorted) {
    if (best.size >= MAX_CANDIDATES) break;
    const key = toldKey(sentence);
    if (!best.has(key)) best.set(key, sentence);
  }
  return [...best.values()];
}

/** The few of highest worth, best first; of equals, the earlier in the pool. */
function firstOf(open: readonly number[], worthOf: (at: number) => number): number[] {
  const first: { at: number; worth: number }[] = [];
  for (const at of open) {
    const worth = worthOf(at);
    if (first.length === RANKS_HEARD && worth <= (first.at(-1)?.worth ?? 0)) continue;
    const place = first.findIndex(other => worth > other.worth);
    first.splice(place === -1 ? first.length : place, 0, { at, worth });
    if (first.length > RANKS_HEARD) first.pop();
  }
  return first.map(({ at }) => at);
}

/** The one that stands foremost in all orders together; of equals, the earlier in the pool. */
function foremost(orders: readonly (readonly number[])[], open: readonly number[]): number | undefined {
  const points = new Map<number, number>();
  for (const order of orders) order.forEach((at, rank) => points.set(at, (points.get(at) ?? 0) + 1 / (rank + 1)));
  let best: number | undefined;
  for (const at of open) if ((points.get(at) ?? 0) > (best === undefined ? 0 : (points.get(best) ?? 0))) best = at;
  return best;
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
