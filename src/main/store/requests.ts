import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';

/**
 * Mutations that were done, by their request key, for those that leave no row of their own to carry the key (a retry, a
 * copy). Recorded in the transaction of the mutation itself.
 */
export interface Requests {
  /** What the first request with this key made; null for a key not seen. */
  find(route: string, requestKey: string): string | null;
  record(request: { readonly route: string; readonly requestKey: string; readonly resultId: string; readonly atMs: number }): void;
  /** Deletes at most `limit` older ones; returns how many. */
  forgetBefore(atMs: number, limit: number): number;
}

export function createRequests(db: Database): Requests {
  const find = db.prepare<[string, string], { resultId: string }>(
    'SELECT result_id AS resultId FROM request WHERE route = ? AND request_key = ?',
  );
  const record = db.prepare<{ route: string; requestKey: string; resultId: string; atMs: number }>(`
    INSERT INTO request (route, request_key, result_id, created_at_ms) VALUES (@route, @requestKey, @resultId, @atMs)`);
  const forget = db.prepare<[number, number]>(`
    DELETE FROM request WHERE (route, request_key) IN (SELECT route, request_key FROM request WHERE created_at_ms < ? ORDER BY created_at_ms LIMIT ?)`);
  return {
    find: (route, requestKey) => find.get(route, requestKey)?.resultId ?? null,
    record({ route, requestKey, resultId, atMs }) {
      inWriteTransaction(db, () => {
        record.run({ route, requestKey, resultId, atMs });
      });
    },
    forgetBefore: (atMs, limit) => inWriteTransaction(db, () => forget.run(atMs, limit).changes),
  };
}
