import type { Status } from '../../src/shared/contract/app.ts';
import type { Health } from '../../src/shared/contract/health.ts';
import type { JobTrace } from '../../src/shared/domain/job-trace.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import { activeJobStates } from '../../src/shared/domain/job-state.ts';

const mebibyte = 1024 * 1024;
const minuteMs = 60_000;

/** How the in-memory program says it is: its own jobs, and figures of an ordinary afternoon. */
export function memoryHealth(nowMs: number, status: Status, jobs: readonly JobView[]): Health {
  const kinds = [...new Set(jobs.map(job => job.kind))];
  return {
    atMs: nowMs,
    sinceMs: nowMs - 90 * minuteMs,
    paused: status.paused,
    pausedKinds: [...(status.pausedKinds ?? [])],
    storage: status.storage,
    queue: kinds.flatMap(kind =>
      activeJobStates.flatMap(state => {
        const count = jobs.filter(job => job.kind === kind && job.state === state).length;
        return count === 0 ? [] : [{ kind, state, count }];
      }),
    ),
    oldestQueuedMs: jobs.some(job => job.state === 'queued') ? 12_000 : null,
    lastMinute: { enqueued: 6, started: 5, done: 4, failed: 1, cancelled: 0, retried: 1, lost: 0 },
    workers: status.workers.map((worker, at) => ({
      ...worker,
      breaker: worker.state === 'broken' ? 'open' : worker.state === 'restarting' ? 'half_open' : 'closed',
      processes:
        worker.state === 'stopped' || worker.state === 'broken'
          ? []
          : [
              {
                pid: 4_100 + at,
                generation: worker.restarts + 1,
                rssBytes: (96 + at * 31) * mebibyte,
                tasks: worker.running,
                standsBy: false,
              },
            ],
    })),
    main: { pid: 4_000, rssBytes: 142 * mebibyte },
    loopDelay: { p50Ms: 0.2, p99Ms: 4.1, maxMs: 18.4 },
    commits: { count: 318, p50Ms: 1, p99Ms: 5 },
    database: { bytes: 38 * mebibyte, logBytes: mebibyte },
    lastBackup: { atMs: nowMs - 40 * minuteMs, bytes: 37 * mebibyte, reason: 'timed' },
  };
}

/** A job that was queued and has been running since. */
export function memoryTrace(nowMs: number, job: JobView): JobTrace {
  const {
    id,
    kind,
    state,
    outcome,
    issues,
    error,
    sessionId,
    attempt,
    maxAttempts,
    priority,
    dueAtMs,
    createdAtMs,
    startedAtMs,
    finishedAtMs,
  } = job;
  return {
    version: 1,
    atMs: nowMs,
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    job: {
      id,
      kind,
      state,
      outcome,
      issues,
      errorCode: error?.code ?? null,
      sessionId,
      attempt,
      maxAttempts,
      priority,
      dueAtMs,
      createdAtMs,
      startedAtMs,
      finishedAtMs,
    },
    parent: null,
    forkedFrom: null,
    children: [],
    attempts: [],
    waits: [{ spanId: '3'.repeat(16), state: 'queued', reason: null, startedAtMs: createdAtMs, endedAtMs: startedAtMs }],
    steps: [],
    spent: null,
    events: [],
    isCut: false,
  };
}
