import { expect, test } from 'vitest';
import { seededRandom } from '../../../../test/support/seeded-random.ts';
import { createSignCodes, signCode } from './sign-codes.ts';

const everywhere = [{ first: 1, last: 100_000 }];

/** Deterministic numbers from -127 to 127. */
function vector(seed: number, dimensions: number): Int8Array {
  const random = seededRandom(seed);
  return Int8Array.from({ length: dimensions }, () => Math.floor(random() * 255) - 127);
}

/** The vector with the signs of its first `count` dimensions turned. */
const turned = (of: Int8Array, count: number): Int8Array => of.map((value, at) => (at < count ? (value > 0 ? -1 : 1) : value));

test.each([40, 256, 768])('the nearest of %i dimensions come first, the nearest of all before', dimensions => {
  const codes = createSignCodes(dimensions, 4_000);
  const wanted = vector(1, dimensions);
  for (let n = 1; n <= 9_000; n += 1) codes.add(Uint32Array.of(n), signCode(vector(n + 10, dimensions)));
  codes.add(Uint32Array.of(9_003, 9_001, 9_002), Uint32Array.from([3, 1, 2].flatMap(count => [...signCode(turned(wanted, count))])));
  expect(codes.size).toBe(9_003);
  expect(codes.nearest(wanted, 3, everywhere)).toEqual([9_001, 9_002, 9_003]);
  expect(
    codes.nearest(wanted, 3, [
      { first: 9_001, last: 9_001 },
      { first: 9_003, last: 9_003 },
    ]),
  ).toEqual([9_001, 9_003]);
});

test('nothing is near where there is nothing', () => {
  expect(createSignCodes(8, 0).nearest(vector(1, 8), 5, everywhere)).toEqual([]);
});
