import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { DocumentView } from '../../src/shared/domain/document.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import { dataFolder } from '../../src/main/store/data-folder.ts';
import { failOnOrphans } from '../support/no-orphans.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnOrphans();

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
    await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'a.txt', text: 'The lighthouse was built in 1871 on a bare rock. Its keeper kept bees and wrote letters.' } });
    expect(await ready).toMatchObject({ state: 'ready', title: 'a.txt' });
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
    expect(answers.map(answer => (answer.ok ? 'ok' : answer.error.code))).toEqual(['storage_full', 'storage_full', 'storage_full', 'storage_full']);
  });
});

describe('closing', () => {
  test('refuses calls that come too late, whatever they ask', async () => {
    const { app, client } = open;
    const sessionId = await newSession(client);
    const closing = app.close();
    expect(await client.call('sessions.rename', { sessionId, title: 'Late' })).toMatchObject({ ok: false, error: { code: 'shutting_down', retryable: true } });
    await closing;
    expect(await client.call('sessions.list', {})).toMatchObject({ ok: false, error: { code: 'shutting_down' } });
  });
});
