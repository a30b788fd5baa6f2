import { z } from 'zod';

/**
 * The states of a job. `scheduled` is due later; `queued` is ready to be claimed; `running` is held by one lease;
 * `waiting` is parked until something outside happens and holds no worker; the last three are final.
 */
export const jobStates = ['scheduled', 'queued', 'running', 'waiting', 'done', 'failed', 'cancelled'] as const;
export const jobState = z.enum(jobStates);
export type JobState = (typeof jobStates)[number];

export const activeJobStates = ['scheduled', 'queued', 'running', 'waiting'] as const satisfies readonly JobState[];
export const finalJobStates = ['done', 'failed', 'cancelled'] as const satisfies readonly JobState[];
export type FinalJobState = (typeof finalJobStates)[number];

export function isFinal(state: JobState): state is FinalJobState {
  return (finalJobStates as readonly JobState[]).includes(state);
}

/** Every legal move. A move that is not in this table does not happen, in memory or in SQL. */
export const jobMoves = {
  becomeDue: { from: ['scheduled'], to: 'queued' },
  claim: { from: ['queued'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
  fail: { from: ['running', 'queued', 'scheduled', 'waiting'], to: 'failed' },
  retryLater: { from: ['running'], to: 'scheduled' },
  /** The worker died or the lease was lost through no fault of the job: back at once, unharmed. */
  giveBack: { from: ['running'], to: 'queued' },
  park: { from: ['running', 'queued', 'scheduled'], to: 'waiting' },
  resume: { from: ['waiting'], to: 'queued' },
  /** Instead of its end: what it did outside is undone first. */
  undo: { from: ['running', 'queued', 'scheduled', 'waiting'], to: 'queued' },
  cancel: { from: ['scheduled', 'queued', 'running', 'waiting'], to: 'cancelled' },
  retryByHand: { from: ['failed', 'cancelled'], to: 'queued' },
} as const satisfies Record<string, { readonly from: readonly JobState[]; readonly to: JobState }>;

export function isLegalMove(from: JobState, to: JobState): boolean {
  return Object.values(jobMoves).some(move => move.to === to && (move.from as readonly JobState[]).includes(from));
}

/** Why a parked job waits; the person reads this as the reason, never "pending". */
export const waitReasons = ['approval', 'answer', 'network', 'budget', 'children', 'provider', 'disk'] as const;
export const waitReason = z.enum(waitReasons);
export type WaitReason = (typeof waitReasons)[number];

/** What becomes of a job whose wait has run out: it goes on without what it waited for, fails, or is cancelled. */
export const waitEnds = ['resume', 'fail', 'cancel'] as const;
export type WaitEnd = (typeof waitEnds)[number];

/** The narrow places that keep a queued job back: too many of its kind, its chat or its outside service at once or in a row. */
export const narrowPlaces = ['kind', 'session', 'provider'] as const;
export type NarrowPlace = (typeof narrowPlaces)[number];

/** `issues` means finished, with the named shortcomings in `JobView.issues`. */
export const jobOutcomes = ['ok', 'issues'] as const;
