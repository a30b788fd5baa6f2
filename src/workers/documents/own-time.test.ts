import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createOwnTime } from './own-time.ts';

test('a reading that waits for what never comes is given up, and the time of others is not its own', async () => {
  const clock = createFakeClock(0);
  const own = createOwnTime(clock, 1_000);
  const model = Promise.withResolvers<string>();
  let ended: unknown = null;
  const reading = own
    .within(async () => {
      const told = await own.elsewhere(() => model.promise);
      await own.elsewhere(() => own.here(() => new Promise(() => {})));
      return told;
    })
    .catch((error: unknown) => {
      ended = error;
    });
  await clock.advance(100_000);
  model.resolve('x');
  await model.promise;
  await clock.advance(0);
  expect(ended).toBeNull();
  await clock.advance(999);
  expect(ended).toBeNull();
  await clock.advance(2);
  await reading;
  expect(ended).toMatchObject({ code: 'timed_out', retryable: true });
});

test('what is read in time leaves no timer', async () => {
  const open = new Set<object>();
  const port = {
    monotonicMs: () => 0,
    setTimer() {
      const timer = {};
      open.add(timer);
      return () => {
        open.delete(timer);
      };
    },
  };
  const own = createOwnTime(port);
  expect(await own.within(() => own.elsewhere(() => own.here(() => Promise.resolve('read'))))).toBe('read');
  expect(open.size).toBe(0);
});
