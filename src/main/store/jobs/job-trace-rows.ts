import type { JobId } from '../../../shared/domain/ids.ts';
import type { StepDecision } from '../../../shared/domain/job-step.ts';
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
  /** What a person said of it. */
  readonly decision: StepDecision | null;
  /** Set aside then, so that it could run again. */
  readonly supersededAtMs: number | null;
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
  /** The job whose steps this one began with. */
  readonly forkedFrom: RelatedRow | null;
  readonly children: readonly RelatedRow[];
}

/** All that a job's trace is made of, oldest first, without the outputs of its steps; null when there is no such job. */
export function createJobTraceRows(db: Database): (id: JobId) => TraceRows | null {
  const limit = traceRowsAtMost + 1;
  const one = db.prepare<[JobId], { traceId: string; parentId: JobId | null; forkedFrom: JobId | null }>(
    'SELECT trace_id AS traceId, parent_id AS parentId, forked_from AS forkedFrom FROM job WHERE id = ?',
  );
  const trail = db.prepare<[JobId, number], TrailRow>(
    "SELECT type, at_ms AS atMs, detail FROM job_event WHERE job_id = ? AND type <> 'step' ORDER BY seq LIMIT ?",
  );
  const columns = `seq, name, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, effect_class AS effectClass,
    dispatched_at_ms AS dispatchedAtMs, effect_outcome AS effectOutcome, compensates, decision`;
  const steps = db.prepare<[JobId, JobId, number], StepRow>(`
    SELECT ${columns}, superseded_at_ms AS supersededAtMs FROM job_step_superseded WHERE job_id = ?
    UNION ALL SELECT ${columns}, NULL FROM job_step WHERE job_id = ?
    ORDER BY startedAtMs, seq LIMIT ?`);
  const children = db.prepare<[JobId, number], RelatedRow>(
    'SELECT id, trace_id AS traceId FROM job WHERE parent_id = ? ORDER BY id LIMIT ?',
  );
  return id => {
    const job = one.get(id);
    if (job === undefined) return null;
    const related = (other: JobId | null): RelatedRow | null => {
      const row = other === null ? undefined : one.get(other);
      return other === null || row === undefined ? null : { id: other, traceId: row.traceId };
    };
    return {
      traceId: job.traceId,
      trail: trail.all(id, limit),
      steps: steps.all(id, id, limit),
      parent: related(job.parentId),
      forkedFrom: related(job.forkedFrom),
      children: children.all(id, limit),
    };
  };
}
