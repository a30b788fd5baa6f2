import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import { documentsPerSession, type DocumentView } from '../../src/shared/domain/document.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import { dataFolder } from '../../src/main/store/data-folder.ts';
import { addMessage, addSession, addVersion, fillSession, open as openStoreForTest } from '../integration/store/store-fixture.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let open: TestApp;
let dataDir: string;
beforeEach(({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  dataDir = folder.path;
  open = openTestApp(dataDir);
  onTestFinished(() => open.close());
});

async function newSession(client: Client): Promise<SessionId> {
  const made = await client.call('sessions.create', { requestKey: randomUUID() });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

/** Resolves with the first view of a document that `matches`, as windows are told of it. */
function documentOnce(client: Client, matches: (document: DocumentView) => boolean): Promise<DocumentView> {
  return new Promise(resolve => {
    const stop = client.onEvent('documents.changed', ({ documents }) => {
      const found = documents.find(matches);
      if (found === undefined) return;
      stop();
      resolve(found);
    });
  });
}

describe('an address', () => {
  test('longer than a title is taken, and its title is cut', async () => {
    const { client } = open;
    const sessionId = await newSession(client);
    const url = `http://127.0.0.1:9/${'a'.repeat(3_000)}`;
    const added = await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'url', url } });
    expect(added).toMatchObject({ ok: true });
  });

  test('that is too long once it is written out is refused as an address', async () => {
    const { client } = open;
    const sessionId = await newSession(client);
    const url = `http://127.0.0.1:9/${'ж'.repeat(3_000)}`;
    const added = await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'url', url } });
    expect(added).toMatchObject({ ok: false, error: { code: 'bad_address' } });
  });
});

describe('a document', () => {
  test('is read and can be asked about', async () => {
    const { client } = open;
    const sessionId = await newSession(client);
    const ready = documentOnce(client, document => document.state === 'ready');
    await client.call('documents.add', {
      sessionId,
      requestKey: randomUUID(),
      from: {
        kind: 'text',
        name: 'a.txt',
        text: 'The lighthouse was built in 1871 on a bare rock. Its keeper kept bees and wrote letters.',
      },
    });
    expect(await ready).toMatchObject({ state: 'ready', title: 'a.txt' });
  });
});

/** Overwrites the stored text of a document; the name of its file is its content's, so the folder holds no other with it. */
function spoil(snapshotHash: string): void {
  const { database, artifacts } = dataFolder(dataDir);
  const db = openConnection(database, { mustExist: true });
  const row = db.prepare<[string], { artifact: string }>('SELECT artifact FROM snapshot WHERE hash = ?').get(snapshotHash);
  db.close();
  if (row === undefined) throw new Error('The text is not stored.');
  const file = join(artifacts, row.artifact.slice(0, 2), row.artifact);
  // As long as before: a length tells nothing of rotten bytes.
  writeFileSync(file, ' '.repeat(readFileSync(file).length));
}

describe('a stored text that is damaged', () => {
  const texts = {
    'tower.txt': 'The lighthouse keeper kept bees on the rock for forty years.',
    'barn.txt': 'The lighthouse keeper built a barn for the bees in spring.',
  };

  function answered(client: Client): Promise<string> {
    return new Promise(resolve => {
      const stop = client.onEvent('messages.changed', ({ messages }) => {
        const done = messages.find(({ role, state }) => role === 'assistant' && state === 'completed');
        if (done === undefined) return;
        stop();
        resolve(done.text);
      });
    });
  }

  test('is named in the answer that goes on without it, marks its document, and is cured by reading it again', async () => {
    const sessionId = await newSession(open.client);
    const documents = new Map<string, DocumentView>();
    for (const [name, text] of Object.entries(texts)) {
      const ready = documentOnce(open.client, document => document.state === 'ready');
      await open.client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name, text } });
      documents.set(name, await ready);
    }
    // Everything is in the index once it has been searched, and a new start has none of it in memory.
    await Promise.all([
      answered(open.client),
      open.client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'Who kept bees?' }),
    ]);
    await open.close();
    const { id, snapshotHash } = documents.get('tower.txt') ?? {};
    if (id === undefined || snapshotHash == null) throw new Error('The document was not read.');
    spoil(snapshotHash);

    open = openTestApp(dataDir);
    const { client } = open;
    const ask = async () => {
      const [text] = await Promise.all([
        answered(client),
        client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'What did the lighthouse keeper do with bees?' }),
      ]);
      return text;
    };
    const failed = documentOnce(client, document => document.state === 'failed');
    const without = await ask();
    expect(without).toContain('barn');
    expect(without).toContain('“tower.txt” was left out: its stored text is damaged');
    expect(await failed).toMatchObject({ id, error: { code: 'damaged' }, snapshotHash: null });
    expect(await client.call('sources.read', { snapshotHash, from: 0, limit: 9 })).toMatchObject({
      ok: false,
      error: { code: 'snapshot_damaged' },
    });

    const ready = documentOnce(client, document => document.state === 'ready');
    await client.call('documents.retry', { documentId: id });
    expect(await ready).toMatchObject({ id, snapshotHash });
    expect(await client.call('sources.read', { snapshotHash, from: 0, limit: 9 })).toMatchObject({ ok: true });
    expect(await ask()).toContain('forty years');
  });
});

describe('a data folder that takes no writes', () => {
  test('is a declared failure of every call that writes', async () => {
    const { client } = open;
    const sessionId = await newSession(client);
    const other = openConnection(dataFolder(dataDir).database, { mustExist: true });
    other.exec('BEGIN IMMEDIATE');
    const answers = [
      await client.call('sessions.create', { requestKey: randomUUID() }),
      await client.call('sessions.rename', { sessionId, title: 'Another' }),
      await client.call('sessions.remove', { sessionId }),
      await client.call('app.setPaused', { paused: true }),
    ];
    other.close();
    expect(answers.map(answer => (answer.ok ? 'ok' : answer.error.code))).toEqual([
      'storage_full',
      'storage_full',
      'storage_full',
      'storage_full',
    ]);
  });
});

describe('closing', () => {
  test('refuses calls that come too late, whatever they ask', async () => {
    const { app, client } = open;
    const sessionId = await newSession(client);
    const closing = app.close();
    expect(await client.call('sessions.rename', { sessionId, title: 'Late' })).toMatchObject({
      ok: false,
      error: { code: 'shutting_down', retryable: true },
    });
    await closing;
    expect(await client.call('sessions.list', {})).toMatchObject({ ok: false, error: { code: 'shutting_down' } });
  });
});

describe('a start', () => {
  test('removes what a killed run left in the staging folder', async () => {
    await open.close();
    const { staging } = dataFolder(dataDir);
    writeFileSync(join(staging, `upload-${randomUUID()}`), 'half a file');
    mkdirSync(join(staging, v7()));
    open = openTestApp(dataDir);
    await open.close();
    expect(readdirSync(staging)).toEqual([]);
  });
});

describe('what happened while nobody was there', () => {
  test.each([
    { visible: true, told: 0 },
    { visible: false, told: 1 },
  ])('tells of a synopsis that ended with a window on the screen ($visible) $told times', async ({ visible, told }) => {
    const sessionId = await newSession(open.client);
    // A window was there once, or there would be no absence to tell of.
    await open.client.call('app.report', { visible: true, focused: true, location: null });
    await open.client.call('app.report', { visible, focused: visible, location: null });
    const ready = documentOnce(open.client, document => document.state === 'ready');
    await open.client.call('documents.add', {
      sessionId,
      requestKey: randomUUID(),
      from: { kind: 'text', name: 'a.txt', text: 'The lighthouse was built in 1871 on a bare rock. It was decided to keep it.' },
    });
    await ready;
    const ended = new Promise<void>(resolve => {
      open.client.onEvent('synopses.changed', ({ state }) => {
        if (state !== 'making') resolve();
      });
    });
    await open.client.call('synopses.request', { sessionId, requestKey: randomUUID() });
    await ended;
    await open.close();
    open = openTestApp(dataDir);
    expect(await open.client.call('app.open', {})).toMatchObject({ ok: true, value: { away: { finished: told } } });
  });
});

describe('removing a chat', () => {
  test('cancels every job of it, however many there are', async () => {
    const { app, client } = open;
    await client.call('app.setPaused', { paused: true });
    const sessionId = await newSession(client);
    for (let n = 0; n < 250; n += 1) {
      await app.engine.enqueue({
        kind: 'document.import',
        payload: { documentId: v7() },
        idempotencyKey: `n${n}`,
        sessionId,
        title: 'a.txt',
      });
    }
    expect(app.status().queued).toBe(250);
    expect(await client.call('sessions.remove', { sessionId })).toMatchObject({ ok: true, value: { cancelledJobs: 250 } });
    expect(app.status().queued).toBe(0);
  });
});

describe('trying again', () => {
  test('by the task that failed does not read over what another one has read since', async () => {
    const { client } = open;
    const sessionId = await newSession(client);
    const failed = documentOnce(client, document => document.state === 'failed');
    await client.call('app.setPaused', { paused: true });
    const added = await client.call('documents.add', {
      sessionId,
      requestKey: randomUUID(),
      from: { kind: 'text', name: 'a.txt', text: 'The lighthouse was built in 1871 on a bare rock.' },
    });
    if (!added.ok || added.value.jobId === null) throw new Error('The document has no job.');
    const first = added.value.jobId;
    await client.call('jobs.cancel', { jobId: first });
    await failed;
    const ready = documentOnce(client, document => document.state === 'ready');
    await client.call('documents.retry', { documentId: added.value.id });
    await client.call('app.setPaused', { paused: false });
    await ready;
    expect(await client.call('jobs.retry', { jobId: first })).toMatchObject({ ok: false, error: { code: 'not_retryable' } });
  });

  test('twice with one click is one try', async () => {
    const { client } = open;
    const sessionId = await newSession(client);
    await client.call('app.setPaused', { paused: true });
    const sent = await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'Who built it?' });
    if (!sent.ok) throw new Error(sent.error.message);
    const messageId = sent.value.answer.id;
    await client.call('messages.stop', { messageId });
    const requestKey = randomUUID();
    const [once, twice] = await Promise.all([
      client.call('messages.retry', { messageId, requestKey }),
      client.call('messages.retry', { messageId, requestKey }),
    ]);
    expect(once).toMatchObject({ ok: true, value: { state: 'pending' } });
    expect(twice).toEqual(once);
  });
});

describe('a synopsis', () => {
  test('is not made of questions to the assistant', async () => {
    const { client } = open;
    await client.call('app.setPaused', { paused: true });
    const sessionId = await newSession(client);
    const ask = () => client.call('synopses.request', { sessionId, requestKey: randomUUID() });
    await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'What is this about?' });
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'nothing_to_read' } });
    await client.call('messages.send', { sessionId, requestKey: randomUUID(), text: 'The lighthouse was built in 1871.' });
    expect(await ask()).toMatchObject({ ok: true });
  });

  test('can be asked for though an earlier version was left behind by its job', async () => {
    await open.close();
    const store = openStoreForTest(dataDir);
    const sessionId = addSession(store.store);
    addMessage(store.store, sessionId, 'The lighthouse was built in 1871 on a bare rock.');
    const left = addVersion(store.store, sessionId);
    await store.close();
    open = openTestApp(dataDir);
    const { client } = open;
    await client.call('app.setPaused', { paused: true });
    const ask = () =>
      client.call('synopses.request', { sessionId, requestKey: randomUUID(), detail: 'short', template: 'lecture', language: null });
    const asked = await ask();
    expect(asked).toMatchObject({ ok: true, value: { joined: false, version: { number: 2, state: 'making' } } });
    expect(await client.call('synopses.open', { sessionId, versionId: left })).toMatchObject({
      ok: true,
      value: { version: { state: 'failed' } },
    });
    expect(await ask()).toMatchObject({ ok: true, value: { joined: true, version: { number: 2 } } });
  });
});

test.each(['sessions.list', 'messages.list', 'jobs.list', 'synopses.list'] as const)(
  '%s says in a sentence that a page begins nowhere in it, in whichever thread it is read',
  async route => {
    const { client } = open;
    const sessionId = await newSession(client);
    const ofRoute = { 'messages.list': [{ sessionId }], 'jobs.list': [{}, { search: 'word' }] }[route as string] ?? [
      { search: '' },
      { search: 'word' },
    ];
    for (const input of ofRoute) {
      const answer = await client.call(route, { ...input, before: 'nowhere' } as never);
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad_cursor', message: expect.stringContaining('"nowhere"') as string } });
    }
  },
);

test('what a window knows without the panel are the counts and the jobs it asks for, not the list', async () => {
  const { client } = open;
  const sessionId = await newSession(client);
  for (const text of ['One.', 'Two.']) {
    const ready = documentOnce(client, document => document.state === 'ready');
    await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name: `${text}txt`, text } });
    await ready;
  }
  const listed = await client.call('jobs.list', {});
  if (!listed.ok) throw new Error(listed.error.message);
  const [job] = listed.value.jobs;
  if (job === undefined) throw new Error('No job was listed.');
  const [bare, asked] = await Promise.all([client.call('jobs.now', {}), client.call('jobs.now', { jobIds: [job.id, v7() as never] })]);
  expect(await client.call('jobs.list', { search: 'TWO.TXT' })).toMatchObject({
    ok: true,
    value: { jobs: [{ title: 'Two.txt' }], counts: { done: 2 } },
  });
  expect(bare).toMatchObject({ ok: true, value: { jobs: [], counts: { done: 2 } } });
  expect(asked).toMatchObject({ ok: true, value: { jobs: [{ id: job.id, state: 'done' }] } });
});

test('a chat that is full takes no further document, and says so', async () => {
  await open.close();
  const opened = openStoreForTest(dataDir);
  const sessionId = addSession(opened.store);
  fillSession(opened.store, sessionId, documentsPerSession - 1, at => `${at}.txt`);
  await opened.close();
  open = openTestApp(dataDir);
  const { client } = open;
  await client.call('app.setPaused', { paused: true });
  const add = (requestKey: string) =>
    client.call('documents.add', { sessionId, requestKey, from: { kind: 'text', name: 'one more.txt', text: 'One more.' } });
  const last = randomUUID();
  // At once: the place is given once.
  const answers = await Promise.all([add(last), add(randomUUID())]);
  expect(answers.map(answer => (answer.ok ? 'ok' : answer.error.code)).toSorted()).toEqual(['ok', 'too_many_documents']);
  const refused = await add(randomUUID());
  expect(refused).toMatchObject({ ok: false, error: { message: expect.stringContaining('2000 documents') as string } });
});
