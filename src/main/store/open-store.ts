import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeVerifiedBackup } from './backup-file.ts';
import type { Backup } from './backups.ts';
import { backupName, listBackups, rotateBackups } from './backups.ts';
import { FoundDamage, openChecked } from './checked-open.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction, keepUndoInMemory, openConnection } from './connection.ts';
import type { CorruptionChoice, Restored } from './damaged-database.ts';
import { replaceDamaged } from './damaged-database.ts';
import type { DataFolder } from './data-folder.ts';
import { dataFolder, prepareDataFolder } from './data-folder.ts';
import { damageOf, isLogMissing } from './database-file.ts';
import { privateFileMode, syncFile } from './durable-file.ts';
import type { FolderLock } from './folder-lock.ts';
import { lockDataFolder } from './folder-lock.ts';
import { makeLogRoom } from './log-room.ts';
import type { Migration } from './migrate.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations as allMigrations } from './migrations/all.ts';
import { makeDatabase } from './new-database.ts';
import type { Reader } from './reader.ts';
import { createReader } from './reader.ts';
import type { RunPhase } from './run-state.ts';
import { readRunPhase, writeRunPhase } from './run-state.ts';
import type { Store } from './store.ts';
import { createStore } from './store.ts';
import type { WantedRestore } from './wanted-restore.ts';
import { carryOutRestore } from './wanted-restore.ts';

export { DatabaseDamagedError } from './damaged-database.ts';
export type { CorruptionChoice } from './damaged-database.ts';

export interface OpenOptions {
  /** The data folder's path; made when missing. */
  readonly root: string;
  readonly nowMs: () => number;
  /** Entry of the reader thread: the bundled `out/main/reader.js`. */
  readonly readerEntry: URL;
  readonly onCorruption?: CorruptionChoice;
  readonly migrations?: readonly Migration[];
}

/** What happened at opening that the person may have to know. */
export interface OpenReport {
  readonly isNew: boolean;
  /** The program was killed or the power went. */
  readonly uncleanExit: boolean;
  readonly migratedFrom: number | null;
  /** The log with the last committed changes was gone; what it held since the last checkpoint is lost. */
  readonly recentChangesLost: boolean;
  /** Indexes were damaged and built again from the rows; nothing is lost. */
  readonly indexesRebuilt: boolean;
  readonly restored: Restored | null;
  /** What came of the restore that the person asked for in the run before; null when they asked for none. */
  readonly wanted: WantedRestore | null;
}

export interface OpenedStore {
  readonly store: Store;
  /** For the jobs' repository; everything else goes through `store`. */
  readonly connection: Database;
  readonly reader: Reader;
  readonly folder: DataFolder;
  readonly report: OpenReport;
  /** A verified backup made off the main thread, then the rotation. Throws `ReaderError` when it could not be made. */
  backup(reason: 'timed' | 'manual'): Promise<Backup>;
  /**
   * Ends the reader, backs up what changed unless `withBackup` is false, closes the database in order and lets go of the
   * folder. Idempotent.
   */
  close(options?: { readonly withBackup: boolean }): Promise<void>;
}

/**
 * Opens the store of a data folder: lock → the restore that was asked for → file there and expected → header → quick_check after an unclean exit → version →
 * verified backup → migrate. Throws `DataFolderUnwritableError`, `DataFolderBusyError`, `DatabaseDamagedError`,
 * `SchemaFromFutureError`, `MigrationError` or `BackupFailedError`; then nothing is held and no data was changed.
 */
export function openStore(options: OpenOptions): OpenedStore {
  const folder = dataFolder(options.root);
  prepareDataFolder(folder);
  const lock = lockDataFolder(folder);
  try {
    return openLocked(folder, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openLocked(folder: DataFolder, lock: FolderLock, options: OpenOptions): OpenedStore {
  const migrations = options.migrations ?? allMigrations;
  const wanted = carryOutRestore(folder, { newestKnownSchema: migrations.at(-1)?.version ?? 0, nowMs: options.nowMs() });
  const phase = readRunPhase(folder.runState);
  const isNew = isFirstStart(folder, phase);
  const uncleanExit = !isNew && phase !== 'closed' && phase !== 'none';
  let restored: Restored | null = null;
  let recentChangesLost = false;
  let indexesRebuilt = false;
  let db: Database | null = null;

  if (isNew) {
    makeDatabase(folder, migrations);
  } else {
    recentChangesLost = isLogMissing(folder.database, phase);
    try {
      ({ db, indexesRebuilt } = openChecked(folder, phase));
    } catch (error) {
      const damage = error instanceof FoundDamage ? error.damage : damageOf(error);
      if (damage === null) throw error;
      restored = replaceDamaged(folder, damage, migrations, { choice: options.onCorruption ?? 'offer', nowMs: options.nowMs() });
      recentChangesLost = false;
    }
  }

  writeRunPhase(folder.runState, 'opening');
  db ??= openConnection(folder.database, { mustExist: true });
  try {
    protectFiles(folder);
    const before = schemaVersion(db);
    const current = db;
    migrate(current, migrations, from => {
      backUpNow(current, folder, from, options.nowMs());
    });
    const migratedFrom = isNew || before === schemaVersion(db) ? null : before;
    touchLog(db);
    makeLogRoom(db);
    keepUndoInMemory(db);
    writeRunPhase(folder.runState, 'open');
    const report: OpenReport = { isNew, uncleanExit, migratedFrom, recentChangesLost, indexesRebuilt, restored, wanted };
    return opened(folder, lock, db, report, options);
  } catch (error) {
    db.close();
    writeRunPhase(folder.runState, uncleanExit ? 'opening' : 'closed');
    throw error;
  }
}

/** Nothing here says that there ever was a database: no file, no mark of a run, no backup. */
function isFirstStart(folder: DataFolder, phase: RunPhase | 'none'): boolean {
  return phase === 'none' && !existsSync(folder.database) && listBackups(folder.backups).length === 0;
}

function opened(folder: DataFolder, lock: FolderLock, db: Database, report: OpenReport, options: OpenOptions): OpenedStore {
  const reader = createReader(options.readerEntry, folder);
  const store = createStore(db, folder);
  const changesAtOpen = totalChanges(db);
  let closing: Promise<void> | null = null;

  async function backUp(reason: 'timed' | 'close' | 'manual'): Promise<Backup> {
    const takenAtMs = options.nowMs();
    const schema = schemaVersion(db);
    const file = join(folder.backups, backupName({ reason, takenAtMs, schema }));
    await reader.writeBackup(file);
    rotateBackups(folder.backups, takenAtMs);
    return { file, reason, takenAtMs, schema };
  }

  async function close({ withBackup }: { readonly withBackup: boolean }): Promise<void> {
    await store.staging.close();
    const needsBackup =
      withBackup && (totalChanges(db) !== changesAtOpen || report.migratedFrom !== null || listBackups(folder.backups).length === 0);
    // A backup that fails (a full disk) must not keep the database from being closed in order; the older backups stay.
    const failure = needsBackup ? await backUp('close').then(() => null, asError) : null;
    await reader.close();
    try {
      writeRunPhase(folder.runState, 'closing');
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
      await syncFile(folder.database);
      writeRunPhase(folder.runState, 'closed');
    } finally {
      db.close();
      lock.release();
    }
    if (failure !== null) throw failure;
  }

  return {
    store,
    connection: db,
    reader,
    folder,
    report,
    backup: backUp,
    close: (closeOptions = { withBackup: true }) => (closing ??= close(closeOptions)),
  };
}

function backUpNow(db: Database, folder: DataFolder, schema: number, takenAtMs: number): void {
  writeVerifiedBackup(db, join(folder.backups, backupName({ reason: 'migration', takenAtMs, schema })));
  rotateBackups(folder.backups, takenAtMs);
}

/** A first write makes the log exist, so that its absence after `open` means a loss. */
function touchLog(db: Database): void {
  inWriteTransaction(db, () => {
    db.pragma(`application_id = ${applicationId}`);
  });
}

/** Written into the header of our databases ("Knsp"), so that `file` and SQLite's tools can tell them apart. */
const applicationId = 0x4b6e7370;

function totalChanges(db: Database): number {
  return db.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
}

/** SECURITY: SQLite makes its files with the process's umask; the person's text is for the person alone. */
function protectFiles(folder: DataFolder): void {
  if (process.platform === 'win32') return;
  for (const file of [folder.database, `${folder.database}-wal`, `${folder.database}-shm`, folder.lock]) {
    if (existsSync(file)) chmodSync(file, privateFileMode);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
