import { z } from 'zod';
import {
  autoExportFileState,
  autoExportFolder,
  autoExportNamedLimit,
  type AutoExportFileState,
  type AutoExportFolder,
  type AutoExportView,
} from '../../shared/domain/auto-export.ts';
import { sessionId, sha256Hex, versionId, type FolderId, type SessionId, type Sha256, type VersionId } from '../../shared/domain/ids.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

/** A file as it was last written. */
export interface AutoExportFile {
  readonly name: string;
  readonly sessionId: SessionId;
  readonly versionId: VersionId;
  readonly sha256: Sha256;
  readonly state: AutoExportFileState;
}

export interface AutoExports {
  list(): AutoExportView[];
  get(id: FolderId): AutoExportFolder | null;
  /** One of this path keeps its id and its files. */
  put(folder: AutoExportFolder, atMs: number): void;
  /** False when it is not there. */
  remove(id: FolderId): boolean;
  /** Ready versions that belong into the folder, the oldest first. `isAgain`: also those that were written before. */
  due(id: FolderId, options: { readonly isAgain: boolean; readonly limit: number }): { sessionId: SessionId; versionId: VersionId }[];
  /** Whether a version of this chat belongs into the folder and is not in it. */
  hasDue(id: FolderId, session: SessionId): boolean;
  /** The file of a version; of a chat where one file is kept current. */
  fileOf(id: FolderId, of: { readonly sessionId: SessionId } | { readonly versionId: VersionId }): AutoExportFile | null;
  /** Every name that is taken by a file of ours, also one that is gone. */
  putFile(id: FolderId, file: AutoExportFile): void;
  setState(id: FolderId, name: string, state: AutoExportFileState): void;
  /** The person has moved it. */
  rename(id: FolderId, from: string, to: string): void;
  setLast(id: FolderId, last: { readonly atMs: number; readonly errorCode: string | null }): void;
}

interface FolderRow {
  readonly id: string;
  readonly path: string;
  readonly mode: string;
  readonly sessions: string | null;
  readonly lastAtMs: number | null;
  readonly lastError: string | null;
}
interface FileRow {
  readonly name: string;
  readonly sessionId: string;
  readonly versionId: string;
  readonly sha256: string;
  readonly state: string;
}

const fileRow = z.strictObject({ name: z.string(), sessionId, versionId, sha256: sha256Hex, state: autoExportFileState });
const folderColumns = 'id, path, mode, sessions, last_at_ms AS lastAtMs, last_error AS lastError';
const fileColumns = 'name, session_id AS sessionId, version_id AS versionId, sha256, state';

// A folder that appends takes what is ready when it is chosen, and every version that is finished afterwards.
const dueWhere = (which: string): string => `SELECT s.session_id AS sessionId, v.id AS versionId
    FROM auto_export AS f
      CROSS JOIN synopsis AS s
      JOIN session ON session.id = s.session_id
      JOIN synopsis_version AS v ON v.synopsis_id = s.id AND v.state = 'ready' AND v.is_proposal = 0
        AND (v.id = s.ready_version_id OR (f.mode = 'append' AND v.finished_at_ms >= f.created_at_ms))
    WHERE f.id = @id AND ${which}s.ready_version_id IS NOT NULL AND session.removed_at_ms IS NULL
      AND (f.sessions IS NULL OR s.session_id IN (SELECT value FROM json_each(f.sessions)))
      AND (@isAgain = 1 OR NOT EXISTS (SELECT 1 FROM auto_export_file AS file WHERE file.folder_id = f.id AND file.version_id = v.id))
    ORDER BY v.finished_at_ms, v.number LIMIT @limit`;

export const autoExportStatements = {
  due: dueWhere(''),
  /** Of one chat: it looks at its versions alone, however many synopses there are. */
  dueOfSession: dueWhere('s.session_id = @sessionId AND '),
} as const;

export function createAutoExports(db: Database): AutoExports {
  const sql = {
    list: db.prepare<[], FolderRow>(`SELECT ${folderColumns} FROM auto_export ORDER BY created_at_ms, id`),
    get: db.prepare<[string], FolderRow>(`SELECT ${folderColumns} FROM auto_export WHERE id = ?`),
    put: db.prepare<{ id: string; path: string; mode: string; sessions: string | null; atMs: number }>(`
      INSERT INTO auto_export (id, path, mode, sessions, created_at_ms) VALUES (@id, @path, @mode, @sessions, @atMs)
      ON CONFLICT (path) DO UPDATE SET mode = excluded.mode, sessions = excluded.sessions`),
    remove: db.prepare<[string]>('DELETE FROM auto_export WHERE id = ?'),
    count: db.prepare<[string, string], { n: number }>('SELECT count(*) AS n FROM auto_export_file WHERE folder_id = ? AND state = ?'),
    names: db.prepare<[string, string, number], { name: string }>(
      'SELECT name FROM auto_export_file WHERE folder_id = ? AND state = ? ORDER BY seq DESC LIMIT ?',
    ),
    due: db.prepare<{ id: string; isAgain: 0 | 1; limit: number }, { sessionId: string; versionId: string }>(autoExportStatements.due),
    dueOfSession: db.prepare<{ id: string; isAgain: 0; limit: 1; sessionId: string }, { versionId: string }>(
      autoExportStatements.dueOfSession,
    ),
    ofSession: db.prepare<[string, string], FileRow>(
      `SELECT ${fileColumns} FROM auto_export_file WHERE folder_id = ? AND session_id = ? ORDER BY seq DESC LIMIT 1`,
    ),
    ofVersion: db.prepare<[string, string], FileRow>(
      `SELECT ${fileColumns} FROM auto_export_file WHERE folder_id = ? AND version_id = ? ORDER BY seq DESC LIMIT 1`,
    ),
    // A folder that was forgotten while its job was at work takes no rows.
    putFile: db.prepare<FileRow & { id: string }>(`
      INSERT INTO auto_export_file (folder_id, name, session_id, version_id, sha256, state)
      SELECT @id, @name, @sessionId, @versionId, @sha256, @state WHERE EXISTS (SELECT 1 FROM auto_export WHERE id = @id)
      ON CONFLICT (folder_id, name) DO UPDATE SET
        session_id = excluded.session_id, version_id = excluded.version_id, sha256 = excluded.sha256, state = excluded.state`),
    setState: db.prepare<[string, string, string]>('UPDATE auto_export_file SET state = ? WHERE folder_id = ? AND name = ?'),
    forgetName: db.prepare<[string, string]>('DELETE FROM auto_export_file WHERE folder_id = ? AND name = ?'),
    rename: db.prepare<[string, string, string]>('UPDATE auto_export_file SET name = ? WHERE folder_id = ? AND name = ?'),
    setLast: db.prepare<[number, string | null, string]>('UPDATE auto_export SET last_at_ms = ?, last_error = ? WHERE id = ?'),
  };
  const named = (id: string, state: AutoExportFileState) => ({
    count: sql.count.get(id, state)?.n ?? 0,
    names: sql.names.all(id, state, autoExportNamedLimit).map(({ name }) => name),
  });

  return {
    list: () =>
      sql.list.all().map(row => ({
        ...folderOf(row),
        fileCount: sql.count.get(row.id, 'written')?.n ?? 0,
        edited: named(row.id, 'edited'),
        deleted: named(row.id, 'deleted'),
        last: row.lastAtMs === null ? null : { atMs: row.lastAtMs, errorCode: row.lastError },
      })),
    get(id) {
      const row = sql.get.get(id);
      return row === undefined ? null : folderOf(row);
    },
    put({ id, path, mode, sessions }, atMs) {
      inWriteTransaction(db, () => {
        sql.put.run({ id, path, mode, sessions: sessions === null ? null : JSON.stringify(sessions), atMs });
      });
    },
    remove: id => inWriteTransaction(db, () => sql.remove.run(id).changes === 1),
    due: (id, { isAgain, limit }) =>
      sql.due
        .all({ id, isAgain: isAgain ? 1 : 0, limit })
        .map(row => ({ sessionId: sessionId.parse(row.sessionId), versionId: versionId.parse(row.versionId) })),
    hasDue: (id, session) => sql.dueOfSession.get({ id, isAgain: 0, limit: 1, sessionId: session }) !== undefined,
    fileOf(id, of) {
      const row = 'versionId' in of ? sql.ofVersion.get(id, of.versionId) : sql.ofSession.get(id, of.sessionId);
      return row === undefined ? null : fileRow.parse(row);
    },
    putFile(id, file) {
      inWriteTransaction(db, () => {
        sql.putFile.run({ id, ...file });
      });
    },
    setState(id, name, state) {
      inWriteTransaction(db, () => {
        sql.setState.run(state, id, name);
      });
    },
    rename(id, from, to) {
      if (from === to) return;
      inWriteTransaction(db, () => {
        sql.forgetName.run(id, to);
        sql.rename.run(to, id, from);
      });
    },
    setLast(id, { atMs, errorCode }) {
      inWriteTransaction(db, () => {
        sql.setLast.run(atMs, errorCode, id);
      });
    },
  };
}

function folderOf({ id, path, mode, sessions }: FolderRow): AutoExportFolder {
  return autoExportFolder.parse({ id, path, mode, sessions: sessions === null ? null : (JSON.parse(sessions) as unknown) });
}
