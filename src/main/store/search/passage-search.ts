import type { SessionId, Sha256 } from '../../../shared/domain/ids.ts';
import { sessionId as sessionIdSchema, sha256Hex } from '../../../shared/domain/ids.ts';
import type { SourceRef } from '../../../shared/domain/synopsis.ts';
import { sourceRef } from '../../../shared/domain/synopsis.ts';
import type { Database } from '../connection.ts';
import { createMeaningRanks } from './meaning-ranks.ts';
import { createPassageVectors, type EmbeddingModel } from './passage-vectors.ts';
import { fuseRanks } from './rank-fusion.ts';
import { createSearchScopes } from './search-scope.ts';
import { createWordRanks } from './word-ranks.ts';

/** Where a passage is; its text is read from the snapshot, which is the only copy. */
export interface PassageHit {
  readonly sessionId: SessionId;
  readonly source: SourceRef;
  readonly title: string;
  readonly snapshotHash: Sha256;
  readonly artifact: Sha256;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  /** Of the fused ranks: larger is better. */
  readonly score: number;
}

/** A question as a model has put it into numbers. */
export interface Meaning {
  readonly model: EmbeddingModel;
  readonly vector: Int8Array;
}

export interface PassageQuery {
  /** Null for every chat. */
  readonly sessionId: SessionId | null;
  readonly query: string;
  readonly limit: number;
  /** Null where only the words are looked for. */
  readonly meaning: Meaning | null;
}

export interface PassageSearch {
  find(query: PassageQuery): {
    readonly hits: PassageHit[];
    /** Whether meaning took part: not without numbers of the model, nor while they are being read into memory. */
    readonly byMeaning: boolean;
  };
  /** Reads one more slice of a model's numbers into memory and says whether all of them are there. */
  load(model: EmbeddingModel): boolean;
  isLoaded(model: EmbeddingModel): boolean;
}

/**
 * Each list is fused to this depth, many times what anybody is shown: a passage that both have far down may still be the best, and some
 * belong to texts of other chats, or to what was removed.
 */
const rankedDepth = 200;

export const hitStatements = {
  /** Two documents with the same text have one snapshot; the first added stands for both. */
  hit: `
    SELECT document.id AS documentId, coalesce(document.session_id, chat.id) AS sessionId, coalesce(document.title, chat.title, '') AS title,
      passage.snapshot_hash AS snapshotHash, snapshot.artifact AS artifact, passage.start AS start, passage."end" AS "end", passage.page AS page
    FROM passage
      JOIN snapshot ON snapshot.hash = passage.snapshot_hash
      LEFT JOIN document ON document.n = (
        SELECT found.n FROM document AS found JOIN session AS owner ON owner.id = found.session_id
        WHERE found.snapshot_hash = passage.snapshot_hash AND found.removed_at_ms IS NULL AND found.state = 'ready'
          AND (@sessionId IS NULL AND owner.removed_at_ms IS NULL OR found.session_id = @sessionId)
        ORDER BY found.n LIMIT 1)
      LEFT JOIN session AS chat ON chat.id = (
        SELECT found.id FROM session AS found
        WHERE found.chat_snapshot_hash = passage.snapshot_hash
          AND (@sessionId IS NULL AND found.removed_at_ms IS NULL OR found.id = @sessionId)
        LIMIT 1)
    WHERE passage.n = @n AND (document.n IS NOT NULL OR chat.id IS NOT NULL)`,
} as const;

interface HitRow {
  readonly documentId: string | null;
  readonly sessionId: string;
  readonly title: string;
  readonly snapshotHash: string;
  readonly artifact: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
}

/**
 * The one search of the material, for answers, agents, the palette and the command line: by words and, where a model has put the
 * passages into numbers, by meaning, fused by rank. Without numbers its order is that of the words.
 */
export function createPassageSearch(db: Database): PassageSearch {
  const scopes = createSearchScopes(db);
  const words = createWordRanks(db);
  const meanings = createMeaningRanks(db);
  const vectors = createPassageVectors(db);
  const hitOf = db.prepare<{ n: number; sessionId: string | null }, HitRow>(hitStatements.hit);

  function find({ sessionId, query, limit, meaning }: PassageQuery): ReturnType<PassageSearch['find']> {
    const scope = scopes.of(sessionId);
    const byWords = words.rank(query, scope, rankedDepth).map(({ n }) => n);
    const space = meaning === null ? null : vectors.space(meaning.model);
    const near = meaning === null || space === null ? null : meanings.rank({ space, vector: meaning.vector }, scope, rankedDepth);
    const hits: PassageHit[] = [];
    for (const { item, score } of fuseRanks([byWords, near ?? []])) {
      if (hits.length >= limit) break;
      const row = hitOf.get({ n: item, sessionId });
      if (row !== undefined) hits.push(viewOf(row, score));
    }
    return { hits, byMeaning: near !== null };
  }

  return {
    find,
    load(model) {
      const space = vectors.space(model);
      return space === null || meanings.load(space);
    },
    isLoaded(model) {
      const space = vectors.space(model);
      return space === null || meanings.isLoaded(space);
    },
  };
}

function viewOf(row: HitRow, score: number): PassageHit {
  return {
    sessionId: sessionIdSchema.parse(row.sessionId),
    source: sourceRef.parse(row.documentId === null ? { kind: 'chat' } : { kind: 'document', documentId: row.documentId }),
    title: row.title,
    snapshotHash: sha256Hex.parse(row.snapshotHash),
    artifact: sha256Hex.parse(row.artifact),
    start: row.start,
    end: row.end,
    page: row.page,
    score,
  };
}
