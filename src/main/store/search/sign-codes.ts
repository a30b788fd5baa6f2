import type { PassageRange } from './search-scope.ts';

/** Bits of one word of a code. */
const wordBits = 32;
/** Words that are compared first, 256 bits: a third of a usual code tells apart what is far from what may be near. */
const coarseWords = 8;
/** Best by the first words, which are compared by all of theirs. */
const coarseKept = 4_000;

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
  /** Passages whose codes differ least from this one, `limit` at most, nearest first, of those within the ranges. */
  nearest(code: Uint32Array, limit: number, ranges: readonly PassageRange[]): number[];
}

/**
 * Codes of one space in memory: 96 bytes for a passage of 768 dimensions. A million are looked through in the time of a
 * frame or two, the first words of all of them lying one after the other.
 */
export function createSignCodes(dimensions: number): SignCodes {
  const words = wordsOfCode(dimensions);
  const head = Math.min(words, coarseWords);
  const tail = words - head;
  let size = 0;
  let passages = new Uint32Array(0);
  let heads = new Uint32Array(0);
  let tails = new Uint32Array(0);
  let distances = new Uint16Array(0);
  /** Of the search at hand. */
  let places = new Uint32Array(0);

  function makeRoom(count: number): void {
    if (size + count <= passages.length) return;
    const room = Math.max(size + count, Math.ceil(passages.length * 1.5), 1_024);
    passages = grown(passages, room);
    heads = grown(heads, room * head);
    tails = grown(tails, room * tail);
    distances = new Uint16Array(room);
  }

  /** Puts the places of passages within the ranges into `places` and says how many there are. */
  function findPlaces(ranges: readonly PassageRange[]): number {
    let count = 0;
    for (const { first, last } of ranges) {
      for (let at = 0; at < size; at += 1) {
        const n = passages[at] ?? 0;
        if (n < first || n > last) continue;
        places[count] = at;
        count += 1;
      }
    }
    return count;
  }

  /** The places whose distance is among the `limit` least, in no order. */
  function least(count: number, bits: number, limit: number): Uint32Array {
    const histogram = new Uint32Array(bits + 2);
    for (let i = 0; i < count; i += 1) histogram[distances[i] ?? 0] = (histogram[distances[i] ?? 0] ?? 0) + 1;
    let bound = 0;
    for (let below = 0; bound <= bits; bound += 1) {
      below += histogram[bound] ?? 0;
      if (below >= limit) break;
    }
    // Moved to the front, where they are not in the way of what is still to be read.
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      if ((distances[i] ?? 0) > bound) continue;
      places[kept] = places[i] ?? 0;
      kept += 1;
    }
    return places.subarray(0, kept);
  }

  return {
    get size() {
      return size;
    },
    add(added, codes) {
      makeRoom(added.length);
      passages.set(added, size);
      for (let i = 0; i < added.length; i += 1) {
        heads.set(codes.subarray(i * words, i * words + head), (size + i) * head);
        tails.set(codes.subarray(i * words + head, (i + 1) * words), (size + i) * tail);
      }
      size += added.length;
    },
    nearest(code, limit, ranges) {
      if (places.length < size) places = new Uint32Array(passages.length);
      const count = findPlaces(ranges);
      for (let i = 0; i < count; i += 1) distances[i] = differing(heads, (places[i] ?? 0) * head, code, 0, head);
      const near = count > coarseKept ? least(count, head * wordBits, coarseKept) : places.subarray(0, count);
      return [...near]
        .map(at => ({
          n: passages[at] ?? 0,
          distance: differing(heads, at * head, code, 0, head) + differing(tails, at * tail, code, head, tail),
        }))
        .sort((a, b) => a.distance - b.distance || a.n - b.n)
        .slice(0, limit)
        .map(({ n }) => n);
    },
  };
}

/** Bits that differ in so many words; each word's are counted in parallel (Warren, Hacker's Delight, 5-1). */
function differing(a: Uint32Array, from: number, b: Uint32Array, at: number, count: number): number {
  let bits = 0;
  for (let word = 0; word < count; word += 1) {
    let x = (a[from + word] ?? 0) ^ (b[at + word] ?? 0);
    x -= (x >>> 1) & 0x5555_5555;
    x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
    bits += Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return bits;
}

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
