import { z } from 'zod';
import { backupReasons } from '../domain/backup.ts';
import { epochMs } from '../domain/ids.ts';
import { activeJobStates } from '../domain/job-state.ts';
import { jobKind } from '../domain/job.ts';
import { workerHealth } from './app.ts';
import { call } from './define.ts';

const count = z.int().nonnegative();
const bytes = z.int().nonnegative();
const durationMs = z.number().nonnegative();

const workerProcess = z.strictObject({
  pid: z.int().positive().nullable(),
  /** How many processes of its kind there had been when it was started, itself counted. */
  generation: z.int().positive(),
  /** Resident memory; null until it was looked at. */
  rssBytes: bytes.nullable(),
  tasks: count,
  /** Started ahead of need and without a task. */
  standsBy: z.boolean(),
});

/** What happened to jobs in the last minute, while this process was there. */
const lastMinute = z.strictObject({
  enqueued: count,
  started: count,
  done: count,
  failed: count,
  cancelled: count,
  /** Attempts that failed and are made again later. */
  retried: count,
  /** Attempts lost through no fault of the job: it went back into the queue. */
  lost: count,
});

/** How the program is. Figures, ids and codes; no titles and no texts. */
export const health = z.strictObject({
  atMs: epochMs,
  /** When this process began. */
  sinceMs: epochMs,
  paused: z.boolean(),
  pausedKinds: z.array(jobKind),
  storage: z.enum(['ok', 'full', 'read_only']),
  /** Jobs that have not ended, by kind and state; what there is none of is left out. */
  queue: z.array(z.strictObject({ kind: jobKind, state: z.enum(activeJobStates), count: z.int().positive() })),
  /** How long the first of the queued jobs has been ready to run; null when none is. */
  oldestQueuedMs: durationMs.nullable(),
  lastMinute,
  workers: z.array(
    workerHealth.extend({
      breaker: z.enum(['closed', 'open', 'half_open']),
      processes: z.array(workerProcess),
    }),
  ),
  main: z.strictObject({ pid: z.int().positive(), rssBytes: bytes }),
  /** How late the event loop was, over the last minute it was watched; null until it has been for a moment. */
  loopDelay: z.strictObject({ p50Ms: durationMs, p99Ms: durationMs, maxMs: durationMs }).nullable(),
  /** Transactions that wrote, and how long they took until they were on disk; null before the first. */
  commits: z.strictObject({ count, p50Ms: durationMs, p99Ms: durationMs }).nullable(),
  database: z.strictObject({ bytes, logBytes: bytes }),
  lastBackup: z.strictObject({ atMs: epochMs, bytes, reason: z.enum(backupReasons) }).nullable(),
});
export type Health = z.output<typeof health>;

export const healthRoutes = {
  /** Cheap enough to be asked once a second. */
  'health.read': call({ input: z.strictObject({}), output: health }),
} as const;
