import { msPerPriorityPoint } from '../../shared/domain/job-order.ts';

/** Every bound of the engine. The defaults say where they come from; tests and settings pass others. */
export interface EngineLimits {
  /** Jobs that are scheduled, queued or waiting; beyond it `queue_full`. */
  readonly queueLength: number;
  /** Bytes of a payload as UTF-8 JSON. */
  readonly payloadBytes: number;
  /** Steps one job may record over all its attempts. */
  readonly stepsPerJob: number;
  /** Times in a row the machinery may lose a job that records no step in between; the last one fails it. */
  readonly losses: number;
  /** Times a job's worker may die under it; the last one fails it as `poison`. */
  readonly workerDeaths: number;
  /** A queued job counts as one point of priority more for each of these since it was due. */
  readonly msPerPriorityPoint: number;
  /** Between two writes of progress to the database, for all jobs together. */
  readonly progressIntervalMs: number;
  /** From asking an attempt past its time limit to stop until its process is killed. */
  readonly killGraceMs: number;
  /** Longest delay that another side's Retry-After may impose. */
  readonly retryAfterMs: number;
  /** Between two looks at whether storage takes writes again. */
  readonly storageProbeMs: number;
  /** Longest sleep of the due timer before it compares clocks again; no database read. */
  readonly dueSleepMs: number;
  /** Time the engine gives attempts to settle after the runner has stopped. */
  readonly stopCeilingMs: number;
  /** Tasks of one kind that are handed out before there is a place for them. 0 for none. */
  readonly tasksAhead: number;
  /** What is handed out ahead is expected to have begun within this. */
  readonly aheadMs: number;
  /** Operations that share one transaction. */
  readonly operationsPerCommit: number;
  /** Scheduled jobs queued in one transaction. */
  readonly duePerCommit: number;
  /** Children of ended jobs cancelled in one transaction. */
  readonly childrenPerCommit: number;
  /** Jobs that a raised budget lets go on in one transaction. */
  readonly resumedPerCommit: number;
}

export const defaultLimits: EngineLimits = {
  /** A person who drops 10,000 files has a use for it; more is a program gone wrong. */
  queueLength: 20_000,
  /** A payload names things and does not carry them; the longest chat message, 100,000 characters of Cyrillic, fits. */
  payloadBytes: 256 * 1024,
  /** A section per page of the longest document anyone has tried, ten times over. */
  stepsPerJob: 10_000,
  /** Enough for a laptop that dies daily over a working week with a job that cannot get to its first step. */
  losses: 10,
  /** Once may be chance, twice is the job: the rule of RELIABILITY.md. */
  workerDeaths: 2,
  /** What windows reckon the place of a queued job with, too. */
  msPerPriorityPoint,
  /** Two syncs a second are below what the eye follows in a bar and far below what a disk can take. */
  progressIntervalMs: 500,
  /** The cooperative grace of a cancelled worker. */
  killGraceMs: 2_000,
  /** No service that a person would wait for asks for more than a day. */
  retryAfterMs: 24 * 60 * 60 * 1000,
  /** A person who has just freed space sees work go on before they wonder. */
  storageProbeMs: 2_000,
  /** Timers stand still while a computer sleeps; due work starts at most this long after it wakes. */
  dueSleepMs: 30_000,
  /** The shutdown ceiling of a worker process. */
  stopCeilingMs: 4_000,
  /** What a worker does of jobs that do nothing while one transaction is synced: more gained nothing when it was measured. */
  tasksAhead: 16,
  /** Nobody sees in a list that something runs which does not yet: a third of a frame of the screen. */
  aheadMs: 5,
  /** About 10 ms at the measured 50 µs an operation, and as much again for the claims: the loop goes on well within 50 ms. */
  operationsPerCommit: 200,
  /** Likewise: queueing a due job and its row of the trail is one operation's work. */
  duePerCommit: 200,
  /** Likewise. */
  childrenPerCommit: 200,
  /** Likewise. */
  resumedPerCommit: 200,
};
