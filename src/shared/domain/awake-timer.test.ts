import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { startAwakeTimer } from './awake-timer.ts';

const hourMs = 3_600_000;

function open(delayMs: number) {
  const clock = createFakeClock(0);
  const fired: number[] = [];
  const timer = startAwakeTimer(clock, delayMs, () => {
    fired.push(clock.nowMs());
  });
  return { clock, timer, fired };
}

test.each([1, 7, 2_000, 60_000, 2 ** 31 / 500])('fires once after %d ms, and knows how far it is', async delayMs => {
  const { clock, timer, fired } = open(delayMs);
  await clock.advance(delayMs - 0.5);
  expect([fired, timer.elapsedMs()]).toEqual([[], delayMs - 0.5]);
  await clock.advance(1);
  expect(fired).toHaveLength(1);
  await clock.advance(delayMs);
  expect([fired.length, timer.elapsedMs(), clock.pendingTimers()]).toEqual([1, delayMs, 0]);
});

test.each([true, false])('a night of sleep counts for a slice at most (timers go on: %s)', async timersGoOn => {
  const { clock, timer, fired } = open(60_000);
  await clock.advance(30_000);
  clock.sleep(8 * hourMs, timersGoOn);
  await clock.advance(0);
  expect(timer.elapsedMs()).toBeLessThanOrEqual(35_000);
  await clock.advance(24_000);
  expect(fired).toEqual([]);
  await clock.advance(6_000);
  expect(fired).toHaveLength(1);
});

test('two seconds of grace outlast a sleep as well', async () => {
  const { clock, fired } = open(2_000);
  clock.sleep(hourMs, true);
  await clock.advance(1_400);
  expect(fired).toEqual([]);
  await clock.advance(200);
  expect(fired).toHaveLength(1);
});

test('cancelled, it is silent and its time stands still', async () => {
  const { clock, timer, fired } = open(60_000);
  await clock.advance(7_000);
  timer.cancel();
  timer.cancel();
  await clock.advance(hourMs);
  expect([fired, timer.elapsedMs(), clock.pendingTimers()]).toEqual([[], 7_000, 0]);
});
