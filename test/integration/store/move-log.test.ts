import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexSnapshot } from '../../../src/main/store/index-snapshot.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import type { Reader } from '../../../src/main/store/reader.ts';
import { addSession, addSnapshot, open, snapshotOf, testFolder, type TestFolder } from './store-fixture.ts';

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

/** Pages in the log, and how many of them are in the database file by now. Moves none itself. */
function logPages(): { log: number; checkpointed: number } {
  const [row] = opened.connection.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  if (row === undefined) throw new Error('SQLite told nothing about its log.');
  return row;
}

test('the reader thread moves the log into the file, and the next commit begins the log anew', async () => {
  addSession(opened.store);
  const before = logPages();
  expect(before.checkpointed).toBe(0);
  await opened.reader.moveLog();
  expect(logPages()).toEqual({ ...before, checkpointed: before.log });
  const session = addSession(opened.store);
  expect(logPages().log).toBeLessThanOrEqual(before.log);
  expect(opened.store.sessions.get(session)).not.toBeNull();
});

test('a book is put into the index though its log could not be moved, and it is asked for again', async () => {
  const snapshot = snapshotOf(Array.from({ length: 300 }, (_, n) => `Глава ${n}. ${'Обычное предложение без особых слов. '.repeat(20)}`));
  await addSnapshot(opened.store, snapshot);
  let moves = 0;
  const reader: Reader = {
    ...opened.reader,
    moveLog: () => {
      moves += 1;
      return moves === 1 ? Promise.reject(new Error('disk full')) : opened.reader.moveLog();
    },
  };
  await indexSnapshot({ snapshots: opened.store.snapshots, passages: opened.store.passages, reader }, snapshot.hash);
  expect(opened.store.snapshots.isIndexed(snapshot.hash)).toBe(true);
  expect(moves).toBeGreaterThan(1);
});
