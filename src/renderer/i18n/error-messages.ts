import type { CallError, CallName } from '../../shared/contract/contract.ts';

/** Every code a call can fail with: a route that declares a new one does not compile without its sentence. */
export type CallErrorCode = CallError<CallName>;
/** Codes of a failed job that are no call's code; one the window does not know is shown by its name. */
export type JobErrorCode =
  | 'time_limit'
  | 'timed_out'
  | 'worker_exit'
  | 'worker_start'
  | 'protocol'
  | 'stalled'
  | 'poison'
  | 'lost_too_often'
  | 'compensation_failed'
  | 'part_failed'
  | 'not_written'
  | 'folder_gone'
  | 'folder_full'
  | 'folder_read_only'
  | 'out_of_memory'
  | 'cancelled'
  | 'cancelled_unasked'
  | 'abandoned'
  | 'input_too_large'
  | 'unknown_kind'
  | 'snapshot_unreadable'
  | 'snapshot_damaged'
  | 'no_sources'
  | 'unreadable'
  | 'recipe_failed';

/** Why something failed, and what to do about it. */
export interface ErrorMessages {
  readonly errors: Readonly<Record<CallErrorCode | JobErrorCode, string>> & { readonly unknown: (code: string) => string };
}
