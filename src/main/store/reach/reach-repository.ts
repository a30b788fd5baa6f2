import { folderId, type FolderId } from '../../../shared/domain/ids.ts';
import type { GrantedFolder } from '../../../shared/domain/reach.ts';
import type { WebSearchKind } from '../../../shared/domain/web-search.ts';
import type { Database } from '../connection.ts';
import { inWriteTransaction } from '../connection.ts';

/** The search of the web as it is stored. Its key is elsewhere. */
export interface StoredWebSearch {
  readonly kind: WebSearchKind;
  readonly url: string;
}

/** What agents may reach outside the program. */
export interface Reach {
  webSearch(): StoredWebSearch | null;
  /** Null takes it away. */
  setWebSearch(search: StoredWebSearch | null, atMs: number): void;
  /** In the order they were granted. */
  folders(): readonly GrantedFolder[];
  /** Grants a folder; one of this path keeps its id and its place, and gets the right. */
  grant(folder: GrantedFolder, atMs: number): void;
  /** False when it is not there. */
  setMayWrite(id: FolderId, mayWrite: boolean, atMs: number): boolean;
  remove(id: FolderId): boolean;
}

interface FolderRow {
  readonly id: string;
  readonly path: string;
  readonly mayWrite: 0 | 1;
}

export function createReach(db: Database): Reach {
  const sql = {
    search: db.prepare<[], StoredWebSearch>('SELECT kind, url FROM web_search WHERE id = 1'),
    setSearch: db.prepare<StoredWebSearch & { atMs: number }>(`
      INSERT INTO web_search (id, kind, url, updated_at_ms) VALUES (1, @kind, @url, @atMs)
      ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, url = excluded.url, updated_at_ms = excluded.updated_at_ms`),
    removeSearch: db.prepare<[]>('DELETE FROM web_search'),
    folders: db.prepare<[], FolderRow>('SELECT id, path, may_write AS mayWrite FROM granted_folder ORDER BY created_at_ms, id'),
    grant: db.prepare<FolderRow & { atMs: number }>(`
      INSERT INTO granted_folder (id, path, may_write, created_at_ms, updated_at_ms) VALUES (@id, @path, @mayWrite, @atMs, @atMs)
      ON CONFLICT (path) DO UPDATE SET may_write = excluded.may_write, updated_at_ms = excluded.updated_at_ms`),
    setMayWrite: db.prepare<{ id: string; mayWrite: 0 | 1; atMs: number }>(
      'UPDATE granted_folder SET may_write = @mayWrite, updated_at_ms = @atMs WHERE id = @id',
    ),
    remove: db.prepare<[string]>('DELETE FROM granted_folder WHERE id = ?'),
  };

  return {
    webSearch: () => sql.search.get() ?? null,
    setWebSearch(search, atMs) {
      inWriteTransaction(db, () => {
        if (search === null) sql.removeSearch.run();
        else sql.setSearch.run({ ...search, atMs });
      });
    },
    folders: () => sql.folders.all().map(({ id, path, mayWrite }) => ({ id: folderId.parse(id), path, mayWrite: mayWrite === 1 })),
    grant({ id, path, mayWrite }, atMs) {
      inWriteTransaction(db, () => {
        sql.grant.run({ id, path, mayWrite: mayWrite ? 1 : 0, atMs });
      });
    },
    setMayWrite: (id, mayWrite, atMs) =>
      inWriteTransaction(db, () => sql.setMayWrite.run({ id, mayWrite: mayWrite ? 1 : 0, atMs }).changes === 1),
    remove: id => inWriteTransaction(db, () => sql.remove.run(id).changes === 1),
  };
}
