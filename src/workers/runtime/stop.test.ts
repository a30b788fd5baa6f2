import { expect, test } from 'vitest';
import { Stop } from './stop.ts';

const why = new Error('enough');

test('whoever waits hears of it at once, and whoever comes later', async () => {
  const stop = new Stop();
  const waiting = stop.unless(new Promise(() => {}));
  expect(stop.aborted).toBe(false);
  stop.throwIfAborted();
  stop.abort(why);
  await expect(waiting).rejects.toBe(why);
  await expect(stop.unless(Promise.resolve(1))).rejects.toBe(why);
  expect(() => stop.throwIfAborted()).toThrow(why);
  expect(stop.aborted).toBe(true);
});

test('a promise that is settled first stands', async () => {
  const stop = new Stop();
  expect(await stop.unless(Promise.resolve(1))).toBe(1);
  await expect(stop.unless(Promise.reject(new TypeError('its own')))).rejects.toThrow('its own');
  stop.abort(why);
});

test.each(['before', 'after'])('the signal tells it when it was made %s', when => {
  const stop = new Stop();
  if (when === 'before') expect(stop.signal.aborted).toBe(false);
  stop.abort(why);
  stop.abort(new Error('a second reason'));
  expect(stop.signal.aborted).toBe(true);
  expect(stop.signal.reason).toBe(why);
  expect(stop.signal).toBe(stop.signal);
});
