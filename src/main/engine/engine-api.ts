import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { WaitReason } from '../../shared/domain/job-state.ts';
import type { Compensation, StepDecision, UndecidedStep } from '../../shared/domain/job-step.ts';
import type { ChildJob } from './job-store.ts';
import type { WorkerHealth } from './task-runner.ts';

export interface EnqueueRequest {
  readonly kind: JobKindName;
  readonly payload: unknown;
  /** At most one active job per key; enqueuing again returns it. */
  readonly idempotencyKey: string;
  readonly sessionId: SessionId | null;
  /** What the tasks panel shows: a document's name, a chat's title. */
  readonly title: string;
  readonly priority?: number;
  /** The outside service that does the work, by the name its limits are declared under; none when absent. */
  readonly provider?: string;
  /** Not before this time; now when absent. */
  readonly dueAtMs?: number;
  /**
   * An active job that this one belongs to: it can wait for its children's ends (`untilChildrenEnd`), and they are
   * cancelled when it fails or is cancelled. A job that is found by its key keeps the parent it has.
   */
  readonly parentId?: JobId;
}

export interface Enqueued {
  readonly jobId: JobId;
  /** False when an active job with the same key was found. */
  readonly created: boolean;
}

/** A declared refusal of the engine; `code` is part of the contract. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code:
    | 'queue_full'
    | 'unknown_kind'
    | 'bad_payload'
    | 'payload_too_large'
    | 'bad_request'
    | 'bad_priority'
    | 'bad_due_time'
    | 'not_found'
    | 'already_finished'
    | 'not_retryable'
    | 'already_running'
    | 'not_waiting'
    | 'bad_cron'
    | 'bad_time_zone'
    | 'never_comes'
    | 'too_many_schedules'
    | 'no_such_step'
    | 'not_forkable'
    | 'not_undecided'
    | 'effects_again'
    | 'stopped'
    | 'storage_full';
  constructor(code: EngineError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** What happened to jobs, after it was committed. Notifications, badges and windows listen; the engine knows none of them. */
export type EngineEvent =
  | {
      readonly type:
        | 'enqueued'
        | 'started'
        | 'step'
        | 'progress'
        | 'waiting'
        | 'resumed'
        | 'scheduled'
        | 'returned'
        | 'cancelling'
        | 'undoing'
        | 'forked';
      readonly jobId: JobId;
    }
  | { readonly type: 'ended'; readonly jobId: JobId; readonly state: 'done' | 'failed' | 'cancelled' }
  | { readonly type: 'health' }
  | { readonly type: 'storage'; readonly state: 'ok' | 'full' | 'read_only' };

/** How the wait for the end of what runs ends: nothing runs, somebody took the pause away first, or whoever waited has left. */
export type DrainEnd = 'drained' | 'resumed' | 'left';

export interface Engine {
  /** Recovers what an earlier process left running, then opens the doors. Returns how many jobs were resumed. */
  start(): { readonly resumed: number };
  /** Inside the caller's own write transaction, so a message and its job are committed together. Synchronous. */
  enqueueInTransaction(request: EnqueueRequest): Enqueued;
  /** In a transaction of its own, grouped with others of the same turn; resolves once committed. */
  enqueue(request: EnqueueRequest): Promise<Enqueued>;
  /**
   * Many at once, for a fraction of what as many calls cost: one bad request and none is enqueued. They are committed in pieces,
   * in their order, so that nobody else waits for all of them; when a piece is refused (`queue_full`, `storage_full`), those
   * before it stand, and a repetition finds them by their keys.
   */
  enqueueAll(requests: readonly EnqueueRequest[]): Promise<readonly Enqueued[]>;
  cancel(jobId: JobId): Promise<void>;
  /**
   * A failed or cancelled job becomes queued again; recorded steps are kept, up to the first that was undone. One whose
   * undoing failed goes on with that. `effects_again` when an effect that happened would happen again, unless confirmed.
   */
  retry(jobId: JobId, options?: { readonly confirmEffects: boolean }): Promise<void>;
  /** The same, with the steps from this number on set aside. */
  retryFrom(jobId: JobId, step: number, options?: { readonly confirmEffects: boolean }): Promise<void>;
  /** A new job with the finished steps of an ended one before this number; the active one when there is. */
  fork(jobId: JobId, fromStep: number, options?: { readonly confirmEffects: boolean }): Promise<Enqueued>;
  /** A person's word of a step that waits for it. */
  decide(jobId: JobId, step: string, decision: StepDecision): Promise<void>;
  /** The steps of this job that wait for a person's word. */
  undecided(jobId: JobId): readonly UndecidedStep[];
  /**
   * Inside a write transaction, an `onEnd` or another: the waiting job goes back to the queue, with it or not at all.
   * False when it is not waiting.
   */
  resumeInTransaction(jobId: JobId): boolean;
  /** The same for every job that waits for this reason, of one session or of all for null. Returns how many. */
  resumeWaitingInTransaction(reason: WaitReason, sessionId: SessionId | null): number;
  /** In a transaction of its own; `not_waiting` when there is nothing to resume. */
  resume(jobId: JobId): Promise<void>;
  /** A scheduled job, one that waits for its next attempt among them, is due at once; any other is left as it is. */
  tryNow(jobId: JobId): Promise<void>;
  /** The jobs enqueued with this one as their parent, with how they ended. */
  children(jobId: JobId): readonly ChildJob[];
  /** What of a job's finished steps could be undone and has not been, the last first: of one that is done, for whoever undoes it as a part of theirs. */
  leftToUndo(jobId: JobId): readonly Compensation[];
  /** The machine has slept or somebody has set its clock: looks at once at what is due. */
  wake(): void;
  setPaused(paused: boolean): void;
  isPaused(): boolean;
  /** One kind alone; what runs goes on. */
  setKindPaused(kind: JobKindName, paused: boolean): void;
  pausedKinds(): readonly JobKindName[];
  /** Kinds of which as many run as may at the same time. */
  fullKinds(): readonly JobKindName[];
  /**
   * Pauses a kind, or the queue for null, and resolves once nothing of it runs any more. The pause stays, also when nobody
   * waits any longer.
   */
  drain(kind: JobKindName | null, signal?: AbortSignal): Promise<DrainEnd>;
  health(): readonly WorkerHealth[];
  storage(): 'ok' | 'full' | 'read_only';
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Stops claiming, cancels nothing; running jobs are handed back to the queue with their recorded steps. */
  stop(): Promise<void>;
}
