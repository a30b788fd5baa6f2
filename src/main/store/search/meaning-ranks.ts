import type { Database } from '../connection.ts';
import type { VectorSpace } from './passage-vectors.ts';
import type { SearchScope } from './search-scope.ts';
import { createSignCodes, wordsOfCode, type SignCodes } from './sign-codes.ts';

/**
 * Nearest by their signs, which are ordered by their vectors, each of them a page of the disk. Among 200,000 vectors of 64 and of 256
 * independent directions the twenty nearest of all are among these.
 */
const rescored = 100;
/** Rows of codes, of up to 32 passages each, that a search reads itself: some ten milliseconds. */
export const rowsOfSearch = 256;
/** Of the reader thread in one turn of loading: about as long as any other question takes. */
const sliceMs = 20;

/** What is searched for, in the numbers of one model. */
export interface QueryVector {
  readonly space: VectorSpace;
  readonly vector: Int8Array;
}

export const meaningStatements = {
  codes: 'SELECT id, passages, codes FROM vector_codes WHERE space_id = ? AND id > ? ORDER BY id',
  behind: 'SELECT id FROM vector_codes WHERE space_id = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?',
  expected: 'SELECT coalesce(sum(passage_count), 0) FROM vector_count WHERE space_id = ?',
  vector: 'SELECT vector FROM passage_vector WHERE place = (? << 32 | ?)',
} as const;

export interface MeaningRanks {
  /**
   * The nearest passages of the scope, best first, `limit` at most; some may lie between those of the scope. Null while more codes
   * are to be read than a search has time for: `load` reads them.
   */
  rank(query: QueryVector, scope: SearchScope, limit: number): number[] | null;
  /** Reads one more slice of codes and says whether those were the last. */
  load(space: VectorSpace): boolean;
  /** Whether a search by this space would be answered now. */
  isLoaded(space: VectorSpace): boolean;
}

/** Codes of the last space asked for stay in memory, and what was added since is read before each search where it is little. */
export function createMeaningRanks(db: Database, now: () => number = () => performance.now()): MeaningRanks {
  const codesAfter = db.prepare<[number, number], { id: number; passages: Buffer; codes: Buffer }>(meaningStatements.codes);
  const behind = db.prepare<[number, number, number], { id: number }>(meaningStatements.behind);
  const expectedIn = db.prepare<[number], number>(meaningStatements.expected).pluck();
  const vectorOf = db.prepare<[number, number], { vector: Buffer }>(meaningStatements.vector);
  let loaded: { readonly space: number; readonly codes: SignCodes; lastId: number } | null = null;

  /** The codes as far as they have been read, and whether those are all. Reads a row at least, where there is one. */
  function readOn(
    { id, dimensions }: VectorSpace,
    isEnough: (rows: number) => boolean,
  ): { readonly codes: SignCodes; readonly isWhole: boolean } {
    let rows = 0;
    if (loaded?.space !== id) loaded = { space: id, codes: createSignCodes(dimensions, expectedIn.get(id) ?? 0), lastId: 0 };
    for (const row of codesAfter.iterate(id, loaded.lastId)) {
      const passages = wordsIn(row.passages);
      const codes = wordsIn(row.codes);
      // What does not fit was not written by this program; the words find its passages all the same.
      if (codes.length === passages.length * wordsOfCode(dimensions)) loaded.codes.add(passages, codes);
      loaded.lastId = row.id;
      rows += 1;
      if (isEnough(rows)) return { codes: loaded.codes, isWhole: false };
    }
    return { codes: loaded.codes, isWhole: true };
  }

  return {
    rank({ space, vector }, { ranges }, limit) {
      if (vector.length !== space.dimensions) return [];
      const { codes, isWhole } = readOn(space, rows => rows >= rowsOfSearch);
      if (!isWhole) return null;
      const near = codes.nearest(vector, Math.max(limit, rescored), ranges);
      const first = near
        .slice(0, rescored)
        .flatMap(n => {
          const found = vectorOf.get(space.id, n);
          return found === undefined ? [] : [{ n, nearness: cosine(vector, new Int8Array(found.vector)) }];
        })
        .sort((a, b) => b.nearness - a.nearness || a.n - b.n)
        .map(({ n }) => n);
      return [...first, ...near.slice(rescored)].slice(0, limit);
    },
    load(space) {
      const until = now() + sliceMs;
      return readOn(space, () => now() >= until).isWhole;
    },
    isLoaded: ({ id }) => behind.get(id, loaded?.space === id ? loaded.lastId : 0, rowsOfSearch - 1) === undefined,
  };
}

function cosine(a: Int8Array, b: Int8Array): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0];
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return dot / Math.sqrt(Math.max(1, ofA) * Math.max(1, ofB));
}

/** SQLite gives bytes at any address; words want one that four divides. */
function wordsIn(bytes: Buffer): Uint32Array {
  const copy = new Uint8Array(bytes);
  return new Uint32Array(copy.buffer, 0, copy.length >>> 2);
}
