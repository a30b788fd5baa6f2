import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { CallContext } from '../../../src/main/app/calls/call-context.ts';
import { jobCalls } from '../../../src/main/app/calls/job-calls.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import { noonMs, plainStore, testFolder, type PlainStore, type TestFolder } from '../store/store-fixture.ts';
import { createTestIds } from '../../support/job-ids.ts';
import { newJob } from '../../support/new-job.ts';

let folder: TestFolder;
let plain: PlainStore;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
});
afterEach(() => {
  plain.close();
  folder.remove();
});

const from = { channelId: 'c', kind: 'window' as const, signal: new AbortController().signal };

function open(refusal: EngineError | null = null) {
  const jobs = createJobRepository(plain.db);
  const asked: JobId[] = [];
  const engine = {
    resume(id: JobId) {
      asked.push(id);
      if (refusal !== null) return Promise.reject(refusal);
      jobs.transaction(() => jobs.resume(id, noonMs));
      return Promise.resolve();
    },
  };
  const calls = jobCalls({ store: plain.store, jobViews: createJobViews(plain.db), engine } as unknown as CallContext, {
    ofJob: () => null,
  });
  const id = createTestIds().jobId();
  jobs.transaction(() => {
    jobs.insert([newJob(id, { dueAtMs: noonMs, nowMs: noonMs })]);
    jobs.parkQueued(id, { reason: 'network', detail: null, expiresAtMs: null, onExpiry: 'resume' }, noonMs);
  });
  return { calls, asked, id };
}

test('a waiting job goes on when it is asked to, and one that waits no longer is left as it is', async () => {
  const { calls, asked, id } = open();
  expect(await calls['jobs.resume']({ jobId: id }, from)).toMatchObject({ state: 'queued', waitReason: null });
  expect(await calls['jobs.resume']({ jobId: id }, from)).toMatchObject({ state: 'queued' });
  expect(asked).toEqual([id]);
});

test('what comes between the look and the commit is no error', async () => {
  const late = open(new EngineError('not_waiting', 'It goes on already.'));
  expect(await late.calls['jobs.resume']({ jobId: late.id }, from)).toMatchObject({ id: late.id });
});

test('a store that takes no writes is told', async () => {
  const full = open(new EngineError('storage_full', 'The disk is full.'));
  await expect(full.calls['jobs.resume']({ jobId: full.id }, from)).rejects.toMatchObject({ code: 'storage_full' });
});
