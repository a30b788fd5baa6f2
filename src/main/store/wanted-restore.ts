import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkDatabaseFile, writeVerifiedBackup } from './backup-file.ts';
import { backupName, listBackups, rotateBackups, type Backup } from './backups.ts';
import { openChecked } from './checked-open.ts';
import type { DataFolder } from './data-folder.ts';
import { privateFileMode, syncFileNow, syncFolder } from './durable-file.ts';
import { schemaVersion } from './migrate.ts';
import { removeDatabase, unfinishedDatabase } from './new-database.ts';
import { readRestoreRequest, removeRestoreRequest } from './restore-request.ts';
import { readRunPhase, writeRunPhase } from './run-state.ts';

/** `safety` holds what was there before. A backup that cannot be put back changes nothing. */
export type WantedRestore = { readonly ok: true; readonly takenAtMs: number; readonly safety: string | null } | { readonly ok: false };

interface WantedRestoreParams {
  readonly newestKnownSchema: number;
  readonly nowMs: number;
}

/**
 * Carries out what the person asked for in the run before, under the folder's lock and before anything reads the database;
 * null when they asked for nothing. The order makes a kill at any point harmless: the request goes last, so what was not
 * finished is done again, and the database's name always has a whole database.
 */
export function carryOutRestore(folder: DataFolder, params: WantedRestoreParams): WantedRestore | null {
  const wanted = readRestoreRequest(folder.restoreRequest);
  if (wanted === null) return null;
  const backup = listBackups(folder.backups).find(({ file }) => basename(file) === wanted);
  const done = backup === undefined ? { ok: false as const } : replaceBy(backup, folder, params);
  removeRestoreRequest(folder.restoreRequest);
  return done;
}

function replaceBy(backup: Backup, folder: DataFolder, { newestKnownSchema, nowMs }: WantedRestoreParams): WantedRestore {
  const ready = unfinishedDatabase(folder);
  try {
    removeDatabase(ready);
    copyFileSync(backup.file, ready);
    chmodSync(ready, privateFileMode);
    syncFileNow(ready);
    // The copy and not the backup: a disk may give back other bytes than it was given.
    const verdict = checkDatabaseFile(ready);
    if (!verdict.ok || verdict.schema !== backup.schema || verdict.schema > newestKnownSchema) throw new Error('It cannot be used.');
    const safety = keepPresent(folder, nowMs);
    renameSync(ready, folder.database);
    syncFolder(folder.root);
    writeRunPhase(folder.runState, 'closed');
    // Once it is in place: until then the rotation might take the very backup that is wanted.
    rotateBackups(folder.backups, nowMs);
    return { ok: true, takenAtMs: backup.takenAtMs, safety };
  } catch {
    // A full disk, a damaged backup, a damaged database: what is there stays, and opening says what is wrong with it.
    removeDatabase(ready);
    return { ok: false };
  }
}

/**
 * A verified backup of what is there now, all of which is then in the one file: the restored one must not meet a log that is
 * not its own. Null when there is no database. Throws when none can be made; then nothing was removed.
 */
function keepPresent(folder: DataFolder, nowMs: number): string | null {
  if (!existsSync(folder.database)) return null;
  // Throws for a damaged one, with its log as it was: the opening that follows says so and offers its own cure.
  const { db } = openChecked(folder, readRunPhase(folder.runState));
  let file: string;
  try {
    file = join(folder.backups, backupName({ reason: 'restore', takenAtMs: nowMs, schema: schemaVersion(db) }));
    writeVerifiedBackup(db, file);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  const log = `${folder.database}-wal`;
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0) throw new Error('The log could not be moved into the database.');
  for (const rest of [log, `${folder.database}-shm`]) rmSync(rest, { force: true });
  writeRunPhase(folder.runState, 'closed');
  return basename(file);
}
