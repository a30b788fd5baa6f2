import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { watchClock } from './clock-watch.ts';

const hourMs = 3_600_000;

function open() {
  const clock = createFakeClock();
  const jumps: number[] = [];
  const watch = watchClock(clock, byMs => {
    jumps.push(Math.round(byMs / hourMs));
  });
  return { clock, watch, jumps };
}

test('time that just passes is no jump, nor is a nudge', async () => {
  const { clock, watch, jumps } = open();
  await clock.advance(hourMs);
  clock.jumpWall(3_000);
  await clock.advance(hourMs);
  clock.jumpWall(-3_000);
  watch.look();
  expect(jumps).toEqual([]);
  watch.stop();
  expect(clock.pendingTimers()).toBe(0);
});

test.each([true, false])('a sleep is noticed once, soon after it (timers go on: %s)', async timersGoOn => {
  const { clock, watch, jumps } = open();
  await clock.advance(25_000);
  clock.sleep(8 * hourMs, timersGoOn);
  await clock.advance(10_000);
  expect(jumps).toEqual([8]);
  await clock.advance(hourMs);
  expect(jumps).toEqual([8]);
  watch.stop();
});

test('a clock that is set is noticed in either direction, and at once when somebody looks', async () => {
  const { clock, watch, jumps } = open();
  clock.jumpWall(-24 * hourMs);
  watch.look();
  expect(jumps).toEqual([-24]);
  clock.jumpWall(24 * 365 * hourMs);
  await clock.advance(10_000);
  expect(jumps).toEqual([-24, 24 * 365]);
  watch.stop();
});
