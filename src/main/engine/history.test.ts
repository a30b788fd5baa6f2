import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createTestIds } from '../../../test/support/job-ids.ts';
import { createMemoryJobStore } from '../../../test/support/memory-job-store.ts';
import { cleanHistory } from './history.ts';
import { newJob } from '../../../test/support/new-job.ts';

const dayMs = 86_400_000;

function open(finished: number) {
  const store = createMemoryJobStore();
  const ids = createTestIds();
  const clock = createFakeClock();
  store.transaction(() => {
    for (let n = 0; n < finished; n += 1) {
      const id = ids.jobId();
      store.insert([newJob(id)]);
      store.cancelIdle(id, clock.nowMs() - 31 * dayMs + n);
    }
  });
  return { store, clock };
}

const byAge = { keepDays: 30, keepCount: 1_000 };

test('goes on in small batches until nothing old is left', async () => {
  const { store, clock } = open(120);
  const removed = cleanHistory({ store, clock }, byAge);
  await clock.quiesce();
  expect(await removed).toBe(120);
  expect(await cleanHistory({ store, clock }, byAge)).toBe(0);
});

test('stops between two batches when asked, and keeps what is young', async () => {
  const { store, clock } = open(120);
  const stop = new AbortController();
  const removed = cleanHistory({ store, clock }, byAge, stop.signal);
  stop.abort();
  await clock.quiesce();
  expect(await removed).toBe(25);
  expect(await cleanHistory({ store, clock }, { ...byAge, keepDays: 32 })).toBe(0);
});

test('of more than are kept the oldest go, however young', async () => {
  const { store, clock } = open(120);
  const removed = cleanHistory({ store, clock }, { keepDays: 32, keepCount: 40 });
  await clock.quiesce();
  expect([await removed, store.finishedCount()]).toEqual([80, 40]);
  store.transaction(() => {
    // The oldest that is left is the eighty-first.
    expect(store.removeFinished({ beforeMs: clock.nowMs() - 31 * dayMs + 80, after: null, limit: 9 })).toEqual({ removed: 0, at: null });
    expect(store.removeFinished({ beforeMs: clock.nowMs() - 31 * dayMs + 81, after: null, limit: 9 }).removed).toBe(1);
  });
});
