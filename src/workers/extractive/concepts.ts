/** What the sentences of all sources speak of: the concepts of sentence i are `ids[offsets[i] .. offsets[i + 1])`, each named once. */
export interface Concepts {
  readonly offsets: Uint32Array;
  readonly ids: Uint32Array;
  /** Weight of each concept: the root of the number of sentences that name it. */
  readonly weights: Float64Array;
}

export interface ConceptRow {
  readonly stems: readonly string[];
  /** Whether the row is told text: headings, code, tables and bibliographies count for nothing. */
  readonly isTold: boolean;
}

/** What only one sentence names says nothing of the whole (D. Gillick and B. Favre set their bound in the same way). */
const MIN_SENTENCES = 2;
/** Pairs of stem numbers become one number below 2⁵³; a text never has so many stems. */
const PAIR_BASE = 2 ** 26;

/**
 * Concepts are content stems and pairs of neighbouring ones that at least two sentences name. After D. Gillick and B. Favre, "A Scalable Global Model for Summarization",
 * ILP for NLP workshop 2009, who count documents; within one text sentences are counted, and the root keeps the words that
 * stand in every other sentence from outweighing the rest.
 */
export function readConcepts(rows: readonly ConceptRow[]): Concepts {
  const stemNumbers = new Map<string, number>();
  const conceptOfStem: number[] = [];
  const conceptOfPair = new Map<number, number>();
  const counts: number[] = [];
  const lastRow: number[] = [];
  const offsets = new Uint32Array(rows.length + 1);
  const named: number[] = [];

  const name = (concept: number, row: number): void => {
    if (lastRow[concept] === row) return;
    lastRow[concept] = row;
    counts[concept] = (counts[concept] ?? 0) + 1;
    named.push(concept);
  };
  rows.forEach(({ stems, isTold }, row) => {
    let previous = -1;
    if (isTold) {
      for (const stem of stems) {
        let number = stemNumbers.get(stem);
        if (number === undefined) {
          number = stemNumbers.size;
          stemNumbers.set(stem, number);
          conceptOfStem.push(counts.push(0) - 1);
        }
        name(conceptOfStem[number] ?? 0, row);
        if (previous >= 0) {
          const key = previous * PAIR_BASE + number;
          let pair = conceptOfPair.get(key);
          if (pair === undefined) {
            pair = counts.push(0) - 1;
            conceptOfPair.set(key, pair);
          }
          name(pair, row);
        }
        previous = number;
      }
    }
    offsets[row + 1] = named.length;
  });
  return {
    offsets,
    ids: Uint32Array.from(named),
    weights: Float64Array.from(counts, count => (count < MIN_SENTENCES ? 0 : Math.sqrt(count))),
  };
}

export interface Coverage {
  /** What a sentence adds to what is covered. */
  readonly gainOf: (sentence: number) => number;
  readonly add: (sentence: number) => void;
}

/**
 * Σ over concepts of weight · the standing of the best chosen sentence that names it: a monotone submodular function of the chosen
 * sentences, for which choosing greedily reaches at least 1 − 1/e of the best (H. Lin and J. Bilmes, "A Class of Submodular Functions
 * for Document Summarization", ACL 2011). `standingOf` says how well each sentence can stand in a summary.
 */
export function conceptCoverage({ offsets, ids, weights }: Concepts, standingOf: (sentence: number) => number): Coverage {
  const best = new Map<number, number>();
  return {
    gainOf: sentence => {
      const own = standingOf(sentence);
      let gain = 0;
      for (let at = offsets[sentence] ?? 0; at < (offsets[sentence + 1] ?? 0); at += 1) {
        const concept = ids[at] ?? 0;
        const weight = weights[concept] ?? 0;
        if (weight > 0) gain += weight * Math.max(0, own - (best.get(concept) ?? 0));
      }
      return gain;
    },
    add: sentence => {
      const own = standingOf(sentence);
      for (let at = offsets[sentence] ?? 0; at < (offsets[sentence + 1] ?? 0); at += 1) {
        const concept = ids[at] ?? 0;
        if (own > (best.get(concept) ?? 0)) best.set(concept, own);
      }
    },
  };
}
