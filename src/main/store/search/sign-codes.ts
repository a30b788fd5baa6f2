import type { PassageRange } from './search-scope.ts';

/** Bits of one word of a code. */
const wordBits = 32;
/** Words that are compared first, 256 bits: a third of a usual code tells apart what is far from what may be near. */
const headWords = 8;
/** Best by the first words, which are compared by all of theirs. */
const coarseKept = 4_000;
/** Best by all words, which are ordered by their angle to the vector itself. */
const fineKept = 1_000;

export function wordsOfCode(dimensions: number): number {
  return Math.ceil(dimensions / wordBits);
}

/** The sign of each dimension as one bit; how many differ says about how large the angle is (Charikar, STOC 2002). */
export function signCode(vector: Int8Array): Uint32Array {
  const code = new Uint32Array(wordsOfCode(vector.length));
  for (let at = 0; at < vector.length; at += 1) {
    if ((vector[at] ?? 0) > 0) code[at >>> 5] = (code[at >>> 5] ?? 0) | (1 << (at & 31));
  }
  return code;
}

export interface SignCodes {
  readonly size: number;
  add(passages: Uint32Array, codes: Uint32Array): void;
  /** Passages whose signs are nearest to a vector, `limit` at most, nearest first, of those within the ranges. */
  nearest(vector: Int8Array, limit: number, ranges: readonly PassageRange[]): number[];
}

/** Where codes lie one after the other: from the first place to before the last. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * Codes of one space in memory: 96 bytes for a passage of 768 dimensions. A million are looked through within a frame, the
 * first words of all of them lying one after the other. `expected` passages have their room from the start: growing copies all that is there.
 */
export function createSignCodes(dimensions: number, expected: number): SignCodes {
  const words = wordsOfCode(dimensions);
  const tail = Math.max(0, words - headWords);
  let size = 0;
  let passages = new Uint32Array(expected);
  let heads = new Int32Array(expected * headWords);
  let tails = new Int32Array(expected * tail);
  /** Of the search at hand, by place. */
  let distances = new Uint16Array(0);

  function makeRoom(count: number): void {
    if (size + count <= passages.length) return;
    const room = Math.max(size + count, Math.ceil(passages.length * 1.5), 1_024);
    passages = grown(new Uint32Array(room), passages);
    heads = grown(new Int32Array(room * headWords), heads);
    tails = grown(new Int32Array(room * tail), tails);
  }

  function runsWithin(ranges: readonly PassageRange[]): Run[] {
    const runs: Run[] = [];
    let from = -1;
    let known: PassageRange = { first: 1, last: 0 };
    for (let at = 0; at < size; at += 1) {
      const n = passages[at] ?? 0;
      // Passages come nearly in their order, so the range is that of the one before but for a few.
      if (n < known.first || n > known.last) known = ranges.find(({ first, last }) => n >= first && n <= last) ?? { first: 1, last: 0 };
      const isIn = n >= known.first && n <= known.last;
      if (isIn && from === -1) from = at;
      if (isIn || from === -1) continue;
      runs.push({ from, to: at });
      from = -1;
    }
    if (from !== -1) runs.push({ from, to: size });
    return runs;
  }

  function countWords(at: number, code: Int32Array): number {
    let bits = distances[at] ?? 0;
    for (let word = 0; word < tail; word += 1) bits += bitsOf((tails[at * tail + word] ?? 0) ^ (code[headWords + word] ?? 0));
    return bits;
  }

  /** The vector's product with the signs of a code: larger is nearer. What its own numbers say is not lost as it is in a code. */
  function productAt(at: number, vector: Int8Array): number {
    let sum = 0;
    for (let word = 0; word < words; word += 1) {
      const bits = word < headWords ? (heads[at * headWords + word] ?? 0) : (tails[at * tail + word - headWords] ?? 0);
      const end = Math.min(wordBits, vector.length - word * wordBits);
      for (let bit = 0; bit < end; bit += 1) {
        const value = vector[word * wordBits + bit] ?? 0;
        sum += ((bits >>> bit) & 1) === 1 ? value : -value;
      }
    }
    return sum;
  }

  return {
    get size() {
      return size;
    },
    add(added, codes) {
      makeRoom(added.length);
      passages.set(added, size);
      for (let i = 0; i < added.length; i += 1) {
        const code = codes.subarray(i * words, (i + 1) * words);
        heads.set(code.subarray(0, headWords), (size + i) * headWords);
        if (tail > 0) tails.set(code.subarray(headWords), (size + i) * tail);
      }
      size += added.length;
    },
    nearest(vector, limit, ranges) {
      if (distances.length < size) distances = new Uint16Array(passages.length);
      const code = new Int32Array(Math.max(headWords, words));
      code.set(signCode(vector));
      const runs = runsWithin(ranges);
      for (const { from, to } of runs) compareHeads(heads, code, distances, from, to);
      const coarse = leastOf(runs, distances, coarseKept);
      for (const at of coarse) distances[at] = countWords(at, code);
      return fewestBits(coarse, distances, Math.max(limit, fineKept))
        .map(at => ({ n: passages[at] ?? 0, product: productAt(at, vector) }))
        .sort((a, b) => b.product - a.product || a.n - b.n)
        .slice(0, limit)
        .map(({ n }) => n);
    },
  };
}

/**
 * How many bits of the first words differ, for each place of a run. Each word's are counted in parallel (Warren, Hacker's Delight, 5-1),
 * and the eight of a place are added up as early as their fields have room: less than half the time of a count for each word.
 */
function compareHeads(heads: Int32Array, code: Int32Array, distances: Uint16Array, from: number, to: number): void {
  const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = code;
  for (let at = from, head = from * headWords; at < to; at += 1, head += headWords) {
    // Fields of four bits hold the sum of three words, at most 12; fields of eight that of all, at most 64.
    const a = fours((heads[head] ?? 0) ^ c0) + fours((heads[head + 1] ?? 0) ^ c1) + fours((heads[head + 2] ?? 0) ^ c2);
    const b = fours((heads[head + 3] ?? 0) ^ c3) + fours((heads[head + 4] ?? 0) ^ c4) + fours((heads[head + 5] ?? 0) ^ c5);
    const c = fours((heads[head + 6] ?? 0) ^ c6) + fours((heads[head + 7] ?? 0) ^ c7);
    const sum = eights(a) + eights(b) + eights(c);
    distances[at] = (sum & 0xff) + ((sum >>> 8) & 0xff) + ((sum >>> 16) & 0xff) + (sum >>> 24);
  }
}

/** The bits of a word, counted in fields of four. */
function fours(word: number): number {
  const twos = word - ((word >>> 1) & 0x5555_5555);
  return (twos & 0x3333_3333) + ((twos >>> 2) & 0x3333_3333);
}

/** Fields of four bits, added up in pairs. */
function eights(sums: number): number {
  return (sums & 0x0f0f_0f0f) + ((sums >>> 4) & 0x0f0f_0f0f);
}

function bitsOf(word: number): number {
  return Math.imul(eights(fours(word)), 0x0101_0101) >>> 24;
}

/** The places of the runs whose distance is among the `limit` least; of those that are equally far the first ones. */
function leastOf(runs: readonly Run[], distances: Uint16Array, limit: number): number[] {
  const counts = new Uint32Array(headWords * wordBits + 1);
  for (const { from, to } of runs) {
    for (let at = from; at < to; at += 1) {
      const distance = distances[at] ?? 0;
      counts[distance] = (counts[distance] ?? 0) + 1;
    }
  }
  let [bound, below] = [0, 0];
  while (bound < counts.length && below + (counts[bound] ?? 0) <= limit) {
    below += counts[bound] ?? 0;
    bound += 1;
  }
  let equalLeft = limit - below;
  const places: number[] = [];
  for (const { from, to } of runs) {
    for (let at = from; at < to; at += 1) {
      const distance = distances[at] ?? 0;
      if (distance > bound || (distance === bound && equalLeft === 0)) continue;
      if (distance === bound) equalLeft -= 1;
      places.push(at);
    }
  }
  return places;
}

/** Of these places those with the least distances, nearest first. */
function fewestBits(places: readonly number[], distances: Uint16Array, limit: number): number[] {
  return [...places].sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b).slice(0, limit);
}

function grown<T extends Uint32Array | Int32Array>(larger: T, array: T): T {
  larger.set(array);
  return larger;
}
