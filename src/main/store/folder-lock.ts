import { readFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from './connection.ts';
import type { DataFolder } from './data-folder.ts';
import { DataFolderUnwritableError } from './data-folder.ts';

/** Another program, most likely a second start of this one, has the data folder. */
export class DataFolderBusyError extends Error {
  override readonly name = 'DataFolderBusyError';
  readonly code = 'busy';
  readonly folder: string;
  /** What the holder wrote about itself into `control.json`; null when there is nothing readable. Not checked: treat it as a hint. */
  readonly holder: unknown;
  constructor(folder: string, holder: unknown) {
    super(`The data folder ${folder} is in use by another Konspekt. Switch to it, or close it first.`);
    this.folder = folder;
    this.holder = holder;
  }
}

/**
 * Keeps held locks reachable: a connection that nothing refers to is closed by the garbage collector, and the lock would
 * silently be gone with it while the program still runs.
 */
const held = new Set<Database>();

export interface FolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process alone. The lock is SQLite's own write lock on a file of its own, so the
 * operating system lets go of it when the process dies, however it dies, and no stale lock is ever left. It is the
 * reserved lock, not the exclusive one: on its way to either a connection is a reader for a moment, and an exclusive lock
 * is refused while there is a reader, so that of two programs started at once both would leave. Throws
 * `DataFolderBusyError`.
 */
export function lockDataFolder(folder: DataFolder): FolderLock {
  const db = openLock(folder);
  try {
    db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    db.close();
    if (isBusy(error)) throw new DataFolderBusyError(folder.root, readHolder(folder.control));
    throw new DataFolderUnwritableError(folder.root, error);
  }
  held.add(db);
  return {
    release() {
      held.delete(db);
      db.close();
    },
  };
}

function openLock(folder: DataFolder): Database {
  try {
    return new SqliteDatabase(folder.lock, { timeout: 0 });
  } catch (error) {
    throw new DataFolderUnwritableError(folder.root, error);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED'));
}

function readHolder(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
