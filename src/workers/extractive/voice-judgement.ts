import { conceptCoverage } from './concepts.ts';
import type { Prepared, Sentence } from './prepare-sources.ts';
import { salienceOf, standingOf } from './rank-sentences.ts';
import type { Voice } from './ranking-voices.ts';

/** What one voice thinks of the sentences of a pool while a choice among them grows. */
export interface Judgement {
  /** Worth of the pool's sentence beside what is chosen: its salience and the concepts it adds, each at most about 1. */
  readonly worthOf: (index: number) => number;
  readonly choose: (index: number) => void;
}

/** `shown` are sentences the reader has seen already: their concepts are covered. */
export function judgementOf(prepared: Prepared, pool: readonly Sentence[], shown: readonly Sentence[], voice: Voice): Judgement {
  const { features, concepts } = prepared;
  const salience = scaledInSources(
    pool,
    pool.map(({ index }) => salienceOf(features, voice, index)),
  );
  const coverage = conceptCoverage(concepts, sentence => standingOf(features, voice, sentence));
  for (const { index } of shown) coverage.add(index);
  const gains = Float64Array.from(pool, ({ index }) => coverage.gainOf(index));
  const firstGain = gains.reduce((most, gain) => Math.max(most, gain), Number.MIN_VALUE);
  return {
    worthOf: at => voice.salienceShare * (salience[at] ?? 0) + (1 - voice.salienceShare) * ((gains[at] ?? 0) / firstGain),
    choose: at => {
      const index = pool[at]?.index;
      if (index === undefined) return;
      coverage.add(index);
      // Gains only fall: what adds nothing now is not asked again.
      pool.forEach((sentence, other) => {
        if ((gains[other] ?? 0) > 0) gains[other] = coverage.gainOf(sentence.index);
      });
    },
  };
}

/** The best sentence of each source counts 1: a long source is no better than a short one. */
function scaledInSources(pool: readonly Sentence[], values: readonly number[]): Float64Array {
  const best = new Map<number, number>();
  pool.forEach(({ source }, at) => best.set(source, Math.max(best.get(source) ?? Number.MIN_VALUE, values[at] ?? 0)));
  return Float64Array.from(pool, ({ source }, at) => (values[at] ?? 0) / (best.get(source) ?? 1));
}
