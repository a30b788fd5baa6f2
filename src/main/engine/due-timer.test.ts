import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createDueTimer } from './due-timer.ts';

function open(longestSleepMs = 1_000) {
  const clock = createFakeClock(1_000_000);
  const fired: number[] = [];
  const timer = createDueTimer(clock, longestSleepMs, () => {
    fired.push(clock.nowMs() - 1_000_000);
  });
  return { clock, timer, fired };
}

test('fires once at the due time, however far, with one timer', async () => {
  const { clock, timer, fired } = open(2 ** 40);
  timer.set(1_000_000 + 2 ** 31 + 10);
  expect(clock.pendingTimers()).toBe(1);
  await clock.advance(2 ** 31 + 9);
  expect([fired, clock.pendingTimers()]).toEqual([[], 1]);
  await clock.advance(1);
  expect([fired, clock.pendingTimers()]).toEqual([[2 ** 31 + 10], 0]);
});

test('an earlier time replaces a later one, and null takes it back', async () => {
  const { clock, timer, fired } = open();
  timer.set(1_000_500);
  timer.set(1_000_200);
  await clock.advance(300);
  expect(fired).toEqual([200]);
  timer.set(1_000_900);
  timer.set(null);
  await clock.advance(1_000);
  expect([fired, clock.pendingTimers()]).toEqual([[200], 0]);
});

test('a time that has passed fires at once', async () => {
  const { clock, timer, fired } = open();
  timer.set(5);
  await clock.advance(0);
  expect(fired).toEqual([0]);
});

test('a clock set forward is noticed within the longest sleep, one set back makes it wait on', async () => {
  const { clock, timer, fired } = open();
  timer.set(1_000_000 + 3_600_000);
  clock.jumpWall(3_600_000);
  await clock.advance(1_000);
  expect(fired).toEqual([3_601_000]);
  timer.set(clock.nowMs() + 500);
  clock.jumpWall(-2_000);
  await clock.advance(2_499);
  expect(fired).toHaveLength(1);
  await clock.advance(1);
  expect(fired).toHaveLength(2);
});

test('the same time again, once a clock set forward has passed it, fires at once', async () => {
  const { clock, timer, fired } = open(30_000);
  timer.set(1_000_000 + 3_600_000);
  clock.jumpWall(3_600_000);
  timer.set(1_000_000 + 3_600_000);
  await clock.advance(0);
  expect(fired).toEqual([3_600_000]);
});
