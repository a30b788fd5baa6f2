/** How soon further mentions of a word in one sentence stop counting, and how far a sentence's length is held against it: the usual values. */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;

/**
 * How well each row answers all the others, asked as queries: the sum of its BM25 likeness to them (S. Robertson and H. Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009; as a likeness of sentences in F. Barrios, F. López, L. Argerich and
 * R. Wachenchauzer, "Variations of the Similarity Function of TextRank for Automated Summarization", 2016), over the root of its
 * length, or the longest would win. The sum over rows is taken once for each word, so that the whole is linear in the number of words.
 */
export function bm25Centrality(rows: readonly (readonly string[])[]): Float64Array {
  const counts = rows.map(row => {
    const own = new Map<string, number>();
    for (const word of row) own.set(word, (own.get(word) ?? 0) + 1);
    return own;
  });
  const meanLength = rows.reduce((sum, row) => sum + row.length, 0) / Math.max(1, rows.length);
  const saturated = (count: number, length: number): number =>
    (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH_SHARE + (LENGTH_SHARE * length) / meanLength));
  const documents = new Map<string, number>();
  const sums = new Map<string, number>();
  counts.forEach((own, row) => {
    const length = rows[row]?.length ?? 0;
    for (const [word, count] of own) {
      documents.set(word, (documents.get(word) ?? 0) + 1);
      sums.set(word, (sums.get(word) ?? 0) + saturated(count, length));
    }
  });
  return Float64Array.from(counts, (own, row) => {
    const length = rows[row]?.length ?? 0;
    let sum = 0;
    for (const [word, count] of own) {
      const inRows = documents.get(word) ?? 1;
      const idf = Math.log(1 + (rows.length - inRows + 0.5) / (inRows + 0.5));
      sum += idf * ((sums.get(word) ?? 0) - saturated(count, length));
    }
    return length === 0 ? 0 : sum / Math.sqrt(length);
  });
}
