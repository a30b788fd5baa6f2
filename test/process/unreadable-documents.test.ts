import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { DocumentView } from '../../src/shared/domain/document.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import { isFinal } from '../../src/shared/domain/job-state.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestChat } from '../support/open-test-chat.ts';

failOnLeaks();

let client: Client;
let sessionId: SessionId;
beforeEach(async ({ onTestFinished }) => {
  ({ client, sessionId } = await openTestChat(onTestFinished));
});

async function add(name: string, text: string): Promise<DocumentView> {
  const added = await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name, text } });
  if (!added.ok) throw new Error(added.error.message);
  return added.value;
}

/** The job's last view. */
function ended(jobId: JobView['id'] | null): Promise<JobView> {
  return new Promise((resolve, reject) => {
    if (jobId === null) throw new Error('It has no job.');
    let last: JobView | null = null;
    client.openStream(
      'jobs.follow',
      { jobId },
      {
        onChunk: job => (last = job),
        onEnd: error => {
          if (error !== null) reject(new Error(error.message));
          else if (last !== null && isFinal(last.state)) resolve(last);
          else reject(new Error('It did not end.'));
        },
      },
    );
  });
}

const text = 'The lighthouse was built in 1871 on a bare rock. Its keeper kept bees and wrote letters to his sister.';

test('the job of a document that cannot be read has failed at once, with the document’s reason, and counts as failed', async () => {
  const document = await add('broken.pdf', '%PDF-1.7\nthis is not a document');
  expect(await ended(document.jobId)).toMatchObject({ state: 'failed', attempt: 1, error: { code: 'damaged' } });
  const listed = await client.call('documents.list', { sessionId });
  expect(listed).toMatchObject({ ok: true, value: { documents: [{ state: 'failed', error: { code: 'damaged' } }] } });
  const jobs = await client.call('jobs.list', { group: 'failed' });
  expect(jobs).toMatchObject({ ok: true, value: { counts: { failed: 1, done: 0 }, jobs: [{ id: document.jobId }] } });
});

test('reading it again is the same job, from the card and from the list of tasks', async () => {
  const document = await add('blank.txt', ' ');
  await ended(document.jobId);
  const again = await client.call('documents.retry', { documentId: document.id });
  expect(again).toMatchObject({ ok: true, value: { state: 'importing', jobId: document.jobId } });
  expect(await ended(document.jobId)).toMatchObject({ state: 'failed', error: { code: 'empty' } });
  if (document.jobId === null) throw new Error('It has no job.');
  expect(await client.call('jobs.retry', { jobId: document.jobId })).toMatchObject({ ok: true });
  expect(await ended(document.jobId)).toMatchObject({ state: 'failed' });
  expect(await client.call('jobs.list', { group: 'failed' })).toMatchObject({ value: { counts: { failed: 1 } } });
});

test('a synopsis that waits for it goes on with the rest and names it', async () => {
  await add('lighthouse.txt', text);
  await add('broken.pdf', '%PDF-1.7\nthis is not a document');
  const requested = await client.call('synopses.request', { sessionId, requestKey: randomUUID() });
  if (!requested.ok) throw new Error(requested.error.message);
  expect(await ended(requested.value.version.jobId)).toMatchObject({ state: 'done', outcome: 'issues' });
  const opened = await client.call('synopses.open', { sessionId });
  if (!opened.ok) throw new Error(opened.error.message);
  expect(opened.value.version?.coverage.map(({ state, reason }) => ({ state, reason }))).toEqual([
    { state: 'used', reason: null },
    { state: 'failed', reason: 'damaged' },
  ]);
});

test('the same bytes are not added twice, whatever they are called; unread ones are read again', async () => {
  const first = await add('lighthouse.txt', text);
  const again = (name: string, of: string) =>
    client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name, text: of } });
  // At once, and under another name.
  const answers = await Promise.all([again('lighthouse.txt', text), again('other.txt', text)]);
  expect(answers).toMatchObject([{ error: { code: 'already_here' } }, { error: { code: 'already_here' } }]);
  const blank = await add('blank.txt', ' ');
  await ended(blank.jobId);
  expect(await again('blank.txt', ' ')).toMatchObject({ ok: true, value: { id: blank.id, jobId: blank.jobId, state: 'importing' } });
  await ended(blank.jobId);
  const listed = await client.call('documents.list', { sessionId });
  if (!listed.ok) throw new Error(listed.error.message);
  expect(listed.value.documents.map(({ id }) => id)).toEqual([first.id, blank.id]);

  // Taken out of the chat, it may be added again.
  await client.call('documents.remove', { documentId: first.id });
  expect(await again('lighthouse.txt', text)).toMatchObject({ ok: true });
});
