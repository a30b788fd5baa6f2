import { existsSync, readdirSync } from 'node:fs';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { ArtifactFiles } from './artifact-files.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import type { DataFolder } from './data-folder.ts';
import { openNamedByBackups } from './named-by-backups.ts';

const dayMs = 86_400_000;

/**
 * How long a file that nothing names is kept: a day longer than the oldest daily backup, which spares reading those for what
 * has only just gone. It also covers a file whose row is about to be committed.
 */
export const artifactGraceMs = 8 * dayMs;

/** Rows looked at in one transaction of the garbage collection: a few milliseconds of the main thread. */
const collectBatch = 200;

export interface ArtifactRow {
  readonly sha256: Sha256;
  readonly mediaType: string;
  readonly byteCount: number;
}

export interface Artifacts {
  readonly files: ArtifactFiles;
  /** Inside the transaction that also inserts what names it; the file must be stored. The same bytes again change nothing. */
  insert(artifact: ArtifactRow & { readonly atMs: number }): void;
  get(sha256: Sha256): ArtifactRow | null;
  /** Deletes rows that no document, snapshot, browser task or undo names, then files that neither a row nor a backup names, each after `artifactGraceMs`. Does nothing while a damaged database is kept aside. */
  collectGarbage(nowMs: number): Promise<{ readonly rows: number; readonly files: number }>;
}

export const artifactStatements = {
  unnamed: `
    SELECT sha256 FROM artifact AS a
    WHERE a.sha256 > @after AND a.created_at_ms < @beforeMs
      AND NOT EXISTS (SELECT 1 FROM document WHERE document.original = a.sha256)
      AND NOT EXISTS (SELECT 1 FROM snapshot WHERE snapshot.artifact = a.sha256)
      AND NOT EXISTS (SELECT 1 FROM kept_file WHERE kept_file.artifact = a.sha256)
      AND NOT EXISTS (SELECT 1 FROM browser_trace WHERE browser_trace.screenshot = a.sha256)
    ORDER BY a.sha256 LIMIT @limit`,
} as const;

/** While a damaged database is kept aside, what it names may still be wanted; so is what a backup names, as long as there is the backup. */
export function createArtifacts(db: Database, files: ArtifactFiles, folder: Pick<DataFolder, 'setAside' | 'backups'>): Artifacts {
  const insert = db.prepare<{ sha256: string; mediaType: string; byteCount: number; atMs: number }>(`
    INSERT INTO artifact (sha256, media_type, byte_count, created_at_ms) VALUES (@sha256, @mediaType, @byteCount, @atMs)
    ON CONFLICT (sha256) DO NOTHING`);
  const get = db.prepare<[string], { sha256: string; mediaType: string; byteCount: number }>(
    'SELECT sha256, media_type AS mediaType, byte_count AS byteCount FROM artifact WHERE sha256 = ?',
  );
  const unnamed = db.prepare<{ after: string; beforeMs: number; limit: number }, { sha256: string }>(artifactStatements.unnamed);
  const remove = db.prepare<[string]>('DELETE FROM artifact WHERE sha256 = ?');

  async function removeUnnamedRows(beforeMs: number): Promise<number> {
    let removed = 0;
    for (let after = '', full = true; full;) {
      const batch = inWriteTransaction(db, () => {
        const found = unnamed.all({ after, beforeMs, limit: collectBatch });
        for (const { sha256 } of found) remove.run(sha256);
        return found;
      });
      removed += batch.length;
      after = batch.at(-1)?.sha256 ?? after;
      full = batch.length === collectBatch;
      await nextTurn();
    }
    return removed;
  }

  async function removeNamelessFiles(beforeMs: number): Promise<number> {
    let removed = 0;
    const backups = openNamedByBackups(folder.backups);
    try {
      for await (const sha256 of files.names()) {
        if (get.get(sha256) === undefined && !backups.names(sha256) && files.removeIfOlder(sha256, beforeMs)) removed += 1;
      }
    } finally {
      backups.close();
    }
    return removed;
  }

  return {
    files,
    insert({ sha256, mediaType, byteCount, atMs }) {
      inWriteTransaction(db, () => {
        insert.run({ sha256, mediaType, byteCount, atMs });
      });
    },
    get(sha256) {
      const row = get.get(sha256);
      return row === undefined ? null : { ...row, sha256: sha256Hex.parse(row.sha256) };
    },
    async collectGarbage(nowMs) {
      if (existsSync(folder.setAside) && readdirSync(folder.setAside).length > 0) return { rows: 0, files: 0 };
      const beforeMs = nowMs - artifactGraceMs;
      const rows = await removeUnnamedRows(beforeMs);
      return { rows, files: await removeNamelessFiles(beforeMs) };
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}
