// A folder that is kept up to date, with the whole program, a real database and real workers.
import { mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/shared/contract/client.ts';
import type { AutoExports } from '../../src/shared/contract/auto-exports.ts';
import type { SessionId } from '../../src/shared/domain/ids.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { openTestApp, type TestApp } from '../support/open-test-app.ts';
import { value } from '../support/program/running-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

failOnLeaks();

let open: TestApp;
let vault: string;
beforeEach(({ onTestFinished }) => {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  vault = join(realpathSync(folder.path), 'vault');
  mkdirSync(vault);
  open = openTestApp(join(folder.path, 'data'));
  onTestFinished(() => open.close());
});

const report = [
  'Насос в подвале шумит по вечерам и мешает соседям. Глеб снял с него фильтр и нашёл в нём песок.',
  'Решили заменить фильтр до пятницы. Анна закажет новый фильтр и два уплотнения.',
  'Трубы лежат на складе с марта 2024 года. Их семьдесят две, каждая по три метра длиной.',
].join('\n\n');

/** Resolves with the first state of the folders that is as wanted. */
function told(client: Client, isIt: (all: AutoExports) => boolean): Promise<AutoExports> {
  return new Promise(resolve => {
    const stop = client.onEvent('autoExports.changed', all => {
      if (!isIt(all)) return;
      stop();
      resolve(all);
    });
  });
}

async function addText(client: Client, sessionId: SessionId): Promise<void> {
  const ready = new Promise<void>(resolve => {
    const stop = client.onEvent('documents.changed', ({ documents }) => {
      if (!documents.some(({ state }) => state === 'ready')) return;
      stop();
      resolve();
    });
  });
  value(await client.call('documents.add', { sessionId, requestKey: randomUUID(), from: { kind: 'text', name: 'Отчёт', text: report } }));
  await ready;
}

test('a finished synopsis arrives by itself, and what the person does with its file counts', async () => {
  const { client } = open;
  const added = value(await client.call('autoExports.add', { path: vault, mode: 'mirror' }));
  const [folder] = added.folders;
  expect(added).toMatchObject({ hasFolderDialog: false, folders: [{ path: vault, mode: 'mirror', fileCount: 0, last: null }] });
  if (folder === undefined) throw new Error('No folder was added.');

  const session = value(await client.call('sessions.create', { requestKey: randomUUID() }));
  const sessionId = session.id;
  await addText(client, sessionId);
  const written = told(client, ({ folders }) => folders[0]?.fileCount === 1 && folders[0].last !== null);
  const { version } = value(await client.call('synopses.request', { sessionId, requestKey: randomUUID() }));
  expect((await written).folders[0]).toMatchObject({ last: { errorCode: null }, edited: { count: 0 }, deleted: { count: 0 } });
  const [name, ...more] = readdirSync(vault);
  if (name === undefined) throw new Error('Nothing was written.');
  expect(more).toEqual([]);
  const markdown = readFileSync(join(vault, name), 'utf8');
  expect(markdown.startsWith(`---\nid: "${version.synopsisId}"\ntitle: `)).toBe(true);
  expect(markdown).toMatch(/^created: \d{4}-\d\d-\d\d$/mu);
  expect(markdown).toMatch(/^\[\^1\]: /mu);

  const run = async (isIt: Parameters<typeof told>[1], restore = false) => {
    const ended = told(client, isIt);
    value(await client.call('autoExports.run', { folderId: folder.id, restore }));
    return (await ended).folders[0];
  };
  writeFileSync(join(vault, name), `${markdown}\nМоё.\n`);
  expect((await run(({ folders }) => folders[0]?.edited.count === 1))?.edited.names).toEqual([name]);
  expect(readFileSync(join(vault, name), 'utf8')).toContain('Моё.');

  rmSync(join(vault, name));
  expect((await run(({ folders }) => folders[0]?.deleted.count === 1))?.deleted.names).toEqual([name]);
  expect(readdirSync(vault)).toEqual([]);
  await run(({ folders }) => folders[0]?.fileCount === 1, true);
  expect(readFileSync(join(vault, name), 'utf8')).toBe(markdown);

  rmSync(vault, { recursive: true });
  const gone = told(client, ({ folders }) => folders[0]?.last?.errorCode === 'folder_gone');
  expect(await client.call('autoExports.run', { folderId: folder.id })).toMatchObject({ ok: false, error: { code: 'folder_gone' } });
  expect((await gone).folders[0]?.fileCount).toBe(1);

  expect(value(await client.call('autoExports.remove', { folderId: folder.id })).folders).toEqual([]);
});

test('the whole disk, a hidden folder and a folder that is not there are refused', async () => {
  const { client } = open;
  for (const [path, code] of [
    ['/', 'folder_not_for_export'],
    [join(vault, 'none'), 'bad_folder'],
    ['relative', 'bad_folder'],
  ] as const)
    expect(await client.call('autoExports.add', { path, mode: 'append' })).toMatchObject({ ok: false, error: { code } });
});
