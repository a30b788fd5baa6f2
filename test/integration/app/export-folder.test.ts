import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallContext } from '../../../src/main/app/calls/call-context.ts';
import { synopsisCalls } from '../../../src/main/app/calls/synopsis-calls.ts';
import type { CallerKind } from '../../../src/main/ipc/handlers.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createJobViews } from '../../../src/main/store/jobs/job-views.ts';
import { addSession, addVersion, newId, noonMs, plainStore, testFolder, type PlainStore, type TestFolder } from '../store/store-fixture.ts';
import { newJob } from '../../support/new-job.ts';

let folder: TestFolder;
let plain: PlainStore;
let enqueued: unknown[];
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
  enqueued = [];
  const { store } = plain;
  const ready = addVersion(store, addSession(store));
  store.synopses.finishVersion(ready, { state: 'ready', coverage: [], issues: [], atMs: noonMs });
});
afterEach(() => {
  plain.close();
  folder.remove();
});

async function exportTo(kind: CallerKind, to: string) {
  const jobId = newId.job();
  const engine = {
    enqueue(request: unknown) {
      enqueued.push(request);
      const jobs = createJobRepository(plain.db);
      jobs.transaction(() => jobs.insert([newJob(jobId, { kind: 'synopses.export', title: 'out', dueAtMs: noonMs, nowMs: noonMs })]));
      return Promise.resolve({ jobId, created: true });
    },
  };
  const partial = { store: plain.store, jobViews: createJobViews(plain.db), engine, chooseFolder: null };
  const asked = { folder: to, language: null };
  return synopsisCalls(partial as unknown as CallContext)['synopses.exportTo'](asked, {
    channelId: 'c',
    kind,
    signal: new AbortController().signal,
  });
}

test('the command line names a folder that is there, with its whole path', async () => {
  const out = join(folder.root, 'out');
  const file = join(folder.root, 'file');
  mkdirSync(out);
  writeFileSync(file, '');
  for (const bad of ['out', './out', join(out, 'not there'), file])
    await expect(exportTo('commandLine', bad), bad).rejects.toMatchObject({ code: 'bad_folder' });
  expect(enqueued).toEqual([]);
  expect(await exportTo('commandLine', out)).toMatchObject({ count: 1 });
  expect(enqueued).toMatchObject([{ payload: { folder: out } }]);
});

test.each(['window', 'host'] as const)('no path is taken from a %s', async kind => {
  await expect(exportTo(kind, folder.root)).rejects.toMatchObject({ code: 'bad_folder' });
  expect(enqueued).toEqual([]);
});
