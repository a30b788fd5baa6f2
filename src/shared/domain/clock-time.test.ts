import { expect, test } from 'vitest';
import { clockTime } from './clock-time.ts';

test.each([
  [0, '0:00'],
  [65_999, '1:05'],
  [3_612_250, '1:00:12'],
  [36_000_000, '10:00:00'],
])('%i milliseconds are %s', (ms, shown) => {
  expect(clockTime(ms)).toBe(shown);
});
