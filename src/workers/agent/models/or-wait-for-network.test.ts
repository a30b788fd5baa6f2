import { expect, test } from 'vitest';
import { ModelFailure } from './model-failure.ts';
import { orWaitForNetwork } from './or-wait-for-network.ts';

test('only a provider that cannot be reached is told, and then the task is over', async () => {
  const told: unknown[] = [];
  const over = new Error('The task is to stop.');
  const context = {
    hostCall: (name: string, input: unknown) => {
      told.push([name, input]);
      return Promise.reject(over);
    },
  };
  const failing = (failure: Error) => orWaitForNetwork(() => Promise.reject(failure), context);
  const busy = new ModelFailure('rate_limited', 'later', { retryAfterMs: 1_000 });
  await expect(failing(busy)).rejects.toBe(busy);
  expect(told).toEqual([]);
  await expect(failing(new ModelFailure('network', 'away'))).rejects.toBe(over);
  expect(told).toEqual([['network.away', { message: 'away' }]]);
  expect(await orWaitForNetwork(() => Promise.resolve(7), context)).toBe(7);
});
