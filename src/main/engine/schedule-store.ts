import type { JobError } from '../../shared/domain/job.ts';
import type { JobId, ScheduleId, SessionId } from '../../shared/domain/ids.ts';
import type { MissedPolicy, ScheduleOutcome } from '../../shared/domain/schedule.ts';

/** What is done and when, as it was saved. */
export interface ScheduleRow {
  readonly id: ScheduleId;
  /** Of the jobs it makes; may be one this build does not know. */
  readonly kind: string;
  readonly sessionId: SessionId | null;
  readonly title: string;
  /** JSON text, for whoever starts the job. */
  readonly payload: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly enabled: boolean;
  /** The next planned time; null while it is switched off. */
  readonly nextAtMs: number | null;
  readonly createdAtMs: number;
}

/** What became of one planned time. */
export interface ScheduleRun {
  readonly plannedAtMs: number;
  /** When it was seen to. */
  readonly atMs: number;
  readonly outcome: ScheduleOutcome;
  readonly jobId: JobId | null;
  readonly error: JobError | null;
}

export interface StoredSchedule extends ScheduleRow {
  /** Of the newest planned time. */
  readonly lastRun: ScheduleRun | null;
  /** The newest job that it started; while it is named here it is not cleaned away. */
  readonly lastJobId: JobId | null;
}

/** Port: the rows of the schedules. Synchronous; a write belongs to the transaction it is called in. */
export interface ScheduleStore {
  /** Committed when `work` returns, undone when it throws. Inside another it is a savepoint. */
  transaction<T>(work: () => T): T;
  /** Oldest first. */
  list(): readonly StoredSchedule[];
  find(id: ScheduleId): StoredSchedule | null;
  count(): number;
  /** Adds it, or replaces all but its runs and the time it was made. */
  put(schedule: ScheduleRow): void;
  /** False when there is none. Its runs go with it, its jobs stay. */
  remove(id: ScheduleId): boolean;
  setNext(id: ScheduleId, next: { readonly enabled: boolean; readonly nextAtMs: number | null }): boolean;
  /** Of those switched on; null for none. */
  earliestNextAtMs(): number | null;
  /** Those switched on whose next time has come, earliest first, at most `limit`. */
  due(nowMs: number, limit: number): readonly StoredSchedule[];
  hasRun(id: ScheduleId, plannedAtMs: number): boolean;
  /** False, and nothing written, when that planned time has its run. Runs beyond the newest `scheduleRunsKept` are forgotten. */
  recordRun(id: ScheduleId, run: ScheduleRun): boolean;
  /** Newest planned time first. */
  runs(id: ScheduleId, limit: number): readonly ScheduleRun[];
}
