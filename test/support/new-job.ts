import type { NewJob } from '../../src/main/engine/job-store.ts';
import type { JobId } from '../../src/shared/domain/ids.ts';

/** A job as a store takes it: a queued chat answer that may run once, with whatever matters to the test in `overrides`. */
export function newJob(id: JobId, overrides: Partial<NewJob> = {}): NewJob {
  return {
    id,
    state: 'queued',
    kind: 'chat.answer',
    payload: '{}',
    idempotencyKey: id,
    sessionId: null,
    title: 'A job',
    priority: 0,
    dueAtMs: 1,
    maxAttempts: 1,
    traceId: 't',
    parentId: null,
    provider: null,
    nowMs: 1,
    ...overrides,
  };
}
