import type { JobId } from '../../shared/domain/ids.ts';
import type { WaitEnd, WaitReason } from '../../shared/domain/job-state.ts';
import { waitEnds, waitReasons } from '../../shared/domain/job-state.ts';
import { EngineError } from './engine-api.ts';
import type { JobStore } from './job-store.ts';

/** Characters of a wait's detail as JSON: ids and a number or two; what is asked of a person has a row of its own. */
const detailLimit = 4_000;

export interface Wait {
  readonly reason: WaitReason;
  /** Anything JSON can hold, for whoever shows the wait or resumes it. */
  readonly detail?: unknown;
  /** When the wait runs out; never when absent. Wall clock. */
  readonly expiresAtMs?: number | null;
  /** `resume` when absent. */
  readonly onExpiry?: WaitEnd;
  /**
   * In the transaction that parks the job: true when what it waits for has come since it looked. Then the job goes back
   * to the queue at once. Whoever resumes does so in a transaction too, so no wake-up falls between the two.
   */
  readonly isOver?: (look: { readonly store: Pick<JobStore, 'hasActiveChildren'>; readonly jobId: JobId }) => boolean;
}

/** A wait as it is stored. */
export interface StoredWait {
  readonly reason: WaitReason;
  /** JSON text. */
  readonly detail: string | null;
  readonly expiresAtMs: number | null;
  readonly onExpiry: WaitEnd;
}

/**
 * Thrown by a kind's `prepare` or `hostCall`: the attempt ends without a fault, is not counted, and its worker is free.
 * The job waits, across restarts, until `resumeInTransaction` or the end of its wait; then `prepare` runs again, with
 * the recorded steps there.
 */
export class ParkJob extends Error {
  override readonly name = 'ParkJob';
  readonly wait: Wait;
  constructor(wait: Wait) {
    super(`The job waits: ${wait.reason}.`);
    this.wait = wait;
  }
}

/** Parks a job until every job it enqueued with itself as the parent has ended, however they end. Throw what it returns. */
export function untilChildrenEnd(detail: unknown = null): ParkJob {
  return new ParkJob({ reason: 'children', detail, isOver: ({ store, jobId }) => !store.hasActiveChildren(jobId) });
}

/** Throws `bad_request` for a wait that cannot be kept. */
export function storedWait(wait: Wait): StoredWait {
  const { reason, expiresAtMs = null, onExpiry = 'resume' } = wait;
  if (!waitReasons.includes(reason))
    throw new EngineError('bad_request', `"${String(reason)}" is no reason to wait; it is one of ${waitReasons.join(', ')}.`);
  if (!waitEnds.includes(onExpiry))
    throw new EngineError('bad_request', `"${String(onExpiry)}" is nothing that can follow a wait; it is one of ${waitEnds.join(', ')}.`);
  if (expiresAtMs !== null && (!Number.isSafeInteger(expiresAtMs) || expiresAtMs < 0)) {
    throw new EngineError('bad_request', `The wait runs out at ${expiresAtMs}; it is milliseconds since 1970, whole, or null for never.`);
  }
  const detail = JSON.stringify(wait.detail ?? null);
  if (detail.length > detailLimit)
    throw new EngineError(
      'bad_request',
      `The wait's detail has ${detail.length} characters as JSON; at most ${detailLimit} are kept. Store the content and pass its id.`,
    );
  return { reason, detail: detail === 'null' ? null : detail, expiresAtMs, onExpiry };
}
