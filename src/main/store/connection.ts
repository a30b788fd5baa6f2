import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { preparingOnce } from './prepare-once.ts';

export type { Database } from 'better-sqlite3';

/**
 * One process writes; only a foreign program (a backup tool, a scanner) can hold the lock. SQLite waits with the event
 * loop stopped, so the wait is what a window may stand still without looking frozen; the engine tries again by itself.
 */
const busyTimeoutMs = 250;

/**
 * Each pragma with the value that must be read back. SQLite ignores a pragma it does not like without a word, so a
 * setting is true only once it was read.
 */
const sharedPragmas = [
  { name: 'foreign_keys', value: 'ON', readBack: 1 },
  /** SECURITY: a database file from elsewhere cannot run functions from its views, triggers or defaults. */
  { name: 'trusted_schema', value: 'OFF', readBack: 0 },
  /** Corruption is reported where it is met instead of being read as data. */
  { name: 'cell_size_check', value: 'ON', readBack: 1 },
  { name: 'busy_timeout', value: String(busyTimeoutMs), readBack: busyTimeoutMs },
] as const;

/**
 * Pages in the log at which the commit that made them also moves them into the database and syncs both: 16 MB, some tens of
 * milliseconds with the event loop stopped. The reader thread moves them long before (`moveLog`); this bounds the log when it is
 * busy with a backup or cannot write.
 */
const logPagesLimit = 4_000;

const writerPragmas = [
  { name: 'journal_mode', value: 'WAL', readBack: 'wal' },
  /** What was acknowledged survives a power loss: every commit is synced. 2 is FULL. */
  { name: 'synchronous', value: 'FULL', readBack: 2 },
  /** On macOS plain fsync leaves data in the drive's cache; elsewhere these two change nothing. */
  { name: 'fullfsync', value: 'ON', readBack: 1 },
  { name: 'checkpoint_fullfsync', value: 'ON', readBack: 1 },
  { name: 'wal_autocheckpoint', value: String(logPagesLimit), readBack: logPagesLimit },
  ...sharedPragmas,
] as const;

/** The only writer's connection. `mustExist` refuses to create a file, for a path where one is expected. Throws with a sentence when a setting did not hold. */
export function openConnection(file: string, options: { readonly mustExist?: boolean } = {}): Database {
  const db = new SqliteDatabase(file, { timeout: busyTimeoutMs, fileMustExist: options.mustExist ?? false });
  return withPragmas(db, file, writerPragmas);
}

/**
 * 32 MB of pages instead of 2: the inner pages of the index of words, of passages and of vectors stay when a million passages are searched, so
 * that a row takes one read of the disk and not four.
 */
const readerCacheKib = 32_768;
const readerPragmas = [{ name: 'cache_size', value: String(-readerCacheKib), readBack: -readerCacheKib }, ...sharedPragmas] as const;

/** For heavy reads beside the writer; a write through it is refused by SQLite. */
export function openReadOnlyConnection(file: string): Database {
  const db = new SqliteDatabase(file, { timeout: busyTimeoutMs, readonly: true, fileMustExist: true });
  return withPragmas(db, file, readerPragmas);
}

/**
 * Moves what the log holds into the database file, from a thread beside the writer's: the syncs of it take a disk tens of
 * milliseconds. Nothing is written that was not committed, and nobody is kept waiting: the writer appends meanwhile, and what a
 * reader still needs stays for the next time (https://sqlite.org/c3ref/wal_checkpoint_v2.html, SQLITE_CHECKPOINT_PASSIVE).
 */
export function moveLog(db: Database): void {
  db.pragma('wal_checkpoint(PASSIVE)');
}

/**
 * From now on what a statement needs to be undone alone stays in memory. A statement of many rows that may fail at one of them (a turn's claims, its
 * ends) keeps the pages it changes beside the log, and beyond 64 kB SQLite writes them to a file: measured with 115 jobs a turn, half
 * of all writes and 3 of 7 µs that a job takes in the system. Sorts stay in memory, too, so this comes after migrations, which sort whole tables
 * (https://sqlite.org/pragma.html#pragma_temp_store).
 */
export function keepUndoInMemory(db: Database): void {
  db.pragma('temp_store = MEMORY');
}

function withPragmas(db: Database, file: string, pragmas: readonly { name: string; value: string; readBack: string | number }[]): Database {
  try {
    for (const { name, value, readBack } of pragmas) {
      db.pragma(`${name} = ${value}`);
      const found: unknown = db.pragma(name, { simple: true });
      if (found !== readBack)
        throw new Error(
          `${file}: PRAGMA ${name} is ${String(found)} and not ${readBack}; the file system may not support it. Move the data folder to a local disk.`,
        );
    }
    return preparingOnce(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What a write transaction may return: anything but a promise, since the commit does not wait for one. */
export type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

/** What `work` returns, run by a transaction that was prepared once for works of every type. */
export function resultOf<T>(begin: (work: () => void) => unknown, work: () => T): T {
  let result: { readonly value: T } | undefined;
  begin(() => {
    result = { value: work() };
  });
  if (result === undefined) throw new Error('A transaction returned without having run its work.');
  return result.value;
}

/**
 * Runs `work` in one write transaction: committed when it returns, rolled back when it throws. The write lock is taken
 * at once (`BEGIN IMMEDIATE`), so nothing read inside can change before it is written. Inside another write transaction
 * it becomes a savepoint: a throw undoes this part and the outer one decides for itself.
 */
export function inWriteTransaction<T>(db: Database, work: () => Synchronous<T>): T {
  return db
    .transaction((): T => {
      const result: T = work();
      if (isThenable(result))
        throw new TypeError('The work of a write transaction returned a promise. Await it before the transaction and pass in the value.');
      return result;
    })
    .immediate();
}

/**
 * Like `inWriteTransaction`, but its commit does not wait for the disk: a power loss may undo it as long as no ordinary commit
 * has followed, which syncs the whole log. Committed work is never undone out of order and the database stays sound (write-ahead
 * log, synchronous NORMAL: https://sqlite.org/pragma.html#pragma_synchronous). For work that is found missing and done again.
 * Inside another transaction it is a part of that one and as durable.
 */
export function inUnsyncedTransaction<T>(db: Database, work: () => Synchronous<T>): T {
  if (db.inTransaction) return inWriteTransaction(db, work);
  db.pragma('synchronous = NORMAL');
  try {
    return inWriteTransaction(db, work);
  } finally {
    db.pragma('synchronous = FULL');
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
