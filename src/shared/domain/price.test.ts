import { describe, expect, test } from 'vitest';
import { freeOfCharge, microUsdOf, usageOf, usageOfRecord, type ModelPrice } from './price.ts';

const price: ModelPrice = { input: 2.5, output: 10, cached: 0.25, upToInputTokens: null };

describe('what a call costs', () => {
  test('dollars for a million tokens are millionths of a dollar for one', () => {
    expect(microUsdOf(price, { inputTokens: 1_000, cachedTokens: 0, outputTokens: 100 })).toBe(3_500);
    expect(microUsdOf(price, { inputTokens: 1_000, cachedTokens: 400, outputTokens: 0 })).toBe(1_600);
    expect(usageOf(price, { inputTokens: 1_000, cachedTokens: 0, outputTokens: 100 })).toEqual({ tokens: 1_100, moneyMinor: 0.35 });
  });

  test('input from the cache costs like any where nobody says what it costs, and there is never more of it than input', () => {
    expect(microUsdOf({ ...price, cached: null }, { inputTokens: 10, cachedTokens: 10, outputTokens: 0 })).toBe(25);
    expect(microUsdOf(price, { inputTokens: 4, cachedTokens: 1_000, outputTokens: 0 })).toBe(1);
  });

  test('what costs is never nothing, and what is not known is not zero', () => {
    expect(microUsdOf({ ...price, input: 0.0001, output: 0 }, { inputTokens: 1, cachedTokens: 0, outputTokens: 0 })).toBe(1);
    expect(microUsdOf(null, { inputTokens: 1, cachedTokens: 0, outputTokens: 1 })).toBeNull();
    expect(usageOf(null, { inputTokens: 1, cachedTokens: 0, outputTokens: 2 })).toEqual({ tokens: 3, unpricedTokens: 3 });
    expect(usageOfRecord(3, null)).toEqual({ tokens: 3, moneyMinor: 0, unpricedTokens: 3 });
    expect(usageOf(freeOfCharge, { inputTokens: 1, cachedTokens: 0, outputTokens: 2 })).toEqual({ tokens: 3, moneyMinor: 0 });
  });

  test('a prompt that is longer than the price holds for has no price that is known', () => {
    const short = { ...price, upToInputTokens: 1_000 };
    expect(microUsdOf(short, { inputTokens: 1_000, cachedTokens: 0, outputTokens: 0 })).toBe(2_500);
    expect(microUsdOf(short, { inputTokens: 1_001, cachedTokens: 0, outputTokens: 0 })).toBeNull();
  });

  test('a fraction that binary cannot hold adds no millionth', () => {
    expect(microUsdOf({ ...price, input: 0.1, output: 0.2 }, { inputTokens: 10, cachedTokens: 0, outputTokens: 5 })).toBe(2);
  });
});
