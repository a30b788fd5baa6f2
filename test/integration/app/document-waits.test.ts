import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { createDocumentWaits } from '../../../src/main/app/document-waits.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import { jobId, type JobId } from '../../../src/shared/domain/ids.ts';
import { addDocument, addSession, plainStore, testFolder, type PlainStore, type TestFolder } from '../store/store-fixture.ts';

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

/** A chat with one document being read by a job due `inMs` from now. */
function material(inMs: number) {
  const { store, db } = plain;
  const jobs = createJobRepository(db);
  const id: JobId = jobId.parse(v7());
  const session = addSession(store);
  const document = addDocument(store, session, 'a.txt');
  jobs.insert({
    id,
    state: inMs > 0 ? 'scheduled' : 'queued',
    kind: 'document.import',
    payload: '{}',
    idempotencyKey: id,
    sessionId: session,
    title: 'a.txt',
    priority: 0,
    dueAtMs: inMs,
    maxAttempts: 1,
    traceId: 't',
    nowMs: 0,
  });
  store.documents.setJob(document, id);
  return { jobs, id, session, document, waits: createDocumentWaits({ store, jobViews: createJobViews(db), now: () => 0 }) };
}

test('waits for a document that is being read, and for one that is tried again soon', async () => {
  for (const inMs of [0, 60_000]) {
    const { session, document, waits } = material(inMs);
    let isOver = false;
    const settled = waits.settled(session).then(() => {
      isOver = true;
    });
    waits.check();
    await Promise.resolve();
    expect(isOver).toBe(false);
    plain.store.documents.fail(document, { code: 'unreachable', detail: null });
    waits.check();
    await settled;
  }
});

test('does not wait for a document that a server put off for hours', async () => {
  const { session, waits } = material(24 * 60 * 60_000);
  await waits.settled(session);
});

test('does not wait for a document whose job has ended without a word', async () => {
  const { jobs, id, session, waits } = material(0);
  jobs.cancelIdle(id, 0);
  await waits.settled(session);
});
