import type { SessionId, Sha256 } from '../../shared/domain/ids.ts';
import { sha256Hex } from '../../shared/domain/ids.ts';
import type { SourceRef } from '../../shared/domain/synopsis.ts';
import { sourceRef } from '../../shared/domain/synopsis.ts';
import type { Database } from './connection.ts';
import { inUnsyncedTransaction, inWriteTransaction } from './connection.ts';
import type { Passage } from './passage-chunks.ts';
import { matchQuery } from './search-words.ts';

/** A passage with the words it is found by, made off the main thread. */
export interface PreparedPassage extends Passage {
  /** Made by `indexText`. */
  readonly words: string;
}

/** Where a passage is; its text is read from the snapshot, which is the only copy. */
export interface PassageHit {
  readonly source: SourceRef;
  readonly title: string;
  readonly snapshotHash: Sha256;
  readonly artifact: Sha256;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  /** BM25 as FTS5 gives it: smaller is better. */
  readonly score: number;
}

export interface Passages {
  /** One slice of a snapshot's passages, in its own short transaction. A slice that is already there changes nothing; one that a power loss undid is added again. */
  insertSlice(hash: Sha256, firstSeq: number, slice: readonly PreparedPassage[]): void;
  /** All slices are in. */
  finish(hash: Sha256, passageCount: number): void;
  /** Passages of the session's ready documents and of its newest chat snapshot, best first. */
  search(query: { readonly sessionId: SessionId; readonly query: string; readonly limit: number }): PassageHit[];
}

interface HitRow {
  readonly documentId: string | null;
  readonly title: string;
  readonly snapshotHash: string;
  readonly artifact: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly score: number;
}

export const passageStatements = {
  /** Two documents with the same text have one snapshot; the first added stands for both (`min` keeps its row's columns). */
  search: `
    WITH source AS (
      SELECT min(document.n), document.id AS document_id, document.title AS title, document.snapshot_hash AS hash
      FROM document WHERE document.session_id = @sessionId AND document.removed_at_ms IS NULL AND document.state = 'ready'
      GROUP BY document.snapshot_hash
      UNION ALL
      SELECT 0, NULL, coalesce(session.title, ''), session.chat_snapshot_hash
      FROM session WHERE session.id = @sessionId AND session.chat_snapshot_hash IS NOT NULL)
    SELECT source.document_id AS documentId, source.title AS title, passage.snapshot_hash AS snapshotHash, snapshot.artifact AS artifact,
      passage.start AS start, passage."end" AS "end", passage.page AS page, bm25(passage_fts) AS score
    FROM passage_fts
      CROSS JOIN passage ON passage.n = passage_fts.rowid
      JOIN source ON source.hash = passage.snapshot_hash
      JOIN snapshot ON snapshot.hash = passage.snapshot_hash
    WHERE passage_fts MATCH @query
    ORDER BY score, passage.n LIMIT @limit`,
} as const;

/**
 * Pages of the index that are merged after each slice. FTS5's own merges come by the 64 pages, in the middle of whichever insert is next;
 * measured over two million characters: a slice's p99 2.4 ms and its longest 10.1 ms with them, 1.6 and 2.7 ms with 16 pages each time,
 * which is enough for four passages (searches are as quick).
 */
const pagesMergedPerSlice = 16;

export function createPassages(db: Database): Passages {
  const insert = db.prepare<[string, number, number, number, number | null]>(`
    INSERT INTO passage (snapshot_hash, seq, start, "end", page) VALUES (?, ?, ?, ?, ?) ON CONFLICT (snapshot_hash, seq) DO NOTHING`);
  const insertWords = db.prepare<[number | bigint, string]>('INSERT INTO passage_fts (rowid, body) VALUES (?, ?)');
  const merge = db.prepare<[number]>("INSERT INTO passage_fts (passage_fts, rank) VALUES ('merge', ?)");
  const finish = db.prepare<{ hash: string; passageCount: number }>('UPDATE snapshot SET passage_count = @passageCount WHERE hash = @hash');
  const search = db.prepare<{ sessionId: string; query: string; limit: number }, HitRow>(passageStatements.search);
  return {
    insertSlice(hash, firstSeq, slice) {
      inUnsyncedTransaction(db, () => {
        slice.forEach((passage, index) => {
          const { changes, lastInsertRowid } = insert.run(hash, firstSeq + index, passage.start, passage.end, passage.page);
          if (changes === 1) insertWords.run(lastInsertRowid, passage.words);
        });
        merge.run(pagesMergedPerSlice);
      });
    },
    finish(hash, passageCount) {
      inWriteTransaction(db, () => {
        finish.run({ hash, passageCount });
      });
    },
    search({ sessionId, query: typed, limit }) {
      const query = matchQuery(typed, 'any');
      return query === null ? [] : search.all({ sessionId, query, limit }).map(hitOf);
    },
  };
}

function hitOf(row: HitRow): PassageHit {
  return {
    source: sourceRef.parse(row.documentId === null ? { kind: 'chat' } : { kind: 'document', documentId: row.documentId }),
    title: row.title,
    snapshotHash: sha256Hex.parse(row.snapshotHash),
    artifact: sha256Hex.parse(row.artifact),
    start: row.start,
    end: row.end,
    page: row.page,
    score: row.score,
  };
}
