import { readFileSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { synopsisMake } from '../../../src/main/app/kinds/synopsis-make.ts';
import { poolSettings } from '../../../src/main/workers/pool-settings.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import type { DocumentId, SessionId } from '../../../src/shared/domain/ids.ts';
import {
  addDocument,
  addMessage,
  addSession,
  addSnapshot,
  addVersion,
  newId,
  noModels,
  noonMs,
  plainStore,
  sectionOf,
  snapshotOf,
  testFolder,
  type PlainStore,
  type TestFolder,
} from '../store/store-fixture.ts';

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

async function addRead(session: SessionId, title: string): Promise<DocumentId> {
  const snapshot = snapshotOf([`Здесь сказано всё, что есть в материале «${title}».`]);
  await addSnapshot(plain.store, snapshot);
  const id = addDocument(plain.store, session, title);
  plain.store.documents.finish(id, {
    format: 'text',
    title: null,
    snapshotHash: snapshot.hash,
    original: null,
    byteCount: 1,
    warnings: [],
  });
  return id;
}

function making(session: SessionId, isBeingRead = () => false) {
  const { store } = plain;
  const version = addVersion(store, session);
  const kind = synopsisMake({
    serviceFor: () => null,
    store,
    isBeingRead,
    lookAtSnapshot: () => Promise.resolve(),
    ...noModels,
    now: () => noonMs,
  });
  const jobId = store.synopses.head(version)?.jobId ?? newId.job();
  const payload = { sessionId: session, versionId: version, language: null, engine: null, only: null, instruction: null, basedOn: null };
  const job = { id: jobId, sessionId: session, payload, attempt: 1, leaseToken: 'l', traceId: 't', parentId: null };
  const titles = async () => (await kind.prepare(job)).sources.map(source => source.title);
  return { kind, job, version, titles };
}

test('all sections of a version are made of the material its first one was made of', async () => {
  const { store } = plain;
  const session = addSession(store, { title: 'Чат' });
  const first = await addRead(session, 'первый.txt');
  await addRead(session, 'второй.txt');
  let isReading = false;
  const { kind, job, version, titles } = making(session, () => isReading);
  const begun = await kind.prepare(job);
  kind.onStep?.(job, { name: 'section:summary', output: sectionOf('summary', 'Кратко.') });

  // Between two attempts the person goes on: a document goes, another comes and is still being read, a sentence is written.
  store.documents.remove(first, noonMs);
  await addRead(session, 'третий.txt');
  addMessage(store, session, 'В понедельник переезжаем на новый склад.');
  isReading = true;
  expect(await kind.prepare(job)).toEqual(begun);
  expect(await titles()).toEqual(['первый.txt', 'второй.txt']);

  kind.onEnd?.(job, { state: 'done', output: { coverage: begun.coverage, issues: [] }, issues: [] });
  expect(store.synopses.open(session, version)?.coverage.map(({ title, state, reason }) => [title, state, reason])).toEqual([
    ['первый.txt', 'used', 'removed'],
    ['второй.txt', 'used', null],
  ]);
});

test('a version without a section yet takes the material as it is now', async () => {
  const { store } = plain;
  const session = addSession(store, { title: 'Чат' });
  const first = await addRead(session, 'первый.txt');
  const { titles } = making(session);
  expect(await titles()).toEqual(['первый.txt']);
  store.documents.remove(first, noonMs);
  await addRead(session, 'второй.txt');
  expect(await titles()).toEqual(['второй.txt']);
});

test('it waits for documents that are being read before its first section, and no longer after it', async () => {
  const session = addSession(plain.store, { title: 'Чат' });
  await addRead(session, 'первый.txt');
  const { titles } = making(session, () => true);
  await expect(titles()).rejects.toBeInstanceOf(ParkJob);
});

test('a question to the assistant is no source, a statement is', async () => {
  const session = addSession(plain.store, { title: 'Чат' });
  await addRead(session, 'первый.txt');
  const { kind, job, titles } = making(session);
  addMessage(plain.store, session, 'О чём это?');
  addMessage(plain.store, session, 'Это рассказ о складе.', { role: 'assistant' });
  expect(await titles()).toEqual(['первый.txt']);
  addMessage(plain.store, session, 'В понедельник переезжаем на новый склад.');
  expect((await kind.prepare(job)).sources.map(({ source }) => source.kind)).toEqual(['document', 'chat']);
});

test('a kind promises no more at the same time than its worker has seats', () => {
  const { kind } = making(addSession(plain.store));
  const { maxProcesses, tasksPerProcess } = poolSettings[kind.worker];
  expect(kind.concurrency).toBeLessThanOrEqual(maxProcesses * tasksPerProcess);
});

test('a chat’s text whose file is damaged is stored anew for everybody, also when another chat has said it first', async () => {
  const { store } = plain;
  const words = 'В понедельник переезжаем на новый склад, ключи у Анны.';
  const said = (title: string): SessionId => {
    const session = addSession(store, { title });
    addMessage(store, session, words);
    return session;
  };
  const first = making(said('Первый'));
  const [source] = (await first.kind.prepare(first.job)).sources;
  if (source === undefined) throw new Error('The chat is no source.');
  truncateSync(source.path, 5);
  const second = making(said('Второй'));
  const [again] = (await second.kind.prepare(second.job)).sources;
  expect(again?.snapshotHash).toBe(source.snapshotHash);
  const stored = store.snapshots.get(source.snapshotHash);
  expect(stored === null ? null : store.artifacts.files.path(stored.artifact)).toBe(again?.path);
  expect(readFileSync(again?.path ?? '', 'utf8')).toContain(words);
});
