/**
 * TF-IDF vectors of sentences in compressed rows: the terms of row i are `terms[offsets[i] .. offsets[i + 1])`, ascending by
 * first appearance, each row of Euclidean length 1 (or empty).
 */
export interface SparseVectors {
  readonly rowCount: number;
  readonly termCount: number;
  readonly offsets: Uint32Array;
  readonly terms: Uint32Array;
  readonly weights: Float64Array;
}

/** Builds unit TF-IDF rows; idf is log(1 + N / n), which stays above zero in texts of a few sentences. */
export function sparseVectors(rows: readonly (readonly string[])[]): SparseVectors {
  const ids = new Map<string, number>();
  const documentFrequency: number[] = [];
  const offsets = new Uint32Array(rows.length + 1);
  const total = rows.reduce((sum, row) => sum + row.length, 0);
  const terms = new Uint32Array(total);
  const weights = new Float64Array(total);
  const lastSeen: number[] = [];
  const slotOf: number[] = [];
  let used = 0;
  rows.forEach((row, index) => {
    for (const word of row) {
      let id = ids.get(word);
      if (id === undefined) {
        id = ids.size;
        ids.set(word, id);
        documentFrequency.push(0);
        lastSeen.push(-1);
        slotOf.push(0);
      }
      if (lastSeen[id] === index) {
        const slot = slotOf[id] ?? 0;
        weights[slot] = (weights[slot] ?? 0) + 1;
        continue;
      }
      lastSeen[id] = index;
      slotOf[id] = used;
      documentFrequency[id] = (documentFrequency[id] ?? 0) + 1;
      terms[used] = id;
      weights[used] = 1;
      used += 1;
    }
    offsets[index + 1] = used;
  });
  const idf = documentFrequency.map(frequency => Math.log(1 + rows.length / frequency));
  for (let row = 0; row < rows.length; row += 1) {
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? 0;
    let squares = 0;
    for (let at = from; at < to; at += 1) {
      const weight = (weights[at] ?? 0) * (idf[terms[at] ?? 0] ?? 0);
      weights[at] = weight;
      squares += weight * weight;
    }
    const norm = Math.sqrt(squares);
    for (let at = from; norm > 0 && at < to; at += 1) weights[at] = (weights[at] ?? 0) / norm;
  }
  return { rowCount: rows.length, termCount: ids.size, offsets, terms: terms.subarray(0, used), weights: weights.subarray(0, used) };
}

/** out[term] = Σ over rows of value[row] · weight(row, term). */
export function combineRows(vectors: SparseVectors, values: Float64Array): Float64Array {
  const { offsets, terms, weights, rowCount } = vectors;
  const out = new Float64Array(vectors.termCount);
  for (let row = 0; row < rowCount; row += 1) {
    const value = values[row] ?? 0;
    if (value === 0) continue;
    const to = offsets[row + 1] ?? 0;
    for (let at = offsets[row] ?? 0; at < to; at += 1) {
      const term = terms[at] ?? 0;
      out[term] = (out[term] ?? 0) + value * (weights[at] ?? 0);
    }
  }
  return out;
}

/** out[row] = Σ over the row's terms of weight(row, term) · profile[term]. */
export function projectRows(vectors: SparseVectors, profile: Float64Array): Float64Array {
  const { offsets, terms, weights, rowCount } = vectors;
  const out = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    let sum = 0;
    const to = offsets[row + 1] ?? 0;
    for (let at = offsets[row] ?? 0; at < to; at += 1) sum += (weights[at] ?? 0) * (profile[terms[at] ?? 0] ?? 0);
    out[row] = sum;
  }
  return out;
}
