import { createHash } from 'node:crypto';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { liveSnapshot, type EmbeddingModel, type PassageVectors, type SamePassage } from './passage-vectors.ts';

/** Passages looked at in one go: some tens of milliseconds of the reader thread where all of them have their vectors. */
const window = 10_000;

export interface UnembeddedText {
  readonly n: number;
  readonly textHash: Uint8Array;
  readonly text: string;
}

export interface UnembeddedBatch {
  readonly texts: readonly UnembeddedText[];
  readonly same: readonly SamePassage[];
  /** What to go on after; null when all passages have been looked at. */
  readonly next: number | null;
}

export const unembeddedStatements = {
  batch: `
    SELECT passage.n AS n, passage.snapshot_hash AS hash, passage.start AS start, passage."end" AS "end" FROM passage
    WHERE passage.n > @after AND passage.n <= @upTo
      AND NOT EXISTS (SELECT 1 FROM passage_vector WHERE passage_vector.place = (@space << 32 | passage.n))
      AND ${liveSnapshot('passage.snapshot_hash')}
    ORDER BY passage.n LIMIT @limit`,
  known: 'SELECT n FROM passage_vector WHERE space_id = ? AND text_hash = ? LIMIT 1',
  last: 'SELECT max(n) AS n FROM passage',
} as const;

/** What a text is known by among vectors: 128 bits are enough that no two texts of a person ever share them. */
export function textHash(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}

/** Passages that a search may find and that have no vector of this model yet, in their order. */
export function createUnembedded(
  db: Database,
  vectors: Pick<PassageVectors, 'space'>,
  /** Null where the stored text is damaged. */
  textOf: (hash: Sha256) => string | null,
) {
  const batch = db.prepare<
    { after: number; upTo: number; space: number; limit: number },
    { n: number; hash: Sha256; start: number; end: number }
  >(unembeddedStatements.batch);
  const known = db.prepare<[number, Uint8Array], { n: number }>(unembeddedStatements.known);
  const last = db.prepare<[], { n: number | null }>(unembeddedStatements.last);

  return ({ model, after, limit }: { model: EmbeddingModel; after: number; limit: number }): UnembeddedBatch => {
    const space = vectors.space(model);
    const end = last.get()?.n ?? 0;
    const upTo = Math.min(end, after + window);
    const rows = batch.all({ after, upTo, space: space?.id ?? -1, limit });
    const texts: UnembeddedText[] = [];
    const same: SamePassage[] = [];
    for (const row of rows) {
      const whole = textOf(row.hash);
      if (whole === null) continue;
      const text = whole.slice(row.start, row.end);
      const hash = textHash(text);
      const as = space === null ? undefined : known.get(space.id, hash)?.n;
      if (as === undefined) texts.push({ n: row.n, textHash: hash, text });
      else same.push({ n: row.n, as });
    }
    const reached = rows.length === limit ? (rows.at(-1)?.n ?? upTo) : upTo;
    return { texts, same, next: reached >= end ? null : reached };
  };
}
