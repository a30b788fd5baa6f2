import { statSync } from 'node:fs';
import { basename } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { BackupContents, BackupView } from '../../shared/domain/backup.ts';
import type { Sha256 } from '../../shared/domain/ids.ts';
import type { ArtifactFiles } from './artifact-files.ts';
import { listBackups } from './backups.ts';

/** Counts of a few indexed tables: milliseconds for a backup, whatever its size. */
const counts = `
  SELECT
    (SELECT count(*) FROM session WHERE removed_at_ms IS NULL) AS chats,
    (SELECT count(*) FROM document WHERE removed_at_ms IS NULL) AS documents,
    (SELECT count(*) FROM synopsis) AS synopses`;

/** Every backup of the folder, newest first, with what is in it. */
export function describeBackups(folder: string, files: Pick<ArtifactFiles, 'isWhole'>, newestKnownSchema: number): BackupView[] {
  const known = new Map<string, boolean>();
  /** Backups share nearly all of their files; each is looked at once. */
  function isThere(sha256: Sha256, byteCount: number): boolean {
    const looked = known.get(sha256) ?? files.isWhole(sha256, byteCount);
    known.set(sha256, looked);
    return looked;
  }
  return listBackups(folder).flatMap(({ file, reason, takenAtMs, schema }) => {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return [];
    const isKnown = schema <= newestKnownSchema;
    return [{ name: basename(file), reason, atMs: takenAtMs, bytes: found.size, isKnown, contents: contentsOf(file, isThere) }];
  });
}

function contentsOf(file: string, isThere: ArtifactFiles['isWhole']): BackupContents | null {
  let db: SqliteDatabase.Database | null = null;
  try {
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    const counted = db.prepare<[], Omit<BackupContents, 'missingFiles'>>(counts).get();
    if (counted === undefined) return null;
    let missingFiles = 0;
    const named = db.prepare<[], { sha256: Sha256; byteCount: number }>('SELECT sha256, byte_count AS byteCount FROM artifact');
    for (const { sha256, byteCount } of named.iterate()) if (!isThere(sha256, byteCount)) missingFiles += 1;
    return { ...counted, missingFiles };
  } catch {
    return null;
  } finally {
    db?.close();
  }
}
