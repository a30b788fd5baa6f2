import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
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
  /** Not before this time; now when absent. */
  readonly dueAtMs?: number;
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
    | 'not_found'
    | 'already_finished'
    | 'not_retryable'
    | 'already_running'
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
      readonly type: 'enqueued' | 'started' | 'step' | 'progress' | 'waiting' | 'scheduled' | 'returned' | 'cancelling';
      readonly jobId: JobId;
    }
  | { readonly type: 'ended'; readonly jobId: JobId; readonly state: 'done' | 'failed' | 'cancelled' }
  | { readonly type: 'health' }
  | { readonly type: 'storage'; readonly state: 'ok' | 'full' | 'read_only' };

export interface Engine {
  /** Recovers what an earlier process left running, then opens the doors. Returns how many jobs were resumed. */
  start(): { readonly resumed: number };
  /** Inside the caller's own write transaction, so a message and its job are committed together. Synchronous. */
  enqueueInTransaction(request: EnqueueRequest): Enqueued;
  /** In a transaction of its own, grouped with others of the same turn; resolves once committed. */
  enqueue(request: EnqueueRequest): Promise<Enqueued>;
  cancel(jobId: JobId): Promise<void>;
  /** A failed or cancelled job becomes queued again; recorded steps are kept. */
  retry(jobId: JobId): Promise<void>;
  setPaused(paused: boolean): void;
  isPaused(): boolean;
  health(): readonly WorkerHealth[];
  storage(): 'ok' | 'full' | 'read_only';
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /** Stops claiming, cancels nothing; running jobs are handed back to the queue with their recorded steps. */
  stop(): Promise<void>;
}
