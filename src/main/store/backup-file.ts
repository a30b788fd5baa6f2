import { chmodSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from './connection.ts';
import { privateFileMode, syncFileNow, syncFolder } from './durable-file.ts';
import { schemaVersion } from './migrate.ts';

/** A copy that cannot be trusted is no backup: it is removed and the older ones stay. */
export class BackupFailedError extends Error {
  override readonly name = 'BackupFailedError';
  readonly code = 'backup_failed';
  constructor(file: string, detail: string) {
    super(`The backup ${file} could not be made: ${detail}. Free some space in the data folder and check its disk.`);
  }
}

export interface BackupFile {
  readonly file: string;
  readonly schema: number;
  readonly byteCount: number;
}

/**
 * Copies the database with `VACUUM INTO` (a consistent state beside a writer), reads the copy back in full and only then
 * gives it its name. Whatever bears a backup's name has passed `integrity_check`.
 */
export function writeVerifiedBackup(db: Database, file: string): BackupFile {
  const unverified = `${file}.unverified`;
  try {
    rmSync(unverified, { force: true });
    db.prepare<[string]>('VACUUM INTO ?').run(unverified);
    chmodSync(unverified, privateFileMode);
    syncFileNow(unverified);
    const verdict = checkDatabaseFile(unverified);
    if (!verdict.ok) throw new Error(verdict.problem);
    renameSync(unverified, file);
    syncFolder(dirname(file));
    return { file, schema: verdict.schema, byteCount: statSync(file).size };
  } catch (error) {
    rmSync(unverified, { force: true });
    throw new BackupFailedError(file, error instanceof Error ? error.message : String(error));
  }
}

export type DatabaseVerdict = { readonly ok: true; readonly schema: number } | { readonly ok: false; readonly problem: string };

/** Opens a closed database file read-only and reads all of it. */
export function checkDatabaseFile(file: string): DatabaseVerdict {
  let db: Database | null = null;
  try {
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    const found = db.pragma('integrity_check', { simple: true });
    if (found !== 'ok') return { ok: false, problem: String(found) };
    const broken = db.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0) return { ok: false, problem: `${broken.length} rows point nowhere` };
    return { ok: true, schema: schemaVersion(db) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    db?.close();
  }
}
