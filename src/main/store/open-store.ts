import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeVerifiedBackup } from './backup-file.ts';
import type { GoodBackup } from './backups.ts';
import { backupName, listBackups, newestGoodBackup, rotateBackups } from './backups.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction, openConnection, openReadOnlyConnection } from './connection.ts';
import type { DataFolder } from './data-folder.ts';
import { dataFolder, prepareDataFolder } from './data-folder.ts';
import type { Damage } from './database-file.ts';
import { damageOf, inspectDatabaseFile, isIndexFinding, isLogMissing } from './database-file.ts';
import { privateFileMode, privateFolderMode, syncFile, syncFolder } from './durable-file.ts';
import type { FolderLock } from './folder-lock.ts';
import { lockDataFolder } from './folder-lock.ts';
import type { Migration } from './migrate.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations as allMigrations } from './migrations/all.ts';
import type { Reader } from './reader.ts';
import { createReader } from './reader.ts';
import { readRunPhase, writeRunPhase } from './run-state.ts';
import type { Store } from './store.ts';
import { createStore } from './store.ts';

/**
 * The database is damaged. Nothing was changed; the person decides, and the next `openStore` says what with `onCorruption`.
 */
export class DatabaseDamagedError extends Error {
  override readonly name = 'DatabaseDamagedError';
  readonly code = 'damaged';
  readonly damage: Damage;
  /** The newest backup that was read in full just now; null when there is none to offer. */
  readonly backup: GoodBackup | null;
  constructor(file: string, damage: Damage, backup: GoodBackup | null) {
    super(`The database ${file} is damaged (${damage.kind}: ${damage.detail}). ${backup === null
      ? 'There is no backup of it; it will be kept aside and a new one begun when you confirm.'
      : `The backup of ${new Date(backup.takenAtMs).toISOString()} can be restored; the damaged file is kept aside.`}`);
    this.damage = damage;
    this.backup = backup;
  }
}

/** What the person confirmed. `offer` confirms nothing: damage is thrown as `DatabaseDamagedError` with the offer. */
export type CorruptionChoice = 'offer' | 'restoreBackup' | 'beginAnew';

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
}

export interface Restored {
  readonly damage: Damage;
  /** Null when it was begun anew. Everything after `takenAtMs` is lost. */
  readonly backup: GoodBackup | null;
  /** Where the damaged files are kept; null when there was no file at all. */
  readonly keptAside: string | null;
}

export interface OpenedStore {
  readonly store: Store;
  /** For the jobs' repository; everything else goes through `store`. */
  readonly connection: Database;
  readonly reader: Reader;
  readonly folder: DataFolder;
  readonly report: OpenReport;
  /** A verified backup made off the main thread, then the rotation. Call it some times a day. Throws `ReaderError` when it could not be made. */
  backup(): Promise<void>;
  /** Ends the reader, backs up what changed, closes the database in order and lets go of the folder. Idempotent. */
  close(): Promise<void>;
}

/**
 * Opens the store of a data folder: lock → file there and expected → header → quick_check after an unclean exit → version →
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
      restored = replaceDamaged(folder, damage, migrations, options);
      recentChangesLost = false;
    }
  }

  writeRunPhase(folder.runState, 'opening');
  db ??= openConnection(folder.database, { mustExist: true });
  try {
    protectFiles(folder);
    const before = schemaVersion(db);
    const current = db;
    migrate(current, migrations, from => { backUpNow(current, folder, from, options.nowMs()); });
    const migratedFrom = isNew || before === schemaVersion(db) ? null : before;
    touchLog(db);
    writeRunPhase(folder.runState, 'open');
    const report: OpenReport = { isNew, uncleanExit, migratedFrom, recentChangesLost, indexesRebuilt, restored };
    return opened(folder, lock, db, report, options);
  } catch (error) {
    db.close();
    writeRunPhase(folder.runState, uncleanExit ? 'opening' : 'closed');
    throw error;
  }
}

/** Nothing here says that there ever was a database: no file, no mark of a run, no backup. */
function isFirstStart(folder: DataFolder, phase: string): boolean {
  return phase === 'none' && !existsSync(folder.database) && listBackups(folder.backups).length === 0;
}

/**
 * A new database gets its name only when it is whole, so a kill during the very first start leaves none, and an empty file
 * of that name is always damage.
 */
function makeDatabase(folder: DataFolder, migrations: readonly Migration[]): void {
  const unfinished = `${folder.database}.new`;
  removeDatabase(unfinished);
  const db = openConnection(unfinished);
  try {
    migrate(db, migrations, () => undefined);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  renameSync(unfinished, folder.database);
  syncFolder(folder.root);
}

class FoundDamage extends Error {
  readonly damage: Damage;
  constructor(damage: Damage) {
    super(damage.detail);
    this.damage = damage;
  }
}

function openChecked(folder: DataFolder, phase: string): { readonly db: Database; readonly indexesRebuilt: boolean } {
  const damage = inspectDatabaseFile(folder.database);
  if (damage !== null) throw new FoundDamage(damage);
  // Read-only first: a writer would fold the log into a file that may have to be kept aside as it is.
  const reader = openReadOnlyConnection(folder.database);
  let findings: string[] = [];
  try {
    // A database of ours is never without a schema: version 0 is a file that something else emptied.
    if (schemaVersion(reader) === 0) throw new FoundDamage({ kind: 'empty', detail: 'it holds no tables' });
    if (phase !== 'closed') findings = quickCheck(reader);
    const [worst] = findings.filter(finding => !isIndexFinding(finding));
    if (worst !== undefined) throw new FoundDamage({ kind: 'damaged', detail: worst });
  } finally {
    reader.close();
  }
  const db = openConnection(folder.database, { mustExist: true });
  if (findings.length === 0) return { db, indexesRebuilt: false };
  try {
    db.exec('REINDEX');
    const [left] = quickCheck(db);
    if (left !== undefined) throw new FoundDamage({ kind: 'damaged', detail: left });
    return { db, indexesRebuilt: true };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What is wrong with the structure, in SQLite's words; nothing when it is sound. */
function quickCheck(db: Database): string[] {
  const found = db.prepare<[], { found: string }>('SELECT quick_check AS found FROM pragma_quick_check()').all().map(row => row.found);
  return found.length === 1 && found[0] === 'ok' ? [] : found;
}

function replaceDamaged(folder: DataFolder, damage: Damage, migrations: readonly Migration[], options: OpenOptions): Restored {
  const backup = newestGoodBackup(folder.backups, migrations.at(-1)?.version ?? 0);
  const choice = options.onCorruption ?? 'offer';
  if (choice === 'offer' || (choice === 'restoreBackup' && backup === null)) throw new DatabaseDamagedError(folder.database, damage, backup);
  // Copied first and put in place last: a kill in between leaves the damaged file where it was, or aside with the backup still there.
  const ready = `${folder.database}.new`;
  removeDatabase(ready);
  if (choice === 'restoreBackup' && backup !== null) {
    copyFileSync(backup.file, ready);
    chmodSync(ready, privateFileMode);
  }
  const keptAside = keepAside(folder, options.nowMs());
  if (choice === 'beginAnew' || backup === null) {
    makeDatabase(folder, migrations);
    return { damage, backup: null, keptAside };
  }
  renameSync(ready, folder.database);
  syncFolder(folder.root);
  return { damage, backup, keptAside };
}

/** Moves the damaged database with its log into a dated folder. The log first: the file must not meet a newer log. */
function keepAside(folder: DataFolder, nowMs: number): string | null {
  const parts = ['-wal', '-shm', ''].map(suffix => `${folder.database}${suffix}`).filter(part => existsSync(part));
  if (parts.length === 0) return null;
  mkdirSync(folder.setAside, { recursive: true, mode: privateFolderMode });
  const date = new Date(nowMs).toISOString().replaceAll(':', '-');
  const taken = new Set(readdirSync(folder.setAside));
  let name = date;
  for (let again = 2; taken.has(name); again += 1) name = `${date}-${again}`;
  const kept = join(folder.setAside, name);
  mkdirSync(kept, { mode: privateFolderMode });
  for (const part of parts) renameSync(part, join(kept, basename(part)));
  syncFolder(kept);
  syncFolder(folder.root);
  return kept;
}

function opened(folder: DataFolder, lock: FolderLock, db: Database, report: OpenReport, options: OpenOptions): OpenedStore {
  const reader = createReader(options.readerEntry, folder);
  const store = createStore(db, folder);
  const changesAtOpen = totalChanges(db);
  let closing: Promise<void> | null = null;

  async function backUp(reason: 'timed' | 'close'): Promise<void> {
    const takenAtMs = options.nowMs();
    await reader.writeBackup(join(folder.backups, backupName({ reason, takenAtMs, schema: schemaVersion(db) })));
    rotateBackups(folder.backups, takenAtMs);
  }

  async function close(): Promise<void> {
    await store.staging.close();
    const needsBackup = totalChanges(db) !== changesAtOpen || report.migratedFrom !== null || listBackups(folder.backups).length === 0;
    // A backup that fails (a full disk) must not keep the database from being closed in order; the older backups stay.
    const failure = needsBackup ? await backUp('close').then(() => null, (error: unknown) => error) : null;
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
    backup: () => backUp('timed'),
    close: () => (closing ??= close()),
  };
}

function backUpNow(db: Database, folder: DataFolder, schema: number, takenAtMs: number): void {
  writeVerifiedBackup(db, join(folder.backups, backupName({ reason: 'migration', takenAtMs, schema })));
  rotateBackups(folder.backups, takenAtMs);
}

/** A first write makes the log exist, so that its absence after `open` means a loss. */
function touchLog(db: Database): void {
  inWriteTransaction(db, () => { db.pragma(`application_id = ${applicationId}`); });
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

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}
