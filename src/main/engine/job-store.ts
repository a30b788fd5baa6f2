import type { JobError, JobKindName } from '../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { JobState, WaitEnd, WaitReason } from '../../shared/domain/job-state.ts';
import type { StoredWait } from './park-job.ts';
import type { StepJournal } from './step-journal.ts';

export interface NewJob {
  readonly id: JobId;
  /** `scheduled` when `dueAtMs` is ahead of `nowMs`, else `queued`. */
  readonly state: 'scheduled' | 'queued';
  readonly kind: JobKindName;
  /** JSON text. */
  readonly payload: string;
  readonly idempotencyKey: string;
  readonly sessionId: SessionId | null;
  readonly title: string;
  readonly priority: number;
  readonly dueAtMs: number;
  readonly maxAttempts: number;
  readonly traceId: string;
  /** The outside service that does its work; null for none. */
  readonly provider: string | null;
  /** The job that waits for this one, or at least ends it with itself. */
  readonly parentId: JobId | null;
  readonly nowMs: number;
}

/** A job as the engine judges it. `kind` may be one this build does not know. */
export interface JobRecord {
  readonly id: JobId;
  readonly kind: string;
  readonly state: JobState;
  readonly sessionId: SessionId | null;
  readonly idempotencyKey: string;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly losses: number;
  readonly workerDeaths: number;
  readonly leaseToken: string | null;
  readonly cancelRequested: boolean;
  readonly traceId: string;
  readonly parentId: JobId | null;
  readonly waitReason: WaitReason | null;
  /** While its steps are being undone, and after that has failed: how it ends afterwards. */
  readonly undoFor: UndoFor | null;
}

/** The end that a job is undone for; `error` is null for a cancellation. */
export interface UndoFor {
  readonly state: 'failed' | 'cancelled';
  readonly error: JobError | null;
}

export interface PlaceInHistory {
  readonly finishedAtMs: number;
  readonly id: JobId;
}

export interface FinishedRange {
  readonly beforeMs: number;
  /** Null for the beginning. */
  readonly after: PlaceInHistory | null;
  readonly limit: number;
}

/** What a parent may know of a child. Results are the domain's rows, which the child's kind has written. */
export interface ChildJob {
  readonly id: JobId;
  readonly kind: string;
  readonly idempotencyKey: string;
  readonly state: JobState;
  readonly error: JobError | null;
}

/** What decides whether a queued job may start now. */
export interface QueuedJob {
  readonly id: JobId;
  readonly kind: JobKindName;
  readonly sessionId: SessionId | null;
  readonly provider: string | null;
  /** Above zero the job is suspected of killing its worker. */
  readonly workerDeaths: number;
}

export interface QueueReading {
  /** The first job of an open kind that was not given before; null when there is none. */
  next(isOpen: (kind: JobKindName) => boolean): QueuedJob | null;
}

export interface ClaimedJob {
  readonly id: JobId;
  readonly kind: JobKindName;
  readonly sessionId: SessionId | null;
  readonly attempt: number;
  readonly traceId: string;
  /** JSON text; null when the row that kept it is gone. */
  readonly payload: string | null;
  readonly stepsDone: number;
  /** Above zero the job is suspected of killing its worker. */
  readonly workerDeaths: number;
  readonly parentId: JobId | null;
  readonly provider: string | null;
  /** It is claimed to undo its steps. */
  readonly undoes: boolean;
}

/** One claim of one job. Every write to a claimed row names it. */
export interface Lease {
  readonly jobId: JobId;
  readonly leaseToken: string;
}

/** What a job that is given back unharmed is charged with. `nothing` for a shutdown. */
export type Charge = 'nothing' | 'loss' | 'worker_death';

export type StorageState = 'ok' | 'full' | 'read_only';

/**
 * Port: the rows of the jobs. Synchronous; every write happens inside `transaction` and is undone with it. A write that
 * takes a lease, or that states the state it starts from, changes nothing and returns false when that no longer holds.
 * Each transition also writes its row of the job's trail.
 */
export interface JobStore extends StepJournal {
  /**
   * Committed when `work` returns, undone when it throws. Inside another it is a savepoint: a throw undoes this part only.
   *
   * An outermost transaction that `mayRepeat` begins without savepoints, which cost about as much as what they guard.
   * When a part of it throws, all of it is lost, `inTransaction` turns false, and after a roll back `work` is run once more
   * from its start, now with savepoints. So what it leaves outside the database must be set anew by each run.
   */
  transaction<T>(work: () => T, mayRepeat?: boolean): T;
  /** False also once a transaction is lost: whoever catches an error inside must then let it pass. */
  inTransaction(): boolean;
  /** Which storage state an error speaks of; null for an error that is not about storage. */
  storageFailure(error: unknown): Exclude<StorageState, 'ok'> | null;
  /** Writes and takes away as much as a busy turn writes; throws while storage does not take it. Outside any transaction. */
  probe(): void;

  /** Leaves out those whose key an active job has, one before it in `jobs` among them; returns the ids of the others. */
  insert(jobs: readonly NewJob[]): ReadonlySet<JobId>;
  findActiveByKey(idempotencyKey: string): JobId | null;
  find(id: JobId): JobRecord | null;
  payload(id: JobId): string | null;
  /** Jobs that are scheduled, queued or waiting. */
  queueLength(): number;
  /** The jobs of the given state whose kind is not in `kinds`, at most `limit`. */
  ofUnknownKind(state: JobState, kinds: readonly string[], limit: number): readonly JobRecord[];

  /**
   * The queued jobs of these kinds that are not held: highest priority first, with a point more for every `msPerPoint` since
   * it was due, then earliest due, then oldest. No other write keeps the order. Good within this transaction; `wanted` is
   * how many the caller expects to take.
   */
  queued(kinds: readonly JobKindName[], wanted: number, nowMs: number, msPerPoint: number): QueueReading;
  /** Starts an attempt of each of these queued jobs under its lease; those that are queued no longer are left out. */
  claim(leases: readonly Lease[], nowMs: number): readonly ClaimedJob[];
  /** A queued job that is not claimed until it is released. */
  hold(id: JobId, gate: string, nowMs: number): boolean;
  /** Releases the first `limit` jobs held for this gate, in the order of `queued`; returns how many. */
  release(gate: string, limit: number, nowMs: number, msPerPoint: number): number;
  /** Every gate that jobs are held for. */
  heldGates(): readonly string[];
  running(): readonly JobRecord[];
  /** When the next scheduled job is due or the next wait runs out. */
  earliestDueAtMs(): number | null;
  /** Queues at most `limit` scheduled jobs that are due, earliest first. */
  becomeDue(nowMs: number, limit: number): readonly JobId[];
  /** Queues a scheduled job before its time, at the place that being due now gives it. */
  dueNow(id: JobId, nowMs: number): boolean;

  /** Waits that have run out, earliest first, at most `limit`; each says what follows it. */
  expiredWaits(nowMs: number, limit: number): readonly (JobRecord & { readonly onExpiry: WaitEnd })[];
  /** The waiting jobs with this reason; of one session, unless it is null. */
  waitingFor(reason: WaitReason, sessionId: SessionId | null): readonly JobId[];
  /** Every job that was enqueued with this one as its parent, oldest first. */
  children(id: JobId): readonly ChildJob[];
  /** Whether one of them has not ended. One index step. */
  hasActiveChildren(id: JobId): boolean;
  /** The children of this job are to be cancelled, until `familyEnded` says that they are. */
  callOffFamily(id: JobId): void;
  familyEnded(id: JobId): void;
  /** A job whose family is called off; null when there is none. */
  familyCalledOff(): JobId | null;
  /** Its active children, oldest first, but for those that are asked to stop or are being undone. */
  childrenToCancel(id: JobId, limit: number): readonly JobRecord[];

  /** `progress` is JSON text. */
  writeProgress(lease: Lease, progress: string, newsAtMs: number): boolean;

  /** Returns the lease tokens of those that were held. */
  finish(ends: readonly { readonly lease: Lease; readonly issues: readonly string[] }[], nowMs: number): ReadonlySet<string>;
  fail(lease: Lease, error: JobError, nowMs: number): boolean;
  retryLater(lease: Lease, error: JobError, dueAtMs: number, nowMs: number): boolean;
  giveBack(lease: Lease, charge: Charge, detail: string, nowMs: number): boolean;
  cancelRunning(lease: Lease, nowMs: number): boolean;
  /** The attempt is given back: a wait is no try. */
  park(lease: Lease, wait: StoredWait, nowMs: number): boolean;
  /** From the queue. */
  parkQueued(id: JobId, wait: StoredWait, nowMs: number): boolean;
  /** From waiting to the queue, at the place its due time gives it. */
  resume(id: JobId, nowMs: number): boolean;

  /** False also for a job whose steps are being undone: its end is decided. */
  requestCancel(id: JobId, nowMs: number): boolean;
  /** From scheduled, queued or waiting. */
  cancelIdle(id: JobId, nowMs: number): boolean;
  /** From scheduled, queued or waiting. */
  failIdle(id: JobId, error: JobError, nowMs: number): boolean;
  /** From failed or cancelled; attempts and charges start again, recorded steps stay, and an undoing that failed goes on. */
  retryByHand(id: JobId, maxAttempts: number, nowMs: number): boolean;
  /** From queued: it asks another service than before, or none, and is held for neither. */
  pointTo(id: JobId, provider: string | null): boolean;
  /** Adds to the trail what is no transition. */
  note(id: JobId, type: string, detail: string, nowMs: number): void;
  /** Without walking them. */
  finishedCount(): number;
  /**
   * Looks at the next `limit` jobs that ended before `beforeMs`, oldest first and after the place given, and removes those
   * that nothing points to, with all that hangs on them.
   */
  removeFinished(range: FinishedRange): {
    readonly removed: number;
    /** Where it stopped; null at the end. */ readonly at: PlaceInHistory | null;
  };
}
