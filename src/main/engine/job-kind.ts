import type { z } from 'zod';
import type { JobKindName, WorkerName } from '../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { FinalJobState } from '../../shared/domain/job-state.ts';
import type { EffectClass } from '../../shared/domain/job-step.ts';
import type { GateLimits, Rate } from './gates.ts';
import type { RecordedStep } from './task-runner.ts';
import type { RetryPolicy } from '../../shared/domain/retry-policy.ts';

/** What a kind's hooks may know of the job they serve. */
export interface JobRef<P> {
  readonly id: JobId;
  readonly sessionId: SessionId | null;
  readonly payload: P;
  readonly attempt: number;
  readonly leaseToken: string;
  readonly traceId: string;
  readonly parentId: JobId | null;
}

export type JobEnd<O> =
  | { readonly state: 'done'; readonly output: O; readonly issues: readonly string[] }
  | { readonly state: Exclude<FinalJobState, 'done'>; readonly error: { readonly code: string; readonly message: string } | null };

export interface ForkOf<P> {
  readonly payload: P;
  /** In the same transaction, once the new job is there with the copied steps. */
  readonly onInserted?: (fork: { readonly id: JobId; readonly steps: readonly RecordedStep[] }) => void;
}

/**
 * Everything the engine knows of a kind of job. Hooks marked "in transaction" run inside the write transaction that
 * records what they speak of: they are synchronous, write through repositories only, and when they throw nothing of
 * that transaction stands.
 */
export interface JobKind<P = unknown, I = unknown, O = unknown> {
  readonly name: JobKindName;
  readonly worker: WorkerName;
  readonly payload: z.ZodType<P>;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  /** Schemas of recorded step outputs, by the part of the step's name before `:`. */
  readonly steps: Readonly<Record<string, z.ZodType>>;
  /** Which of them change something outside, by the same part of the name; none when absent. */
  readonly effects?: Readonly<Record<string, EffectClass>>;
  /** What each way of undoing a step is given; none when absent. */
  readonly compensations?: Readonly<Record<string, z.ZodType>>;
  /** Jobs of this kind running at the same time. */
  readonly concurrency: number;
  /** At most so many of one session, running or started in a stretch of time. */
  readonly perSession?: GateLimits;
  /** Starts of this kind in a stretch of time. */
  readonly rate?: Rate;
  /**
   * The service that a run which is begun anew by hand asks, null for none: what was chosen since may be another one. It keeps the one
   * it was enqueued with when absent.
   */
  provider?(payload: P): string | null;
  /** Higher is claimed first (`job-order.ts`), where a request names no other. */
  readonly priority: number;
  /** Ceiling of one attempt's running time, waiting not counted. */
  readonly timeLimitMs: number;
  readonly retry: RetryPolicy;
  /** After a crash of the program: `resume` with recorded steps, `retry` from the start, `abandon` as failed. */
  readonly recovery: 'resume' | 'retry' | 'abandon';
  /** Builds what the worker gets, after the claim. Outside any transaction; a throw fails the attempt, a thrown `TaskFailure` with its own code, and a thrown `ParkJob` parks the job. */
  prepare(job: JobRef<P>): Promise<I>;
  /**
   * Answers the worker's host calls; absent when the kind makes none. A thrown `ParkJob` stops the worker and parks the job.
   * `signal` is aborted when nobody waits for the answer any more: the attempt is asked to stop, or is over.
   */
  hostCall?(job: JobRef<P>, name: string, input: unknown, signal: AbortSignal): Promise<unknown>;
  /** In transaction. `name` is the step's full name. Also for an effect of which a person said that it happened. */
  onStep?(job: Omit<JobRef<P>, 'leaseToken'>, step: { readonly name: string; readonly output: unknown }): void;
  /**
   * Its worker has gone without having tidied up after itself, in an attempt at the work or at undoing it; before anything is made of
   * that. `job` may be tried again at once after it, and ten seconds later in any case. A throw is logged.
   */
  afterLoss?(job: JobRef<P>): Promise<void>;
  /** Before the transaction that ends the job, for post-conditions and file work (adopting staged files). A throw fails the attempt as retryable. */
  beforeDone?(job: JobRef<P>, output: O): Promise<void>;
  /** In transaction, with every final state, also one reached without ever running. */
  onEnd?(job: Omit<JobRef<P>, 'leaseToken'>, end: JobEnd<O>): void;
  /** In transaction: a failed or cancelled job is being run again by hand; the named steps were set aside and will be. Not for a retry that only goes on undoing. */
  onRetry?(job: Omit<JobRef<P>, 'leaseToken'>, superseded: readonly string[]): void;
  /** In transaction: what a job that begins with this one's steps is about. Absent when there cannot be one. */
  fork?(job: Omit<JobRef<P>, 'leaseToken'>): ForkOf<P>;
}
