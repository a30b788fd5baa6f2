import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lexRank } from './lexrank.ts';
import { sparseVectors } from './sparse-vectors.ts';

const rows = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 8 }), { minLength: 1, maxLength: 12 });

describe('sparseVectors', () => {
  test('rows have length one, or are empty', () => {
    fc.assert(
      fc.property(rows, given => {
        const { offsets, weights } = sparseVectors(given);
        given.forEach((row, index) => {
          const own = weights.slice(offsets[index], offsets[index + 1]);
          expect(own).toHaveLength(new Set(row).size);
          if (row.length > 0) expect(Math.hypot(...own)).toBeCloseTo(1, 9);
        });
      }),
    );
  });
});

describe('lexRank', () => {
  test('equals the power method on the dense similarity matrix', () => {
    fc.assert(
      fc.property(rows, given => {
        const vectors = sparseVectors(given);
        const dense = given.map((_, i) => given.map((__, j) => (i === j ? 0 : dot(vectors, i, j))));
        const degree = dense.map(row => row.reduce((sum, value) => sum + value, 0));
        let ranks = given.map(() => 1 / given.length);
        for (let round = 0; round < 200; round += 1) {
          ranks = ranks.map(
            (_, i) =>
              0.15 / given.length +
              0.85 *
                ranks.reduce(
                  (sum, rank, j) =>
                    sum + ((degree[j] ?? 0) > 1e-9 ? (rank * (dense[j]?.[i] ?? 0)) / (degree[j] ?? 1) : rank / given.length),
                  0,
                ),
          );
        }
        lexRank(vectors).forEach((rank, index) => expect(rank).toBeCloseTo(ranks[index] ?? 0, 2));
      }),
    );
  });

  test('ranks are shares of one walk', () => {
    fc.assert(
      fc.property(rows, given => {
        expect(lexRank(sparseVectors(given)).reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(1, 6);
      }),
    );
    expect(lexRank(sparseVectors([]))).toHaveLength(0);
  });

  test('the sentence that shares words with the others is first', () => {
    const vectors = sparseVectors([
      ['кот', 'дом'],
      ['кот', 'дом', 'сад'],
      ['сад', 'река'],
      ['звезда', 'ночь'],
    ]);
    expect(indexOfBest(lexRank(vectors))).toBe(1);
  });
});

const indexOfBest = (values: Float64Array): number => values.indexOf(Math.max(...values));

function dot({ offsets, terms, weights }: ReturnType<typeof sparseVectors>, a: number, b: number): number {
  let sum = 0;
  for (let i = offsets[a] ?? 0; i < (offsets[a + 1] ?? 0); i += 1) {
    for (let j = offsets[b] ?? 0; j < (offsets[b + 1] ?? 0); j += 1)
      if (terms[i] === terms[j]) sum += (weights[i] ?? 0) * (weights[j] ?? 0);
  }
  return sum;
}
