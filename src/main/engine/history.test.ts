import { expect, test } from 'vitest';
import { createFakeClock } from '../../../test/support/fake-clock.ts';
import { createTestIds } from '../../../test/support/job-ids.ts';
import { createMemoryJobStore } from '../../../test/support/memory-job-store.ts';
import { cleanHistory } from './history.ts';

const dayMs = 86_400_000;

function open(finished: number) {
  const store = createMemoryJobStore();
  const ids = createTestIds();
  const clock = createFakeClock();
  store.transaction(() => {
    for (let n = 0; n < finished; n += 1) {
      const id = ids.jobId();
      store.insert([
        {
          id,
          state: 'queued',
          kind: 'chat.answer',
          payload: '{}',
          idempotencyKey: id,
          sessionId: null,
          title: 't',
          priority: 0,
          dueAtMs: 1,
          maxAttempts: 1,
          traceId: 't',
          parentId: null,
          provider: null,
          nowMs: 1,
        },
      ]);
      store.cancelIdle(id, clock.nowMs() - 31 * dayMs);
    }
  });
  return { store, clock };
}

test('goes on in small batches until nothing old is left', async () => {
  const { store, clock } = open(120);
  const removed = cleanHistory({ store, clock }, 30);
  await clock.quiesce();
  expect(await removed).toBe(120);
  expect(await cleanHistory({ store, clock }, 30)).toBe(0);
});

test('stops between two batches when asked, and keeps what is young', async () => {
  const { store, clock } = open(120);
  const stop = new AbortController();
  const removed = cleanHistory({ store, clock }, 30, stop.signal);
  stop.abort();
  await clock.quiesce();
  expect(await removed).toBe(50);
  expect(await cleanHistory({ store, clock }, 32)).toBe(0);
});
