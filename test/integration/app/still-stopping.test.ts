import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallContext } from '../../../src/main/app/calls/call-context.ts';
import { synopsisCalls } from '../../../src/main/app/calls/synopsis-calls.ts';
import { requestSynopsis } from '../../../src/main/app/synopsis-request.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { addSession, addVersion, noonMs, plainStore, testFolder, type PlainStore, type TestFolder } from '../store/store-fixture.ts';
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

/** A job that runs and is asked to stop, or that undoes what it did. */
function addEndingJob(id: JobId, kind: 'synopsis.make' | 'synopses.export', how: 'cancelling' | 'undoing'): void {
  const jobs = createJobRepository(plain.db);
  jobs.transaction(() => {
    jobs.insert([newJob(id, { kind, title: 'Лекция', dueAtMs: noonMs, nowMs: noonMs })]);
    jobs.claim([{ jobId: id, leaseToken: 'l' }], noonMs);
    if (how === 'cancelling') jobs.requestCancel(id, noonMs);
    else jobs.beginUndo(id, 'l', null, 1, noonMs);
  });
}

/** What the calls at hand need; the engine finds the job by its key. */
function context(joined: JobId): CallContext {
  const engine = { enqueue: () => Promise.resolve({ jobId: joined, created: false }) };
  const partial = { store: plain.store, jobViews: createJobViews(plain.db), engine, language: () => 'ru', now: () => noonMs };
  return partial as unknown as CallContext;
}

test.each(['cancelling', 'undoing'] as const)('a request does not join a job that is %s', async how => {
  const { store } = plain;
  const session = addSession(store);
  addVersion(store, session);
  const making = store.synopses.making(session);
  if (making === null) throw new Error('It was made.');
  addEndingJob(making.jobId, 'synopsis.make', how);
  const request = { sessionId: session, requestKey: 'again', detail: 'standard', template: 'article', language: null } as const;
  expect(() => requestSynopsis(context(making.jobId), request)).toThrow(
    expect.objectContaining({ code: 'still_stopping', retryable: true }),
  );

  const other = addSession(store);
  const ready = addVersion(store, other);
  store.synopses.finishVersion(ready, { state: 'ready', coverage: [], issues: [], atMs: noonMs });
  const asked = synopsisCalls(context(making.jobId))['synopses.exportTo'](
    { folder: folder.root, language: null },
    {
      channelId: 'c',
      kind: 'commandLine',
      signal: new AbortController().signal,
    },
  );
  await expect(asked).rejects.toMatchObject({ code: 'still_stopping' });
});
