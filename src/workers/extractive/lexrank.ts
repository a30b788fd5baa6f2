import { combineRows, projectRows, type SparseVectors } from './sparse-vectors.ts';

/** Probability of following a similarity rather than jumping; the value of the paper. */
const DAMPING = 0.85;
/** The ranks of a text settle to three digits within this many rounds; the order of the best ones well before. */
const MAX_ROUNDS = 30;
const TOLERANCE = 1e-5;

/**
 * Continuous LexRank (G. Erkan and D. R. Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
 * Summarization", JAIR 22, 2004): the stationary distribution of a walk over sentences along their cosine similarity.
 *
 * Without a threshold the similarity matrix is X·Xᵀ for unit rows X, so a round of the power method is two sparse products
 * and the matrix is never built: linear in the number of words, where the usual form is quadratic in sentences.
 * A sentence's similarity to itself (1) is left out, or sentences unlike all others would feed themselves.
 */
export function lexRank(vectors: SparseVectors): Float64Array {
  const n = vectors.rowCount;
  if (n === 0) return new Float64Array(0);
  const degrees = similarityProduct(vectors, new Float64Array(n).fill(1));
  let ranks = new Float64Array(n).fill(1 / n);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const shares = new Float64Array(n);
    let stuck = 0;
    for (let row = 0; row < n; row += 1) {
      const degree = degrees[row] ?? 0;
      if (degree > 1e-9) shares[row] = (ranks[row] ?? 0) / degree;
      else stuck += ranks[row] ?? 0;
    }
    const flow = similarityProduct(vectors, shares);
    const base = (1 - DAMPING) / n + (DAMPING * stuck) / n;
    const next = new Float64Array(n);
    let change = 0;
    for (let row = 0; row < n; row += 1) {
      const value = base + DAMPING * (flow[row] ?? 0);
      change += Math.abs(value - (ranks[row] ?? 0));
      next[row] = value;
    }
    ranks = next;
    if (change < TOLERANCE) break;
  }
  return ranks;
}

/** (X·Xᵀ − I)·values, the diagonal taken only from rows that have terms. */
function similarityProduct(vectors: SparseVectors, values: Float64Array): Float64Array {
  const product = projectRows(vectors, combineRows(vectors, values));
  for (let row = 0; row < vectors.rowCount; row += 1) {
    const isEmpty = vectors.offsets[row] === vectors.offsets[row + 1];
    if (!isEmpty) product[row] = Math.max(0, (product[row] ?? 0) - (values[row] ?? 0));
  }
  return product;
}
