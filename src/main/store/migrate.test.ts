import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from './connection.ts';
import { openConnection } from './connection.ts';
import type { Migration } from './migrate.ts';
import { migrate, MigrationError, SchemaFromFutureError, schemaVersion } from './migrate.ts';

let folder: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-migrate-'));
  db = openConnection(join(folder, 'a.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const first: Migration = {
  version: 10,
  name: 'first',
  up: on => {
    on.exec('CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT');
  },
};
const second: Migration = {
  version: 20,
  name: 'second',
  up: on => {
    on.exec('CREATE TABLE b (a_id INTEGER REFERENCES a (id)) STRICT');
  },
};
const noBackup = (): void => {
  throw new Error('no backup was expected');
};

test('a new database gets every migration and needs no backup', () => {
  expect(migrate(db, [first, second], noBackup)).toBe(20);
  expect(schemaVersion(db)).toBe(20);
  expect(migrate(db, [first, second], noBackup)).toBe(20);
});

test('a database with content is backed up once, before the first change', () => {
  migrate(db, [first], noBackup);
  const seen: number[] = [];
  migrate(db, [first, second], from => {
    seen.push(from, schemaVersion(db));
  });
  expect(seen).toEqual([10, 10]);
});

test('a failed backup stops the migration', () => {
  migrate(db, [first], noBackup);
  expect(() =>
    migrate(db, [first, second], () => {
      throw new Error('disk full');
    }),
  ).toThrow('disk full');
  expect(schemaVersion(db)).toBe(10);
});

test('a failing migration leaves its predecessor whole', () => {
  const failing: Migration = {
    version: 30,
    name: 'third',
    up: on => {
      on.exec('DROP TABLE b');
      throw new Error('half way');
    },
  };
  expect(() => migrate(db, [first, second, failing], noBackup)).toThrow(MigrationError);
  expect(schemaVersion(db)).toBe(20);
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'b'").pluck().get()).toBe('b');
});

test('rows that point nowhere stop a migration even when it defers the check', () => {
  const dangling: Migration = {
    version: 30,
    name: 'third',
    up: on => {
      on.exec('PRAGMA defer_foreign_keys = ON; INSERT INTO b VALUES (7)');
    },
  };
  expect(() => migrate(db, [first, second, dangling], noBackup)).toThrow(/point nowhere/u);
  expect(schemaVersion(db)).toBe(20);
});

test('a newer schema is refused with the cure', () => {
  db.pragma('user_version = 90');
  expect(() => migrate(db, [first], noBackup)).toThrow(SchemaFromFutureError);
  expect(() => migrate(db, [first], noBackup)).toThrow('Update the app.');
  expect(schemaVersion(db)).toBe(90);
});

test('versions must increase', () => {
  expect(() => migrate(db, [second, first], noBackup)).toThrow(/does not follow 20/u);
  expect(() => migrate(db, [first, first], noBackup)).toThrow(/does not follow 10/u);
});
