import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { patienceMs } from '../support/patience.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let dataDir: string;
let app: TestApp;
beforeEach(({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  dataDir = folder.path;
  app = openTestApp(dataDir);
  onTestFinished(() => app.close());
});

async function inspect(jobId: string) {
  const answer = await app.client.call('jobs.inspect', { jobId: jobId as never });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

async function ended(jobId: string) {
  await expect.poll(() => inspect(jobId), { timeout: patienceMs }).toMatchObject({ job: { state: 'done' } });
  return (await inspect(jobId)).material;
}

function value<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const text = 'The lighthouse was built in 1871 on a bare rock. Its lamp is a lens of the first order. It was made in Paris.';

test('every kind of job says what it was given and what has come of it', async () => {
  const { client } = app;
  const { id: sessionId } = value(await client.call('sessions.create', { requestKey: randomUUID(), title: null }));
  const added = value(
    await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'Lighthouse', text } }),
  );
  expect(await ended(added.jobId ?? '')).toMatchObject({
    kind: 'document.import',
    origin: { kind: 'text', name: 'Lighthouse' },
    document: { id: added.id, state: 'ready' },
  });

  const asked = value(await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'When was the lighthouse built?' }));
  expect(await ended(asked.answer?.jobId ?? '')).toMatchObject({
    kind: 'chat.answer',
    question: 'When was the lighthouse built?',
    answer: { state: 'completed', isCut: false },
  });

  const { version } = value(await client.call('synopses.request', { sessionId, requestKey: randomUUID(), template: 'lecture' }));
  const made = await ended(version.jobId);
  expect(made).toMatchObject({ kind: 'synopsis.make', sessionId, version: { id: version.id, template: 'lecture', state: 'ready' } });
  if (made?.kind !== 'synopsis.make') throw new Error('A synopsis says something else of itself.');
  expect(made.sections.map(({ kind }) => kind)).toEqual(made.planned);
  expect(made.sources.map(({ title, state }) => ({ title, state }))).toContainEqual({ title: 'Lighthouse', state: 'used' });

  const folder = join(dataDir, 'out');
  mkdirSync(folder);
  const { job } = value(await client.call('synopses.exportTo', { folder }));
  const written = await ended(job.id);
  expect(written).toMatchObject({ kind: 'synopses.export', folder, count: 1, fileCount: 1, files: [{ state: 'written' }] });
  if (written?.kind !== 'synopses.export') throw new Error('An export says something else of itself.');
  expect(written.files[0]?.path.startsWith(folder)).toBe(true);

  // What is taken out of the chat is no longer shown as the job's result.
  value(await client.call('documents.remove', { documentId: added.id }));
  expect((await inspect(added.jobId ?? '')).material).toMatchObject({ kind: 'document.import', document: null });
});
