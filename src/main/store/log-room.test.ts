import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { Database } from './connection.ts';
import { openConnection } from './connection.ts';
import { logRoomBytes, makeLogRoom } from './log-room.ts';

let folder: ReturnType<typeof tempFolder>;
let db: Database;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  db.exec('CREATE TABLE word (text TEXT NOT NULL) STRICT');
});
afterEach(() => {
  db.close();
  folder.remove();
});

const write = (text: string): void => {
  db.prepare('INSERT INTO word VALUES (?)').run(text);
};
const logBytes = (): number => statSync(`${db.name}-wal`).size;

/** What a power loss would leave: the files as they are, opened by another. */
function readAsLeft(): unknown[] {
  const left = join(folder.path, 'left.db');
  for (const end of ['', '-wal']) copyFileSync(db.name + end, left + end);
  const other = openConnection(left, { mustExist: true });
  try {
    expect(other.pragma('integrity_check', { simple: true })).toBe('ok');
    return other.prepare('SELECT text FROM word').pluck().all();
  } finally {
    other.close();
  }
}

test('what was committed before and after stands in a log with room, whoever reads it', () => {
  write('before');
  makeLogRoom(db);
  expect(logBytes()).toBe(logRoomBytes);
  expect(readAsLeft()).toEqual(['before']);
  write('after');
  expect(logBytes()).toBe(logRoomBytes);
  expect(readAsLeft()).toEqual(['before', 'after']);
});

test('the room stays when the log begins again', () => {
  makeLogRoom(db);
  write('old');
  db.pragma('wal_checkpoint(RESTART)');
  write('new');
  expect(logBytes()).toBe(logRoomBytes);
  expect(readAsLeft()).toEqual(['old', 'new']);
});

test('a log that is longer already is left alone', () => {
  db.prepare('INSERT INTO word VALUES (?)').run('x'.repeat(logRoomBytes));
  const before = logBytes();
  makeLogRoom(db);
  expect(logBytes()).toBe(before);
});

test('inside another transaction nothing is written that it does not hold', () => {
  db.exec('BEGIN IMMEDIATE');
  write('undone');
  makeLogRoom(db);
  db.exec('ROLLBACK');
  write('stands');
  expect(readAsLeft()).toEqual(['stands']);
});
