import { expect, test } from 'vitest';
import type { WorkerName } from '../../shared/domain/job.ts';
import type { TaskRunner } from '../engine/task-runner.ts';
import { createSparingRunner } from './sparing-runner.ts';

/** A runner with three places of each worker, of which some are taken. */
function runnerWith(running: Partial<Record<WorkerName, number>>): TaskRunner {
  const taken = (worker: WorkerName): number => running[worker] ?? 0;
  return {
    capacity: worker => 3 - taken(worker),
    takesBehind: () => true,
    run: () => {
      throw new Error('Nothing is run here.');
    },
    health: () =>
      (['documents', 'synopsis', 'agent'] as const).map(name => ({
        name,
        state: 'working',
        running: taken(name),
        restarts: 0,
        retryAtMs: null,
      })),
    onChange: () => () => undefined,
    stop: async () => Promise.resolve(),
  };
}

test('while power is spared a heavy worker takes one task at a time, and an answer of a model waits for none', () => {
  const running: Partial<Record<WorkerName, number>> = {};
  const { runner, set } = createSparingRunner(runnerWith(running));
  expect([runner.capacity('documents'), runner.capacity('agent')]).toEqual([3, 3]);
  expect(set(true)).toBe(true);
  expect([runner.capacity('documents'), runner.capacity('synopsis'), runner.capacity('agent')]).toEqual([1, 2, 3]);
  running.documents = 1;
  running.synopsis = 2;
  expect([runner.capacity('documents'), runner.capacity('synopsis')]).toEqual([0, 0]);
  expect(set(false)).toBe(true);
  expect([runner.capacity('documents'), runner.capacity('synopsis')]).toEqual([2, 1]);
});

test('the engine is told when there are more or fewer places, once a change', () => {
  const { runner, set } = createSparingRunner(runnerWith({}));
  let told = 0;
  const off = runner.onChange(() => {
    told += 1;
  });
  expect([set(true), set(true), set(false)]).toEqual([true, false, true]);
  expect(told).toBe(2);
  off();
  set(true);
  expect(told).toBe(2);
});
