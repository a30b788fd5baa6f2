import { truncateSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKeptOriginals } from '../../../src/main/app/files/kept-originals.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import type { DocumentFormat } from '../../../src/shared/domain/document-formats.ts';
import type { DocumentId } from '../../../src/shared/domain/ids.ts';
import type { Snapshot } from '../../../src/shared/domain/snapshot.ts';
import { addSession, addSnapshot, newId, open, snapshotOf, testFolder, type TestFolder } from '../store/store-fixture.ts';

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

const bytes = Buffer.from('%PDF-1.7 as far as this test reads it');

async function add(snapshot: Snapshot, format: DocumentFormat, isKept = true): Promise<{ id: DocumentId; path: string }> {
  const { store } = opened;
  const stored = await store.artifacts.files.put(bytes);
  store.artifacts.insert({ ...stored, mediaType: 'application/octet-stream', atMs: 0 });
  const { document } = store.documents.insert({
    id: newId.document(),
    sessionId: addSession(store),
    title: 'Отчёт',
    origin: { kind: 'file', name: 'отчёт.pdf' },
    original: isKept ? stored.sha256 : null,
    byteCount: bytes.byteLength,
    jobId: null,
    requestKey: null,
    atMs: 0,
  });
  store.documents.finish(document.id, {
    format,
    title: null,
    snapshotHash: snapshot.hash,
    original: null,
    byteCount: bytes.byteLength,
    warnings: [],
  });
  return { id: document.id, path: store.artifacts.files.path(stored.sha256) };
}

async function stored(text: string): Promise<Snapshot> {
  const snapshot = snapshotOf([text], null);
  await addSnapshot(opened.store, snapshot);
  return snapshot;
}

test('the original of a PDF is served under the address that was told, also after the document was taken out of its chat', async () => {
  const snapshot = await stored('Текст отчёта.');
  const { id, path } = await add(snapshot, 'pdf');
  const originals = createKeptOriginals(opened.store);
  const found = originals.look({ documentId: id, snapshotHash: snapshot.hash });
  expect(found).toMatchObject({ state: 'kept', byteCount: bytes.byteLength });
  if (found?.state !== 'kept') return;
  expect(found.urlPath).not.toContain(path);
  const file = { path, fileName: 'отчёт.pdf', mediaType: 'application/pdf' };
  expect(originals.at(found.urlPath)).toEqual(file);
  opened.store.documents.remove(id, 1);
  expect(originals.at(found.urlPath)).toEqual(file);
});

test('why there is none is told, and nothing is served', async () => {
  const [snapshot, other] = [await stored('Один текст.'), await stored('Другой текст.')];
  const originals = createKeptOriginals(opened.store);
  const reasonOf = (documentId: DocumentId, { hash }: Snapshot): unknown => {
    expect(originals.at(`/originals/${documentId}/${hash}`)).toBeNull();
    return originals.look({ documentId, snapshotHash: hash });
  };
  const absent = (reason: string) => ({ state: 'absent', reason });
  expect(reasonOf((await add(snapshot, 'html')).id, snapshot)).toEqual(absent('no_pages'));
  expect(reasonOf((await add(snapshot, 'pdf', false)).id, snapshot)).toEqual(absent('not_kept'));
  const kept = await add(snapshot, 'pdf');
  expect(reasonOf(kept.id, other)).toEqual(absent('replaced'));
  truncateSync(kept.path, 3);
  expect(reasonOf(kept.id, snapshot)).toEqual(absent('missing'));
  expect(reasonOf(newId.document(), snapshot)).toBeNull();
});

test.each(['', '/', '/originals/', '/originals/../../etc/passwd', '/originals/a/b', `/originals/${'0'.repeat(36)}/${'0'.repeat(64)}/more`])(
  'the address «%s» names nothing',
  address => {
    expect(createKeptOriginals(opened.store).at(address)).toBeNull();
  },
);
