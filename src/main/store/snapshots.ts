import type { Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { language } from '../../shared/domain/language.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

export interface SnapshotHead {
  readonly hash: Sha256;
  /** The artifact that holds the snapshot as JSON of the `snapshot` schema. */
  readonly artifact: Sha256;
  readonly charCount: number;
  /** Null where the format has no pages. */
  readonly pageCount: number | null;
  readonly language: Language | null;
}

export interface Snapshots {
  /**
   * The artifact's row must be there. The same text again changes nothing: the first snapshot of a text is the one that
   * citations point into. True when it was new.
   */
  insert(snapshot: SnapshotHead & { readonly atMs: number }): boolean;
  /** Another file with the same text stands in for one that is damaged. Its row must be there; offsets and index stay as they are. */
  replaceArtifact(hash: Sha256, artifact: Sha256): void;
  get(hash: Sha256): SnapshotHead | null;
  isIndexed(hash: Sha256): boolean;
  /** Snapshots whose passages are not all in the index, oldest first: what a kill interrupted is taken up from here. */
  unindexed(limit: number): SnapshotHead[];
}

interface SnapshotRow {
  readonly hash: string;
  readonly artifact: string;
  readonly charCount: number;
  readonly pageCount: number | null;
  readonly language: string | null;
  readonly passageCount: number | null;
}

const select =
  'SELECT hash, artifact, char_count AS charCount, page_count AS pageCount, language, passage_count AS passageCount FROM snapshot';

export function createSnapshots(db: Database): Snapshots {
  const insert = db.prepare<{
    hash: string;
    artifact: string;
    charCount: number;
    pageCount: number | null;
    language: string | null;
    atMs: number;
  }>(`
    INSERT INTO snapshot (hash, artifact, char_count, page_count, language, created_at_ms)
    VALUES (@hash, @artifact, @charCount, @pageCount, @language, @atMs) ON CONFLICT (hash) DO NOTHING`);
  const get = db.prepare<[string], SnapshotRow>(`${select} WHERE hash = ?`);
  const unindexed = db.prepare<[number], SnapshotRow>(`${select} WHERE passage_count IS NULL ORDER BY created_at_ms LIMIT ?`);
  const remove = db.prepare<[string], SnapshotRow & { readonly atMs: number }>(
    `DELETE FROM snapshot WHERE hash = ? RETURNING char_count AS charCount, page_count AS pageCount, language, passage_count AS passageCount, created_at_ms AS atMs`,
  );
  const insertAgain = db.prepare<
    Pick<SnapshotRow, 'hash' | 'artifact' | 'charCount' | 'pageCount' | 'language' | 'passageCount'> & { atMs: number }
  >(`
    INSERT INTO snapshot (hash, artifact, char_count, page_count, language, passage_count, created_at_ms)
    VALUES (@hash, @artifact, @charCount, @pageCount, @language, @passageCount, @atMs)`);
  return {
    replaceArtifact: (hash, artifact) => {
      inWriteTransaction(db, () => {
        // The row is never edited, so it is made anew; what names it is checked when the transaction is committed.
        db.pragma('defer_foreign_keys = ON');
        const row = remove.get(hash);
        if (row === undefined) throw new Error(`There is no snapshot ${hash} in the database.`);
        const { charCount, pageCount, language: spoken, passageCount, atMs } = row;
        insertAgain.run({ hash, artifact, charCount, pageCount, language: spoken, passageCount, atMs });
      });
    },
    insert: snapshot =>
      inWriteTransaction(
        db,
        () =>
          insert.run({
            hash: snapshot.hash,
            artifact: snapshot.artifact,
            charCount: snapshot.charCount,
            pageCount: snapshot.pageCount,
            language: snapshot.language,
            atMs: snapshot.atMs,
          }).changes === 1,
      ),
    get(hash) {
      const row = get.get(hash);
      return row === undefined ? null : headOf(row);
    },
    isIndexed: hash => (get.get(hash)?.passageCount ?? null) !== null,
    unindexed: limit => unindexed.all(limit).map(headOf),
  };
}

function headOf(row: SnapshotRow): SnapshotHead {
  return {
    hash: sha256Hex.parse(row.hash),
    artifact: sha256Hex.parse(row.artifact),
    charCount: row.charCount,
    pageCount: row.pageCount,
    language: language.nullable().parse(row.language),
  };
}
