import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inUnsyncedTransaction, inWriteTransaction, openConnection, openReadOnlyConnection } from './connection.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-connection-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('openConnection', () => {
  test('has every durability setting', () => {
    const db = openConnection(join(folder, 'a.db'));
    const read = (name: string): unknown => db.pragma(name, { simple: true });
    const names = [
      'journal_mode',
      'synchronous',
      'fullfsync',
      'checkpoint_fullfsync',
      'foreign_keys',
      'trusted_schema',
      'cell_size_check',
      'busy_timeout',
    ];
    expect(names.map(read)).toEqual(['wal', 2, 1, 1, 1, 0, 1, 250]);
    db.close();
  });

  test('refuses a database that cannot have a write-ahead log', () => {
    expect(() => openConnection(':memory:')).toThrow(/PRAGMA journal_mode is memory and not wal/u);
  });

  test('does not create a file that must exist', () => {
    expect(() => openConnection(join(folder, 'absent.db'), { mustExist: true })).toThrow('unable to open database file');
  });

  test('a read-only connection cannot write', () => {
    const file = join(folder, 'a.db');
    const db = openConnection(file);
    db.exec('CREATE TABLE t (a INTEGER) STRICT');
    const reader = openReadOnlyConnection(file);
    expect(() => reader.exec('INSERT INTO t VALUES (1)')).toThrow(/readonly/u);
    reader.close();
    db.close();
  });
});

describe('inWriteTransaction', () => {
  test('commits what returned, undoes what threw, and a nested throw undoes only itself', () => {
    const db = openConnection(join(folder, 'a.db'));
    db.exec('CREATE TABLE t (a INTEGER) STRICT');
    const insert = db.prepare<[number]>('INSERT INTO t VALUES (?)');
    const failing = (value: number): never => {
      insert.run(value);
      throw new Error('no');
    };
    expect(() => inWriteTransaction(db, () => failing(1))).toThrow('no');
    inWriteTransaction(db, () => {
      insert.run(2);
      expect(() => inWriteTransaction(db, () => failing(3))).toThrow('no');
      insert.run(4);
    });
    expect(db.prepare('SELECT a FROM t').pluck().all()).toEqual([2, 4]);
    db.close();
  });

  test('refuses a promise by type and at run time', () => {
    const db = openConnection(join(folder, 'a.db'));
    db.exec('CREATE TABLE t (a INTEGER) STRICT');
    const insert = async (): Promise<void> => {
      db.exec('INSERT INTO t VALUES (1)');
    };
    // @ts-expect-error an asynchronous function has no place in a transaction
    const work = (): unknown => inWriteTransaction(db, insert);
    expect(work).toThrow(/returned a promise/u);
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0);
    db.close();
  });
});

describe('inUnsyncedTransaction', () => {
  test('commits without a sync of its own and leaves the setting as it was, also when the work throws', () => {
    const db = openConnection(join(folder, 'a.db'));
    db.exec('CREATE TABLE t (a INTEGER) STRICT');
    const synchronous = (): unknown => db.pragma('synchronous', { simple: true });
    const during = inUnsyncedTransaction(db, () => {
      db.exec('INSERT INTO t VALUES (1)');
      return synchronous();
    });
    const failing = (): never => {
      db.exec('INSERT INTO t VALUES (2)');
      throw new Error('no');
    };
    expect(() => inUnsyncedTransaction(db, failing)).toThrow('no');
    expect([during, synchronous()]).toEqual([1, 2]);
    expect(db.prepare('SELECT a FROM t').pluck().all()).toEqual([1]);
    db.close();
  });

  test('inside another transaction it is a part of that one, synced with it', () => {
    const db = openConnection(join(folder, 'a.db'));
    db.exec('CREATE TABLE t (a INTEGER) STRICT');
    const during = inWriteTransaction(db, () =>
      inUnsyncedTransaction(db, () => {
        db.exec('INSERT INTO t VALUES (1)');
        return db.pragma('synchronous', { simple: true });
      }),
    );
    expect(during).toBe(2);
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(1);
    db.close();
  });
});
