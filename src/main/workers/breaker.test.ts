import { expect, test } from 'vitest';
import { createBreaker } from './breaker.ts';

test('opens at the third failure within a minute and not for older ones', () => {
  const breaker = createBreaker();
  breaker.failed(0);
  breaker.failed(30_000);
  breaker.failed(60_000);
  expect(breaker.state(60_000)).toBe('closed');
  breaker.failed(61_000);
  expect(breaker.state(61_000)).toBe('open');
  expect(breaker.retryAt()).toBe(66_000);
  expect(breaker.state(66_000)).toBe('half_open');
});

test('doubles its pause up to five minutes while trials fail, and starts anew after a success', () => {
  const breaker = createBreaker();
  for (let n = 0; n < 3; n += 1) breaker.failed(0);
  const pauses: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    const at = breaker.retryAt() ?? 0;
    breaker.failed(at);
    pauses.push((breaker.retryAt() ?? 0) - at);
  }
  expect(pauses).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000, 300_000]);
  const at = breaker.retryAt() ?? 0;
  breaker.succeeded(at);
  expect(breaker.state(at)).toBe('closed');
  for (let n = 0; n < 3; n += 1) breaker.failed(at);
  expect((breaker.retryAt() ?? 0) - at).toBe(5_000);
});

test('is moved neither by what fails nor by what succeeds while it is open', () => {
  const breaker = createBreaker();
  for (let n = 0; n < 3; n += 1) breaker.failed(0);
  breaker.failed(1);
  breaker.succeeded(2);
  expect(breaker.retryAt()).toBe(5_000);
});
