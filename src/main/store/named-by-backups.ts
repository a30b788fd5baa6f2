import SqliteDatabase from 'better-sqlite3';
import { listBackups } from './backups.ts';

export interface NamedByBackups {
  /** Whether a backup would miss the file of this hash if it went. */
  names(sha256: string): boolean;
  close(): void;
}

/**
 * What the backups of the folder name, looked up in each. A backup that cannot be read names nothing: it could not be put
 * back either.
 */
export function openNamedByBackups(folder: string): NamedByBackups {
  const opened = listBackups(folder).flatMap(({ file }) => {
    let db: SqliteDatabase.Database | null = null;
    try {
      db = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
      return [{ db, find: db.prepare<[string]>('SELECT 1 FROM artifact WHERE sha256 = ?').pluck() }];
    } catch {
      db?.close();
      return [];
    }
  });
  return {
    names: sha256 => opened.some(({ find }) => find.get(sha256) !== undefined),
    close() {
      for (const { db } of opened) db.close();
    },
  };
}
