import { createHash } from 'node:crypto';
import type { Spent } from '../../../shared/domain/budget.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobTrace } from '../../../shared/domain/job-trace.ts';
import type { JobViews } from '../../store/jobs/job-views.ts';
import { traceRowsAtMost, type TraceRows } from '../../store/jobs/job-trace-rows.ts';
import { modelUsage } from '../calls/step-subjects.ts';
import { periodsOfTrail } from './periods-of-trail.ts';

/** Bytes of a trace's and of a span's id, in hexadecimal digits. */
const traceDigits = 32;
const spanDigits = 16;

export interface ReadTraceParams {
  readonly jobViews: Pick<JobViews, 'view' | 'outputs'>;
  readonly rowsOf: (id: JobId) => TraceRows | null;
  readonly spentOf: (id: JobId) => Spent | null;
  readonly now: () => number;
}

/** The trace of a job from its rows; null when there is no such job. Read twice it has the same ids. */
export function createReadTrace({ jobViews, rowsOf, spentOf, now }: ReadTraceParams): (id: JobId) => JobTrace | null {
  return id => {
    const job = jobViews.view(id);
    const rows = job === null ? null : rowsOf(id);
    if (job === null || rows === null) return null;
    const lists = [rows.trail, rows.steps, rows.children];
    const periods = periodsOfTrail(rows.trail.slice(0, traceRowsAtMost));
    const attempts = periods.attempts.map(attempt => ({ ...attempt, spanId: spanIdOf(id, `attempt ${attempt.number}`) }));
    const standing = rows.steps.filter(step => step.supersededAtMs === null);
    const used = modelUsage(
      standing.toSorted((a, b) => a.seq - b.seq),
      (from, limit) => jobViews.outputs(id, from, limit),
      traceRowsAtMost,
    );
    const related = (other: { readonly id: JobId; readonly traceId: string }) => ({
      jobId: other.id,
      traceId: traceIdOf(other.traceId),
      spanId: spanIdOf(other.id, 'job'),
    });
    return {
      version: 1,
      atMs: now(),
      traceId: traceIdOf(rows.traceId),
      spanId: spanIdOf(id, 'job'),
      job: {
        id,
        kind: job.kind,
        state: job.state,
        outcome: job.outcome,
        issues: job.issues,
        errorCode: job.error?.code ?? null,
        sessionId: job.sessionId,
        attempt: job.attempt,
        maxAttempts: job.maxAttempts,
        priority: job.priority,
        dueAtMs: job.dueAtMs ?? job.readySinceMs ?? null,
        createdAtMs: job.createdAtMs,
        startedAtMs: job.startedAtMs,
        finishedAtMs: job.finishedAtMs,
      },
      parent: rows.parent === null ? null : related(rows.parent),
      forkedFrom: rows.forkedFrom === null ? null : related(rows.forkedFrom),
      children: rows.children.slice(0, traceRowsAtMost).map(related),
      attempts,
      waits: periods.waits.map((wait, at) => ({ ...wait, spanId: spanIdOf(id, `wait ${at}`) })),
      steps: rows.steps.slice(0, traceRowsAtMost).map(step => ({
        spanId: spanIdOf(id, `step ${step.seq} ${step.name} ${step.supersededAtMs ?? ''}`),
        attemptSpanId: attemptAt(attempts, step.finishedAtMs ?? step.dispatchedAtMs ?? step.startedAtMs),
        seq: step.seq,
        name: step.name,
        startedAtMs: step.startedAtMs,
        finishedAtMs: step.finishedAtMs,
        effect:
          step.effectClass === 'none'
            ? null
            : { class: step.effectClass, dispatchedAtMs: step.dispatchedAtMs, outcome: step.effectOutcome },
        compensates: step.compensates,
        decision: step.decision,
        usage: step.supersededAtMs === null ? (used.get(step.seq) ?? null) : null,
        supersededAtMs: step.supersededAtMs,
      })),
      spent: spentOf(id),
      events: [...periods.events],
      isCut: lists.some(list => list.length > traceRowsAtMost),
    };
  };
}

/** The attempt that was running when a step was recorded: its row counts tries, which begin anew with each run by hand. */
function attemptAt(attempts: JobTrace['attempts'], atMs: number): string | null {
  return attempts.findLast(attempt => attempt.startedAtMs <= atMs && (attempt.endedAtMs ?? Infinity) >= atMs)?.spanId ?? null;
}

function traceIdOf(stored: string): string {
  return /^[0-9a-f]{32}$/u.test(stored) ? stored : digits(stored, traceDigits);
}

function spanIdOf(id: JobId, what: string): string {
  return digits(`${id} ${what}`, spanDigits);
}

function digits(text: string, count: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, count);
}
