import { agedPriority } from '../../../shared/domain/job-order.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { JobKindName } from '../../../shared/domain/job.ts';
import type { QueuedJob, QueueReading } from '../../engine/job-store.ts';

/** A queued row with what its place in the order depends on. */
export interface QueuedRow {
  readonly id: JobId;
  readonly sessionId: SessionId | null;
  readonly provider: string | null;
  readonly workerDeaths: number;
  readonly dueAtMs: number;
}

/** The jobs of one kind and priority: in the order of the index, so that only the first of them need be compared. */
interface Class {
  readonly kind: JobKindName;
  readonly priority: number;
  rows: readonly QueuedRow[];
  at: number;
  isRead: boolean;
}

/**
 * Merges the classes of the queue in the order that ages them: within a class the oldest is first and has been raised the
 * most, so the next job is the best of the heads. Rows are read in pieces, as many as are wanted and no more.
 */
export function readQueue(params: {
  readonly classes: readonly { readonly kind: JobKindName; readonly priority: number }[];
  /** How many jobs the caller has room for. */
  readonly wanted: number;
  readonly nowMs: number;
  readonly msPerPoint: number;
  /** The next rows of a class behind `after`; from its start for null. */
  readonly rowsOf: (of: { kind: JobKindName; priority: number }, after: QueuedRow | null, limit: number) => readonly QueuedRow[];
}): QueueReading {
  const piece = Math.max(1, Math.ceil(params.wanted / Math.max(1, params.classes.length)));
  const classes: Class[] = params.classes.map(({ kind, priority }) => ({ kind, priority, rows: [], at: 0, isRead: false }));

  function headOf(one: Class): QueuedRow | null {
    if (one.at >= one.rows.length && !one.isRead) {
      one.rows = params.rowsOf(one, one.rows.at(-1) ?? null, piece);
      one.at = 0;
      one.isRead = one.rows.length < piece;
    }
    return one.rows[one.at] ?? null;
  }
  const raised = (one: Class, row: QueuedRow): number =>
    agedPriority({ priority: one.priority, dueAtMs: row.dueAtMs }, params.nowMs, params.msPerPoint);

  return {
    next(isOpen): QueuedJob | null {
      let first: { readonly of: Class; readonly row: QueuedRow; readonly rank: number } | null = null;
      for (const one of classes) {
        if (!isOpen(one.kind)) continue;
        const row = headOf(one);
        if (row === null) continue;
        const rank = raised(one, row);
        if (first === null || rank > first.rank || (rank === first.rank && isEarlier(row, first.row))) first = { of: one, row, rank };
      }
      if (first === null) return null;
      first.of.at += 1;
      const { id, sessionId, provider, workerDeaths } = first.row;
      return { id, kind: first.of.kind, sessionId, provider, workerDeaths };
    },
  };
}

function isEarlier(a: QueuedRow, b: QueuedRow): boolean {
  return a.dueAtMs === b.dueAtMs ? a.id < b.id : a.dueAtMs < b.dueAtMs;
}
