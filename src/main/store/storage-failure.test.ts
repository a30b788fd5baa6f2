import SqliteDatabase from 'better-sqlite3';
import { expect, test } from 'vitest';
import { storageFailure } from './storage-failure.ts';

test.each([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_WRITE', 'full'],
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_READONLY_DBMOVED', 'read_only'],
  ['SQLITE_IOERR_FSYNC', 'read_only'],
  ['SQLITE_CANTOPEN', 'read_only'],
  ['SQLITE_BUSY', 'read_only'],
  ['SQLITE_CONSTRAINT_UNIQUE', null],
  ['SQLITE_CORRUPT', null],
  ['SQLITE_ERROR', null],
] as const)('%s means %s', (code, state) => {
  expect(storageFailure(new SqliteDatabase.SqliteError('message', code))).toBe(state);
});

test('an error that is not of SQLite says nothing about storage', () => {
  expect([storageFailure(new Error('SQLITE_FULL')), storageFailure('SQLITE_FULL')]).toEqual([null, null]);
});
