import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolders } from '../../../src/main/app/reach/open-folders.ts';
import { createAgentReach } from '../../../src/main/app/agent-reach.ts';
import type { CallInput } from '../../../src/shared/contract/contract.ts';
import { startWebServer, type WebServer } from '../../support/documents/web-server.ts';
import { openTestApp, type TestApp } from '../../support/open-test-app.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const key = 'BSA-integration-0123456789';
let data: ReturnType<typeof tempFolder>;
let other: ReturnType<typeof tempFolder>;
let server: WebServer;
let program: TestApp;
beforeEach(async () => {
  data = tempFolder();
  other = tempFolder();
  server = await startWebServer((request, response) => {
    if (request.headers['x-subscription-token'] !== key) response.writeHead(422).end('{}');
    else response.end(JSON.stringify({ type: 'search', web: { results: [{ url: 'https://a.example/', title: 'A' }] } }));
  });
  program = openTestApp(data.path);
});
afterEach(async () => {
  await program.close();
  await server[Symbol.asyncDispose]();
  data.remove();
  other.remove();
});

async function get() {
  const result = await program.client.call('reach.get', {});
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const save = (over: Partial<CallInput<'reach.saveSearch'>> = {}) =>
  program.client.call('reach.saveSearch', {
    kind: 'brave',
    url: `${server.origin}/`,
    key: { is: 'new', value: key, acceptWeak: true },
    ...over,
  });
function everyByte(path: string): string {
  return readdirSync(path)
    .map(name => join(path, name))
    .map(file => (statSync(file).isDirectory() ? everyByte(file) : readFileSync(file).toString('latin1')))
    .join('\n');
}

describe('the search of the web', () => {
  test('is set up, tested by a worker, kept over a restart, and no file holds its key', async () => {
    expect(await get()).toMatchObject({ webSearch: null, folders: [], secrets: 'weak', hasFolderDialog: false });
    expect(await program.client.call('reach.testSearch', {})).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await save()).toMatchObject({ ok: true, value: { webSearch: { kind: 'brave', url: server.origin, hasKey: true } } });
    expect(await program.client.call('reach.testSearch', {})).toMatchObject({ ok: true, value: { count: 1, firstTitle: 'A' } });
    await program.close();
    program = openTestApp(data.path);
    expect((await get()).webSearch).toEqual({ kind: 'brave', url: server.origin, hasKey: true });
    await program.client.call('app.setPaused', { paused: true });
    expect(await program.client.call('reach.testSearch', {})).toMatchObject({ ok: true, value: { count: 1 } });
    expect(JSON.stringify(await get())).not.toContain('0123456789');
    expect(everyByte(data.path)).not.toContain('0123456789');
    expect(await program.client.call('reach.removeSearch', {})).toMatchObject({ ok: true, value: { webSearch: null } });
    expect(readFileSync(join(data.path, 'secrets.json'), 'utf8')).toBe('{"version":1,"entries":{}}');
  });

  test('what the service refuses is said with its code', async () => {
    await save({ key: { is: 'new', value: 'another', acceptWeak: true } });
    expect(await program.client.call('reach.testSearch', {})).toMatchObject({ ok: false, error: { code: 'search_unauthorized' } });
    await save({ kind: 'searxng', url: 'http://127.0.0.1:1', key: { is: 'removed' } });
    expect(await program.client.call('reach.testSearch', {})).toMatchObject({ ok: false, error: { code: 'search_network' } });
  });

  test('what cannot be is refused, and nothing is kept', async () => {
    const refused = [
      [{ url: 'not an address' }, 'not_an_address'],
      [{ url: 'file:///etc/passwd' }, 'not_http'],
      [{ url: 'http://169.254.169.254' }, 'forbidden_address'],
      [{ url: 'http://search.example.com' }, 'key_in_the_clear'],
      [{ url: 'https://me:secret@search.example.com' }, 'has_credentials'],
      [{ url: 'https://search.example.com/?q=' }, 'has_query'],
      [{ url: null, key: { is: 'removed' } }, 'key_needed'],
      [{ key: { is: 'new', value: key } }, 'secrets_weak'],
    ] as const;
    for (const [over, code] of refused) expect(await save(over), code).toMatchObject({ ok: false, error: { code } });
    expect((await get()).webSearch).toBeNull();
    await save();
    expect(await save({ url: 'https://search.example.com', key: { is: 'kept' } })).toMatchObject({
      ok: false,
      error: { code: 'key_for_another_address' },
    });
    expect((await get()).webSearch?.url).toBe(server.origin);
  });
});

describe('folders', () => {
  const grant = (path: string, mayWrite = false) => program.client.call('reach.grantFolder', { path, mayWrite });

  test('are granted by their real path, changed and taken back', async () => {
    const real = join(realpathSync(other.path), 'Notes');
    mkdirSync(real);
    symlinkSync(real, join(other.path, 'link'));
    expect(await grant(join(other.path, 'link'))).toMatchObject({ ok: true, value: { folders: [{ path: real, mayWrite: false }] } });
    expect(await grant(real, true)).toMatchObject({ ok: true, value: { folders: [{ path: real, mayWrite: true }] } });
    const [folder] = (await get()).folders;
    if (folder === undefined) throw new Error('It was granted.');
    expect(await program.client.call('reach.changeFolder', { folderId: folder.id, mayWrite: false })).toMatchObject({
      value: { folders: [{ mayWrite: false }] },
    });
    expect(await program.client.call('reach.removeFolder', { folderId: folder.id })).toMatchObject({ value: { folders: [] } });
    for (const call of ['reach.removeFolder', 'reach.changeFolder'] as const) {
      const again =
        call === 'reach.removeFolder'
          ? program.client.call(call, { folderId: folder.id })
          : program.client.call(call, { folderId: folder.id, mayWrite: true });
      expect(await again).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
  });

  test('never the disk, the home, the program itself or what is hidden', async () => {
    mkdirSync(join(other.path, '.ssh'));
    mkdirSync(join(other.path, '.config', 'app'), { recursive: true });
    const inside = join(data.path, 'artifacts');
    for (const path of [
      '/',
      homedir(),
      dirname(homedir()),
      data.path,
      dirname(data.path),
      inside,
      join(other.path, '.ssh'),
      join(other.path, '.config', 'app'),
    ])
      expect(await grant(path), path).toMatchObject({ ok: false, error: { code: 'folder_not_grantable' } });
    for (const path of ['relative', join(other.path, 'missing'), join(data.path, 'konspekt.db')])
      expect(await grant(path), path).toMatchObject({ ok: false, error: { code: 'bad_folder' } });
    expect((await get()).folders).toEqual([]);
  });

  test('where the host has a dialog, only that grants', async () => {
    await program.close();
    let picked: string | null = null;
    program = openTestApp(data.path, { chooseFolder: () => Promise.resolve(picked) });
    expect(await grant(other.path)).toMatchObject({ ok: false, error: { code: 'use_dialog' } });
    expect(await program.client.call('reach.chooseFolder', { mayWrite: false })).toMatchObject({ ok: true, value: { folders: [] } });
    picked = other.path;
    expect(await program.client.call('reach.chooseFolder', { mayWrite: false })).toMatchObject({
      value: { folders: [{ path: realpathSync(other.path) }] },
    });
  });

  test('more than fifty are too many', async () => {
    for (let at = 0; at < 50; at += 1) {
      mkdirSync(join(other.path, String(at)));
      await grant(join(other.path, String(at)));
    }
    mkdirSync(join(other.path, 'more'));
    expect(await grant(join(other.path, 'more'))).toMatchObject({ ok: false, error: { code: 'too_many_folders' } });
    expect(await grant(join(other.path, '7'), true)).toMatchObject({ ok: true });
  });
});

test('an agent is given what is set up now, and no search whose key cannot be opened', () => {
  const folders = [{ id: '01920000-0000-7000-8000-000000000001' as never, path: '/notes', mayWrite: true }];
  const reach = { webSearch: () => ({ kind: 'brave', url: 'https://s.example' }) as const, folders: () => folders };
  const given = (secrets: { has: () => boolean; read: () => string | null }) =>
    createAgentReach({ mcp: { reachOf: () => [] }, dataDir: '/data', allowedHosts: () => ['wiki.local'], reach, secrets })('assistant');
  expect(given({ has: () => true, read: () => 'k' })).toEqual({
    allowedHosts: ['wiki.local'],
    webSearch: { kind: 'brave', url: 'https://s.example', apiKey: 'k' },
    folders: [{ path: '/notes', mayWrite: true }],
    mcpServers: [],
  });
  expect(given({ has: () => true, read: () => null }).webSearch).toBeNull();
  expect(given({ has: () => false, read: () => null }).webSearch).toMatchObject({ apiKey: null });
});

test('a folder that has come to hold the program’s data since it was granted lets nobody in', ({ onTestFinished }) => {
  const made = tempFolder();
  onTestFinished(made.remove);
  const [docs, notes, data] = ['Docs', 'Notes', 'Data'].map(name => join(made.path, name));
  if (docs === undefined || notes === undefined || data === undefined) throw new Error('Three were named.');
  for (const folder of [docs, notes, data]) mkdirSync(folder);
  const reach = { folders: () => [docs, notes].map(path => ({ id: path as never, path, mayWrite: true })) };
  expect(openFolders(reach, data).map(({ path }) => path)).toEqual([docs, notes]);
  // The data lies in it now, or is reached through a link in its place.
  mkdirSync(join(docs, 'Konspekt'));
  expect(openFolders(reach, join(docs, 'Konspekt')).map(({ path }) => path)).toEqual([notes]);
  rmSync(notes, { recursive: true });
  symlinkSync(data, notes);
  expect(openFolders(reach, data).map(({ path }) => path)).toEqual([docs]);
});
