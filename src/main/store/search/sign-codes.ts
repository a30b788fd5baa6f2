import type { PassageRange } from './search-scope.ts';

/** Bits of one word of a code. */
const wordBits = 32;
/** Words that are compared first, 256 bits: a third of a usual code tells apart what is far from what may be near. */
const headWords = 8;
/** Best by the first words, which are ordered by the vector's product with all of their signs. */
const coarseKept = 4_000;
/** Places that are passed over or taken together where their passages lie outside the ranges or within one. */
const blockSize = 1_024;
const bitsOfByte = 8;
const valuesOfByte = 256;
/** Numbers of passages lie below it; with products of at most 127 × 65,536 above it, a key is exact. */
const passageLimit = 2 ** 32;

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
  /** The least and the largest number of each block of places. */
  const blocks: { first: number; last: number }[] = [];
  /** Of the search at hand, by place. */
  let distances = new Uint16Array(0);

  function makeRoom(count: number): void {
    if (size + count <= passages.length) return;
    const room = Math.max(size + count, Math.ceil(passages.length * 1.5), 1_024);
    passages = grown(new Uint32Array(room), passages);
    heads = grown(new Int32Array(room * headWords), heads);
    tails = grown(new Int32Array(room * tail), tails);
  }

  /** Passages come nearly in their order, so most blocks lie within one range or outside of all. */
  function runsWithin(ranges: readonly PassageRange[]): Run[] {
    const runs: Run[] = [];
    const take = (from: number, to: number): void => {
      const before = runs.at(-1);
      if (before?.to === from) runs[runs.length - 1] = { from: before.from, to };
      else runs.push({ from, to });
    };
    for (let from = 0; from < size; from += blockSize) {
      const to = Math.min(from + blockSize, size);
      const block = blocks[from / blockSize] ?? { first: 0, last: passageLimit };
      const met = ranges.filter(({ first, last }) => first <= block.last && last >= block.first);
      if (met.some(({ first, last }) => first <= block.first && last >= block.last)) take(from, to);
      else if (met.length > 0) {
        for (let at = from; at < to; at += 1) {
          const n = passages[at] ?? 0;
          if (met.some(({ first, last }) => n >= first && n <= last)) take(at, at + 1);
        }
      }
    }
    return runs;
  }

  /** A place's product with the signs, looked up a byte of the code at a time. */
  function productAt(at: number, products: Int16Array): number {
    let sum = 0;
    for (let word = 0, table = 0; word < words; word += 1, table += valuesOfByte * 4) {
      const bits = word < headWords ? (heads[at * headWords + word] ?? 0) : (tails[at * tail + word - headWords] ?? 0);
      sum +=
        (products[table + (bits & 0xff)] ?? 0) +
        (products[table + valuesOfByte + ((bits >>> 8) & 0xff)] ?? 0) +
        (products[table + valuesOfByte * 2 + ((bits >>> 16) & 0xff)] ?? 0) +
        (products[table + valuesOfByte * 3 + (bits >>> 24)] ?? 0);
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
        const n = added[i] ?? 0;
        const block = (blocks[Math.floor((size + i) / blockSize)] ??= { first: n, last: n });
        block.first = Math.min(block.first, n);
        block.last = Math.max(block.last, n);
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
      const products = signProducts(vector, words);
      const furthest = vector.reduce((sum, value) => sum + Math.abs(value), 0);
      // The largest product first, of equals the first passage; numbers alone are sorted many times as fast as objects.
      const keys = Float64Array.from(
        leastOf(runs, distances, coarseKept),
        at => (furthest - productAt(at, products)) * passageLimit + (passages[at] ?? 0),
      ).sort();
      return Array.from(keys.subarray(0, limit), key => key % passageLimit);
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

/**
 * For each byte of a code and each of its values the product of the vector's eight numbers there with the signs that the value stands for. What the
 * vector's own numbers say is not lost as it is in a code (asymmetric distances: Jégou, Douze, Schmid, "Product quantization for nearest neighbor
 * search", 2011).
 */
function signProducts(vector: Int8Array, words: number): Int16Array {
  const bytes = (words * wordBits) / bitsOfByte;
  const products = new Int16Array(bytes * valuesOfByte);
  for (let byte = 0; byte < bytes; byte += 1) {
    const numbers = vector.subarray(byte * bitsOfByte, (byte + 1) * bitsOfByte);
    const table = products.subarray(byte * valuesOfByte, (byte + 1) * valuesOfByte);
    table[0] = -numbers.reduce((sum, value) => sum + value, 0);
    for (let value = 1; value < valuesOfByte; value += 1) {
      const lowest = 31 - Math.clz32(value & -value);
      table[value] = (table[value & (value - 1)] ?? 0) + 2 * (numbers[lowest] ?? 0);
    }
  }
  return products;
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

function grown<T extends Uint32Array | Int32Array>(larger: T, array: T): T {
  larger.set(array);
  return larger;
}
