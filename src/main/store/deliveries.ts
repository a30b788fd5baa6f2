import type { DeliveryId, JobId } from '../../shared/domain/ids.ts';
import { deliveryId, jobId } from '../../shared/domain/ids.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

export interface Delivery {
  readonly id: DeliveryId;
  /** What happened, as the announcer knows it: `job.done`, `job.failed` … */
  readonly kind: string;
  readonly jobId: JobId;
  readonly createdAtMs: number;
}

/**
 * The outbox of announcements: a row is committed together with what it announces, so a kill in between neither forgets
 * nor repeats it for the same `uniqueKey`.
 */
export interface Deliveries {
  /** False when this happening already has its row. */
  insert(delivery: Delivery & { readonly uniqueKey: string }): boolean;
  /** Oldest first. */
  pending(limit: number): Delivery[];
  /** False when it was settled before. `dropped`: the person saw it in the window, or it is too old to announce. */
  settle(id: DeliveryId, state: 'delivered' | 'dropped', atMs: number): boolean;
  /** Deletes at most `limit` settled ones from before; returns how many. */
  forgetSettledBefore(atMs: number, limit: number): number;
}

export const deliveryStatements = {
  pending: "SELECT id, kind, job_id AS jobId, created_at_ms AS createdAtMs FROM delivery WHERE state = 'pending' ORDER BY n LIMIT ?",
} as const;

export function createDeliveries(db: Database): Deliveries {
  const insert = db.prepare<{ id: string; uniqueKey: string; kind: string; jobId: string; createdAtMs: number }>(`
    INSERT INTO delivery (id, unique_key, kind, job_id, state, created_at_ms) VALUES (@id, @uniqueKey, @kind, @jobId, 'pending', @createdAtMs)
    ON CONFLICT (unique_key) DO NOTHING`);
  const pending = db.prepare<[number], { id: string; kind: string; jobId: string; createdAtMs: number }>(deliveryStatements.pending);
  const settle = db.prepare<{ id: string; state: string; atMs: number }>(
    "UPDATE delivery SET state = @state, settled_at_ms = @atMs WHERE id = @id AND state = 'pending'",
  );
  const forget = db.prepare<[number, number]>('DELETE FROM delivery WHERE n IN (SELECT n FROM delivery WHERE settled_at_ms < ? LIMIT ?)');
  return {
    insert: ({ id, uniqueKey, kind, jobId: job, createdAtMs }) =>
      inWriteTransaction(db, () => insert.run({ id, uniqueKey, kind, jobId: job, createdAtMs }).changes === 1),
    pending: limit =>
      pending
        .all(limit)
        .map(row => ({ id: deliveryId.parse(row.id), kind: row.kind, jobId: jobId.parse(row.jobId), createdAtMs: row.createdAtMs })),
    settle: (id, state, atMs) => inWriteTransaction(db, () => settle.run({ id, state, atMs }).changes === 1),
    forgetSettledBefore: (atMs, limit) => inWriteTransaction(db, () => forget.run(atMs, limit).changes),
  };
}
