import type { ProviderId, Sha256 } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { inWriteTransaction } from '../connection.ts';
import { signCode } from './sign-codes.ts';

/** Whose vectors they are. */
export interface EmbeddingModel {
  readonly providerId: ProviderId;
  readonly modelId: string;
}

export interface VectorSpace {
  readonly id: number;
  readonly dimensions: number;
}

export interface PassageVector {
  readonly n: number;
  /** 16 bytes, `textHash`. */
  readonly textHash: Uint8Array;
  readonly vector: Int8Array;
}

/** A passage whose words another one has that is known already. */
export interface SamePassage {
  readonly n: number;
  readonly as: number;
}

export interface VectorHealth {
  /** Passages that a search may find, and how many of them have a vector. */
  readonly total: number;
  readonly done: number;
}

export interface PassageVectors {
  /** The newest space of a model; null where nothing has been put into one. */
  space(model: EmbeddingModel): VectorSpace | null;
  /** Vectors of one length, in one transaction; those that are there already stay. Makes the space of that length. */
  put(model: EmbeddingModel, vectors: readonly PassageVector[], atMs: number): void;
  /** Gives passages the vectors of others with the same words. */
  copy(space: VectorSpace, same: readonly SamePassage[]): void;
  /** How far a model has come; none of `done` where it has no space. */
  health(model: EmbeddingModel): VectorHealth;
}

/** Texts that a search may find. */
export const liveSnapshot = (hash: string): string => `(
  EXISTS (SELECT 1 FROM document WHERE document.snapshot_hash = ${hash} AND document.removed_at_ms IS NULL AND document.state = 'ready')
  OR EXISTS (SELECT 1 FROM session WHERE session.chat_snapshot_hash = ${hash} AND session.removed_at_ms IS NULL))`;

const statements = {
  space: `
    SELECT id, dimensions FROM vector_space WHERE provider_id = @providerId AND model_id = @modelId
    ORDER BY created_at_ms DESC, id DESC LIMIT 1`,
  health: `
    SELECT coalesce(sum(snapshot.passage_count), 0) AS total, coalesce(sum(vector_count.passage_count), 0) AS done
    FROM snapshot LEFT JOIN vector_count ON vector_count.space_id = @space AND vector_count.snapshot_hash = snapshot.hash
    WHERE snapshot.passage_count IS NOT NULL AND ${liveSnapshot('snapshot.hash')}`,
} as const;

export function createPassageVectors(db: Database): PassageVectors {
  const space = db.prepare<{ providerId: string; modelId: string }, VectorSpace>(statements.space);
  const addSpace = db.prepare<{ providerId: string; modelId: string; dimensions: number; atMs: number }>(`
    INSERT INTO vector_space (provider_id, model_id, dimensions, created_at_ms) VALUES (@providerId, @modelId, @dimensions, @atMs)
    ON CONFLICT DO UPDATE SET created_at_ms = @atMs`);
  const add = db.prepare<{ space: number; n: number; textHash: Uint8Array; vector: Uint8Array }>(`
    INSERT INTO passage_vector (place, space_id, n, text_hash, vector) VALUES (@space << 32 | @n, @space, @n, @textHash, @vector)
    ON CONFLICT DO NOTHING`);
  const addCodes = db.prepare<[number, Uint8Array, Uint8Array]>('INSERT INTO vector_codes (space_id, passages, codes) VALUES (?, ?, ?)');
  const hashOf = db.prepare<[number], { hash: Sha256 }>('SELECT snapshot_hash AS hash FROM passage WHERE n = ?');
  const count = db.prepare<[number, string]>(`
    INSERT INTO vector_count (space_id, snapshot_hash, passage_count) VALUES (?, ?, 1)
    ON CONFLICT DO UPDATE SET passage_count = passage_count + 1`);
  const one = db.prepare<[number, number], { textHash: Buffer; vector: Buffer }>(
    'SELECT text_hash AS textHash, vector FROM passage_vector WHERE place = (? << 32 | ?)',
  );
  const health = db.prepare<{ space: number }, VectorHealth>(statements.health);

  /** In transaction. */
  function insert(into: VectorSpace, vectors: readonly PassageVector[]): void {
    const added = vectors.filter(({ n, textHash, vector }) => {
      const hash = hashOf.get(n)?.hash;
      if (hash === undefined || add.run({ space: into.id, n, textHash, vector: bytesOf(vector) }).changes === 0) return false;
      count.run(into.id, hash);
      return true;
    });
    if (added.length === 0) return;
    const codes = Uint32Array.from(added.flatMap(({ vector }) => [...signCode(vector)]));
    addCodes.run(into.id, bytesOf(Uint32Array.from(added, ({ n }) => n)), bytesOf(codes));
  }

  return {
    space: model => space.get(model) ?? null,
    put(model, vectors, atMs) {
      const dimensions = vectors[0]?.vector.length;
      if (dimensions === undefined) return;
      if (vectors.some(({ vector }) => vector.length !== dimensions))
        throw new RangeError(`Vectors of one call of ${model.modelId} differ in length.`);
      inWriteTransaction(db, () => {
        if (space.get(model)?.dimensions !== dimensions) addSpace.run({ ...model, dimensions, atMs });
        const into = space.get(model);
        if (into !== undefined) insert(into, vectors);
      });
    },
    copy(into, same) {
      inWriteTransaction(db, () => {
        insert(
          into,
          same.flatMap(({ n, as }) => {
            const known = one.get(into.id, as);
            return known === undefined ? [] : [{ n, textHash: known.textHash, vector: new Int8Array(known.vector) }];
          }),
        );
      });
    },
    health(model) {
      const found = health.get({ space: space.get(model)?.id ?? -1 });
      return found ?? { total: 0, done: 0 };
    },
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int8Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
