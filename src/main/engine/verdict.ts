import type { JobError } from '../../shared/domain/job.ts';
import type { Charge } from './job-store.ts';
import { sentenceOf } from './engine-log.ts';
import type { StoredWait, Wait } from './park-job.ts';
import { storedWait } from './park-job.ts';
import type { TaskEnd } from './task-runner.ts';

/** What the engine makes of the end of an attempt, before it knows what became of the row. */
export type Verdict =
  | { readonly type: 'done'; readonly output: unknown; readonly issues: readonly string[] }
  | { readonly type: 'failed'; readonly error: JobError; readonly retryable: boolean; readonly retryAfterMs: number | null }
  | { readonly type: 'cancelled' }
  | { readonly type: 'parked'; readonly wait: StoredWait; readonly isOver: Wait['isOver'] }
  | { readonly type: 'lost'; readonly charge: Charge; readonly message: string }
  /** The steps of the job are undone. */
  | { readonly type: 'undone' }
  /** Nobody can tell what became of this effect; a person is asked. */
  | { readonly type: 'indeterminate'; readonly step: string }
  /** Somebody else holds the row, or nobody: whatever this attempt did must not be written. */
  | { readonly type: 'lease_lost' };

/** Why an attempt was asked to stop; the first reason stands. */
export type StopReason = 'cancel' | 'time_limit' | 'stop';

const charges = {
  worker_exit: 'worker_death',
  stalled: 'worker_death',
  out_of_memory: 'worker_death',
  protocol: 'worker_death',
  worker_start: 'loss',
  shutdown: 'nothing',
} as const satisfies Record<Extract<TaskEnd, { type: 'lost' }>['cause'], Charge>;

/** Limits of `jobError`: what does not fit is cut, since an error must never be the reason a job cannot fail. */
const codeLimit = 64;
const messageLimit = 2_000;

export function failed(
  code: string,
  message: string,
  retryable: boolean,
  retryAfterMs: number | null = null,
): Extract<Verdict, { type: 'failed' }> {
  return { type: 'failed', error: { code: code.slice(0, codeLimit), message: message.slice(0, messageLimit) }, retryable, retryAfterMs };
}

/** A wait that cannot be kept is a fault of the program that no later try mends. */
export function parked(wait: Wait): Verdict {
  try {
    return { type: 'parked', wait: storedWait(wait), isOver: wait.isOver };
  } catch (error) {
    return failed('bad_wait', sentenceOf(error), false);
  }
}

export function timeLimitVerdict(timeLimitMs: number): Verdict {
  return failed('time_limit', `The attempt ran longer than ${timeLimitMs} ms and was stopped.`, true);
}

/** An attempt that was asked to stop and has not reported a result of its own. */
export function stoppedVerdict(reason: StopReason, timeLimitMs: number): Verdict {
  switch (reason) {
    case 'cancel':
      return { type: 'cancelled' };
    case 'time_limit':
      return timeLimitVerdict(timeLimitMs);
    case 'stop':
      return { type: 'lost', charge: 'nothing', message: 'shutdown: The program is closing.' };
  }
}

/**
 * `done` stands whatever was asked, since the work is complete. Past the time limit every other end is the time limit's.
 * A worker that says "cancelled" unasked has failed.
 */
export function verdictOf(end: Exclude<TaskEnd, { type: 'done' }>, asked: StopReason | null, timeLimitMs: number): Verdict {
  if (asked === 'time_limit') return timeLimitVerdict(timeLimitMs);
  switch (end.type) {
    case 'failed':
      return failed(end.error.code, end.error.message, end.retryable, end.retryAfterMs);
    case 'parked':
      return asked === null ? parked(end.wait) : stoppedVerdict(asked, timeLimitMs);
    case 'indeterminate':
      return asked === null ? end : stoppedVerdict(asked, timeLimitMs);
    case 'lost':
      return { type: 'lost', charge: charges[end.cause], message: `${end.cause}: ${end.message}` };
    case 'cancelled':
      return asked === null
        ? failed('cancelled_unasked', 'The worker stopped without having been asked to.', true)
        : stoppedVerdict(asked, timeLimitMs);
  }
}
