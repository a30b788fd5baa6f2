import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { artifactGraceMs } from '../../../src/main/store/artifacts.ts';
import { listBackups } from '../../../src/main/store/backups.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import { writeRestoreRequest } from '../../../src/main/store/restore-request.ts';
import { addSession, noonMs, open, testFolder, type TestFolder } from './store-fixture.ts';

let folder: TestFolder;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  folder.remove();
});

function titles({ store }: OpenedStore): (string | null)[] {
  return store.sessions.list({ search: '', limit: 20, before: null }).sessions.map(({ title }) => title);
}

/** A data folder with a backup that holds «раньше», and «позже» made since. */
async function withBackup(): Promise<{ readonly opened: OpenedStore; readonly name: string }> {
  const opened = open(folder.root);
  addSession(opened.store, { title: 'раньше' });
  const { file } = await opened.backup('manual');
  addSession(opened.store, { title: 'позже' });
  return { opened, name: basename(file) };
}

test('puts the backup in place at the next start, with what was there kept as a backup of its own', async () => {
  const { opened, name } = await withBackup();
  writeRestoreRequest(opened.folder.restoreRequest, name);
  expect(titles(opened)).toHaveLength(2);
  await opened.close({ withBackup: false });

  const next = open(folder.root, { nowMs: noonMs + 60_000 });
  expect(next.report).toMatchObject({ isNew: false, wanted: { ok: true, takenAtMs: noonMs }, restored: null, recentChangesLost: false });
  expect(titles(next)).toEqual(['раньше']);
  const safety = listBackups(next.folder.backups).find(({ reason }) => reason === 'restore');
  writeRestoreRequest(next.folder.restoreRequest, basename(safety?.file ?? ''));
  await next.close({ withBackup: false });

  // The way back: nothing that was there is lost.
  const back = open(folder.root, { nowMs: noonMs + 120_000 });
  expect(titles(back).toSorted()).toEqual(['позже', 'раньше']);
  await back.close({ withBackup: false });
  const after = open(folder.root);
  expect(after.report.wanted).toBeNull();
  await after.close({ withBackup: false });
});

test('takes in what the log of a killed program holds before it is kept', async () => {
  const { opened, name } = await withBackup();
  writeRestoreRequest(opened.folder.restoreRequest, name);
  // As after a kill: the file and its log as they are, without a close.
  opened.connection.pragma('wal_checkpoint(PASSIVE)');
  addSession(opened.store, { title: 'в журнале' });
  await opened.reader.close();
  const killed = mkdtempSync(`${folder.root}-killed-`);
  cpSync(folder.root, killed, { recursive: true });
  await opened.close({ withBackup: false });
  const next = open(killed, { nowMs: noonMs + 60_000 });
  expect(titles(next)).toEqual(['раньше']);
  const [safety] = listBackups(next.folder.backups).filter(({ reason }) => reason === 'restore');
  const [described] = await next.reader.describeBackups({ newestKnownSchema: 9_999 });
  expect(described).toMatchObject({ name: basename(safety?.file ?? ''), contents: { chats: 3 } });
  await next.close({ withBackup: false });
  rmSync(killed, { recursive: true });
});

test('leaves all as it is when the backup is damaged, is gone or the request is no request', async () => {
  const { opened, name } = await withBackup();
  const { restoreRequest, backups } = opened.folder;
  await opened.close({ withBackup: false });
  for (const spoil of [
    () => writeRestoreRequest(restoreRequest, 'manual-1790000000000-s1.db'),
    () => writeFileSync(restoreRequest, '{"backup":"../konspekt.db"}'),
    () => {
      writeRestoreRequest(restoreRequest, name);
      writeFileSync(`${backups}/${name}`, 'not a database');
    },
  ]) {
    spoil();
    const next = open(folder.root);
    expect(next.report.wanted).not.toMatchObject({ ok: true });
    expect(titles(next)).toHaveLength(2);
    await next.close({ withBackup: false });
  }
  expect(existsSync(restoreRequest)).toBe(false);
  expect(readdirSync(folder.root).filter(each => each.includes('.new'))).toEqual([]);
});

test('a file that only a backup names outlives the garbage collection, as long as there is the backup', async () => {
  const opened = open(folder.root);
  const { store, connection } = opened;
  const { sha256, byteCount } = await store.artifacts.files.put(Buffer.from('текст'));
  store.artifacts.insert({ sha256, byteCount, mediaType: 'text/plain', atMs: noonMs });
  const { file } = await opened.backup('manual');
  connection.prepare('DELETE FROM artifact').run();
  const longAgo = new Date(noonMs - 2 * artifactGraceMs);
  utimesSync(store.artifacts.files.path(sha256), longAgo, longAgo);
  expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 0, files: 0 });
  expect(await opened.reader.describeBackups({ newestKnownSchema: 9_999 })).toMatchObject([{ contents: { missingFiles: 0 } }]);
  rmSync(file);
  expect(await store.artifacts.collectGarbage(noonMs)).toEqual({ rows: 0, files: 1 });
  await opened.close({ withBackup: false });
});
