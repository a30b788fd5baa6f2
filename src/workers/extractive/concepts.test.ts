import { describe, expect, test } from 'vitest';
import { conceptCoverage, readConcepts } from './concepts.ts';

const told = (...stems: string[]) => ({ stems, isTold: true });

describe('concepts', () => {
  const rows = [
    told('peat', 'fire', 'smoke'),
    told('peat', 'fire', 'water'),
    told('smoke', 'lung'),
    { stems: ['peat', 'lung'], isTold: false },
  ];
  const concepts = readConcepts(rows);
  const standing = (sentence: number): number => [1, 1, 0.5, 1][sentence] ?? 0;

  test('what one sentence names weighs nothing, a pair counts like a word', () => {
    const { gainOf } = conceptCoverage(concepts, standing);
    // peat, fire, smoke and «peat fire», each in two sentences.
    expect(gainOf(0)).toBeCloseTo(4 * Math.SQRT2);
    expect(gainOf(1)).toBeCloseTo(3 * Math.SQRT2);
    expect(gainOf(2)).toBeCloseTo(0.5 * Math.SQRT2);
  });

  test('rows that tell nothing have no concepts', () => {
    expect(conceptCoverage(concepts, standing).gainOf(3)).toBe(0);
  });

  test('what is covered adds no more, unless a better sentence says it', () => {
    const covered = conceptCoverage(concepts, standing);
    covered.add(1);
    expect(covered.gainOf(0)).toBeCloseTo(Math.SQRT2);
    const weakFirst = conceptCoverage(concepts, standing);
    weakFirst.add(2);
    expect(weakFirst.gainOf(0)).toBeCloseTo(3.5 * Math.SQRT2);
  });

  test('the more is chosen, the less a sentence adds', () => {
    const coverage = conceptCoverage(concepts, standing);
    const gains = [0, 1, 2].map(row => {
      const gain = coverage.gainOf(0);
      coverage.add(row === 0 ? 2 : 1);
      return gain;
    });
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
  });
});
