import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentImport } from '../../../src/main/app/kinds/document-import.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import type { TaskOutput } from '../../../src/shared/contract/worker/tasks.ts';
import type { Sha256 } from '../../../src/shared/domain/ids.ts';
import type { Snapshot } from '../../../src/shared/domain/snapshot.ts';
import {
  addDocument,
  addSession,
  addSnapshot,
  hashOf,
  newId,
  open,
  snapshotOf,
  testFolder,
  type TestFolder,
} from '../store/store-fixture.ts';

let folder: TestFolder;
let opened: OpenedStore;
beforeEach(() => {
  folder = testFolder();
  opened = open(folder.root);
});
afterEach(async () => {
  await opened.close();
  folder.remove();
});

function importOf(snapshot: Snapshot, claimed: Sha256) {
  const { store, reader } = opened;
  const kind = documentImport({
    store,
    allowedHosts: () => [],
    checkSnapshot: query => reader.checkSnapshot(query),
    stored: () => undefined,
    isBeingRead: () => false,
    allRead: () => undefined,
    models: { visionModel: () => null },
    network: { asks: () => undefined, away: () => new ParkJob({ reason: 'network' }), answeredTo: () => undefined, over: () => undefined },
    language: () => 'ru',
    now: () => 0,
  });
  const session = addSession(store);
  const document = addDocument(store, session, 'a.txt');
  const job = {
    id: newId.job(),
    sessionId: session,
    payload: { documentId: document },
    attempt: 1,
    leaseToken: 'l',
    traceId: 't',
    parentId: null,
  };
  const text = JSON.stringify(snapshot);
  writeFileSync(join(store.staging.folderOf(job.id), 'snapshot.json'), text);
  const output: TaskOutput<'document.import'> = {
    format: 'text',
    title: null,
    author: null,
    date: null,
    language: snapshot.language,
    snapshotHash: claimed,
    original: null,
    byteCount: 1,
    charCount: snapshot.text.length,
    pageCount: null,
    warnings: [],
    snapshot: { name: 'snapshot.json', sha256: hashOf(text), byteCount: Buffer.byteLength(text) },
  };
  return kind.beforeDone?.(job, output);
}

describe('what a worker read', () => {
  test('is taken when it is what the worker says', async () => {
    const snapshot = snapshotOf(['Настоящий текст.'], null);
    await expect(importOf(snapshot, snapshot.hash)).resolves.toBeUndefined();
  });

  test("is not stored under another text's hash", async () => {
    const victim = snapshotOf(['Текст, который кто-нибудь ещё добавит.'], null);
    await expect(importOf(snapshotOf(['Подмена.'], null), victim.hash)).rejects.toMatchObject({ kind: 'SnapshotDamagedError' });
    await expect(importOf({ ...snapshotOf(['Подмена.'], null), hash: victim.hash }, victim.hash)).rejects.toMatchObject({
      kind: 'SnapshotDamagedError',
    });
  });

  test('takes the place of a damaged file with the same text, whatever else is different in it', async () => {
    const { store, reader } = opened;
    const snapshot = snapshotOf(['Настоящий текст.'], null);
    await addSnapshot(store, snapshot);
    const before = store.snapshots.get(snapshot.hash);
    if (before === null) throw new Error('The text is not stored.');
    await importOf({ ...snapshot, title: 'Название' }, snapshot.hash);
    expect(store.snapshots.get(snapshot.hash), 'a whole one is kept').toEqual(before);
    writeFileSync(store.artifacts.files.path(before.artifact), 'not json');
    await importOf({ ...snapshot, title: 'Название' }, snapshot.hash);
    expect(store.snapshots.get(snapshot.hash)).toEqual({ ...before, artifact: expect.not.stringMatching(before.artifact) as string });
    expect(await reader.readSegments({ snapshotHash: snapshot.hash, from: 0, limit: 1 })).toMatchObject({ total: 1 });
  });

  test('has no segment beyond its text', async () => {
    const snapshot = snapshotOf(['Короткий текст.'], null);
    const segments = snapshot.segments.map(segment => ({ ...segment, end: segment.end + 1_000 }));
    await expect(importOf({ ...snapshot, segments }, snapshot.hash)).rejects.toMatchObject({ kind: 'SnapshotDamagedError' });
  });
});
