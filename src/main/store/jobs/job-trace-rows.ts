import type { JobId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';

/** Rows of each kind that one trace takes up: as JSON some megabytes at most, and far more than a job has. */
export const traceRowsAtMost = 10_000;

export interface TrailRow {
  readonly type: string;
  readonly atMs: number;
  readonly detail: string | null;
}

export interface StepRow {
  readonly seq: number;
  readonly name: string;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly effectClass: string;
  readonly dispatchedAtMs: number | null;
  readonly effectOutcome: string | null;
  readonly compensates: string | null;
}

export interface RelatedRow {
  readonly id: JobId;
  readonly traceId: string;
}

export interface TraceRows {
  readonly traceId: string;
  readonly trail: readonly TrailRow[];
  readonly steps: readonly StepRow[];
  readonly parent: RelatedRow | null;
  readonly children: readonly RelatedRow[];
}

/** All that a job's trace is made of, oldest first, without the outputs of its steps; null when there is no such job. */
export function createJobTraceRows(db: Database): (id: JobId) => TraceRows | null {
  const limit = traceRowsAtMost + 1;
  const one = db.prepare<[JobId], { traceId: string; parentId: JobId | null }>(
    'SELECT trace_id AS traceId, parent_id AS parentId FROM job WHERE id = ?',
  );
  const trail = db.prepare<[JobId, number], TrailRow>(
    "SELECT type, at_ms AS atMs, detail FROM job_event WHERE job_id = ? AND type <> 'step' ORDER BY seq LIMIT ?",
  );
  const steps = db.prepare<[JobId, number], StepRow>(`
    SELECT seq, name, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, effect_class AS effectClass, dispatched_at_ms AS dispatchedAtMs,
      effect_outcome AS effectOutcome, compensates
    FROM job_step WHERE job_id = ? ORDER BY seq LIMIT ?`);
  const children = db.prepare<[JobId, number], RelatedRow>(
    'SELECT id, trace_id AS traceId FROM job WHERE parent_id = ? ORDER BY id LIMIT ?',
  );
  return id => {
    const job = one.get(id);
    if (job === undefined) return null;
    const parent = job.parentId === null ? undefined : one.get(job.parentId);
    return {
      traceId: job.traceId,
      trail: trail.all(id, limit),
      steps: steps.all(id, limit),
      parent: job.parentId === null || parent === undefined ? null : { id: job.parentId, traceId: parent.traceId },
      children: children.all(id, limit),
    };
  };
}
