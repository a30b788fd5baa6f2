import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { createDocumentsBeingRead } from '../../../src/main/app/documents-being-read.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import { jobId, type JobId } from '../../../src/shared/domain/ids.ts';
import { addDocument, addSession, plainStore, testFolder, type PlainStore, type TestFolder } from '../store/store-fixture.ts';
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

/** A chat with one document being read by a job due `inMs` from now. */
function material(inMs: number) {
  const { store, db } = plain;
  const jobs = createJobRepository(db);
  const id: JobId = jobId.parse(v7());
  const session = addSession(store);
  const document = addDocument(store, session, 'a.txt');
  jobs.insert([
    newJob(id, {
      state: inMs > 0 ? 'scheduled' : 'queued',
      kind: 'document.import',
      sessionId: session,
      title: 'a.txt',
      dueAtMs: inMs,
      nowMs: 0,
    }),
  ]);
  store.documents.setJob(document, id);
  return { jobs, id, session, document, isBeingRead: createDocumentsBeingRead({ store, jobViews: createJobViews(db), now: () => 0 }) };
}

test('a document that is being read counts, and one that is tried again soon', () => {
  for (const inMs of [0, 60_000]) {
    const { session, document, isBeingRead } = material(inMs);
    expect(isBeingRead(session)).toBe(true);
    plain.store.documents.fail(document, { code: 'unreachable', detail: null });
    expect(isBeingRead(session)).toBe(false);
  }
});

test('a document that a server put off for hours does not', () => {
  const { session, isBeingRead } = material(24 * 60 * 60_000);
  expect(isBeingRead(session)).toBe(false);
});

test('a document whose job has ended without a word does not', () => {
  const { jobs, id, session, isBeingRead } = material(0);
  jobs.cancelIdle(id, 0);
  expect(isBeingRead(session)).toBe(false);
});
