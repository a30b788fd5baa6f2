import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentImport } from '../../../src/main/app/kinds/document-import.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import type { LookAtPicture } from '../../../src/main/app/look-at-picture.ts';
import { hostCallSpecs } from '../../../src/shared/contract/worker/host-calls.ts';
import { type TaskOutput } from '../../../src/shared/contract/worker/tasks.ts';
import { providerId, type Sha256 } from '../../../src/shared/domain/ids.ts';
import { pictureLimit } from '../../../src/shared/domain/picture-answer.ts';
import type { SynopsisModel } from '../../../src/shared/domain/synopsis-model.ts';
import type { Snapshot } from '../../../src/shared/domain/snapshot.ts';
import { addSession, addSnapshot, hashOf, newId, open, snapshotOf, testFolder, type TestFolder } from '../store/store-fixture.ts';

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

const usage = { tokens: 3, moneyMinor: 0 };
const noAnswer = {
  outcome: 'failed',
  failure: { code: 'provider_error', message: 'x', retryable: true, retryAfterMs: null },
} as const;

/** Of an address, which may be a picture. */
function readingOf(model: SynopsisModel | null, lookAtPicture: LookAtPicture) {
  const { store, reader } = opened;
  const kind = documentImport({
    store,
    allowedHosts: () => [],
    checkSnapshot: query => reader.checkSnapshot(query),
    stored: () => undefined,
    isBeingRead: () => false,
    allRead: () => undefined,
    models: { visionModel: () => model },
    lookAtPicture,
    network: { asks: () => undefined, away: () => new ParkJob({ reason: 'network' }), answeredTo: () => undefined, over: () => undefined },
    language: () => 'ru',
    now: () => 0,
  });
  const session = addSession(store);
  const document = store.documents.insert({
    id: newId.document(),
    sessionId: session,
    title: 'фото',
    origin: { kind: 'url', url: 'https://example.org/photo.png' },
    original: null,
    byteCount: null,
    jobId: newId.job(),
    requestKey: null,
    atMs: 0,
  }).document.id;
  const job = {
    id: newId.job(),
    sessionId: session,
    payload: { documentId: document },
    attempt: 1,
    leaseToken: 'l',
    traceId: 't',
    parentId: null,
  };
  return { kind, job };
}

function importOf(snapshot: Snapshot, claimed: Sha256) {
  const { store } = opened;
  const { kind, job } = readingOf(null, () => Promise.reject(new Error('Nothing is looked at.')));
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

describe('a picture', () => {
  const apiKey = 'sk-secret-of-the-person';
  const model: SynopsisModel = {
    provider: 'Стенд',
    connection: {
      providerId: providerId.parse('01890a5d-ac96-774b-bcce-b302099a8057'),
      kind: 'openai_compatible',
      baseUrl: 'http://127.0.0.1:1/v1',
      apiKey,
      headers: {},
      modelId: 'm',
      contextTokens: 8_192,
      price: null,
    },
  };
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');

  test('is asked about by main: the key is in nothing that the process with foreign bytes is given', async () => {
    const asked: [string, AbortSignal][] = [];
    const told = { outcome: 'told', call: { outcome: 'answered', text: 'Маяк', provider: 'Стенд', model: 'm' }, usage } as const;
    const { kind, job } = readingOf(model, async (_job, picture, given, signal) => {
      expect(given).toBe(model);
      asked.push([picture.jpeg, signal]);
      return await Promise.resolve(told);
    });
    const input = await kind.prepare(job);
    expect(kind.input.parse(input)).toMatchObject({ canLook: true });
    expect(JSON.stringify(input)).not.toContain(apiKey);
    const { signal } = new AbortController();
    const answer = await kind.hostCall?.(job, 'picture.look', { jpeg, language: 'ru' }, signal);
    expect(hostCallSpecs['picture.look'].output.parse(answer)).toEqual(told);
    expect(JSON.stringify(answer)).not.toContain(apiKey);
    expect(asked).toEqual([[jpeg, signal]]);
  });

  test('is no other file, and there are no more of them than a document has', async () => {
    const { kind, job } = readingOf(model, () => Promise.resolve({ ...noAnswer, usage }));
    await kind.prepare(job);
    const { signal } = new AbortController();
    const look = (given: unknown) => kind.hostCall?.(job, 'picture.look', given, signal);
    await expect(look({ jpeg: Buffer.from('root:x:0:0').toString('base64'), language: 'ru' })).rejects.toThrow('/9j/');
    for (let count = 1; count < pictureLimit; count += 1) await look({ jpeg, language: 'ru' });
    await expect(look({ jpeg, language: 'ru' })).rejects.toThrow('At most 300');
  });

  test('without a model any more fails and names that', async () => {
    const { kind, job } = readingOf(null, () => Promise.reject(new Error('There is none.')));
    expect(await kind.prepare(job)).toMatchObject({ canLook: false });
    const { signal } = new AbortController();
    expect(await kind.hostCall?.(job, 'picture.look', { jpeg, language: 'ru' }, signal)).toMatchObject({
      failure: { code: 'model_not_found', retryable: false },
    });
  });
});

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
