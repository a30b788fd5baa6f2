import type { JobError } from '../../shared/domain/job.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { maxAttempts } from '../../shared/domain/retry-policy.ts';
import type { EngineLog } from './engine-log.ts';
import type { IdleJobRef } from './job-hooks.ts';
import { endWithHook } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobStore } from './job-store.ts';
import { storedWait } from './park-job.ts';
import { stepsToUndo, undoQuestions } from './step-journal.ts';

export interface EndOfJob {
  readonly id: JobId;
  /** Null for a job that nobody holds. */
  readonly leaseToken: string | null;
  readonly state: 'failed' | 'cancelled';
  readonly error: JobError | null;
  /** Writes the end itself; false when the row was not in the state it takes. */
  readonly write: () => boolean;
}

export type Ending =
  | 'ended'
  /** Queued, to undo its steps first. */
  | 'undoing'
  /** Waiting for a person to say whether there is something to undo. */
  | 'asks'
  /** The row was not in the state the end takes; nothing happened. */
  | 'not_held';

/**
 * Ends a job that has not reached its goal, in transaction: at once with its kind's hook, or, when there are steps to
 * undo, by undoing them first. Costs nothing for a kind without compensations.
 */
export function endJob(
  deps: { readonly store: JobStore; readonly log: EngineLog; readonly nowMs: number },
  kind: JobKind | undefined,
  job: IdleJobRef | null,
  end: EndOfJob,
): Ending {
  const { store, nowMs } = deps;
  if (kind === undefined) return end.write() ? 'ended' : 'not_held';
  // Without a payload that parses the job cannot be claimed, so nothing of it can be undone; what is left stays to be seen.
  if (kind.compensations !== undefined && job !== null) {
    const journal = store.journal(end.id);
    const questions = undoQuestions(journal);
    if (questions.length > 0 || stepsToUndo(journal).length > 0) {
      const error = end.state === 'failed' ? (end.error ?? { code: 'internal', message: 'The job failed.' }) : null;
      if (!store.beginUndo(end.id, end.leaseToken, error, maxAttempts(kind.retry), nowMs)) return 'not_held';
      return askAbout(
        deps,
        end.id,
        questions.map(step => step.name),
      )
        ? 'asks'
        : 'undoing';
    }
  }
  const { state, error } = end;
  return endWithHook(deps, kind, job, { state, error }, end.write) ? 'ended' : 'not_held';
}

/** Parks a queued job until a person has said what became of these effects; false when there is nothing to ask. */
function askAbout(deps: { readonly store: JobStore; readonly nowMs: number }, id: JobId, names: readonly string[]): boolean {
  const [first] = names;
  if (first === undefined) return false;
  for (const name of names) deps.store.markIndeterminate(id, name);
  return deps.store.parkQueued(id, waitForWord(first), deps.nowMs);
}

/** Waits for a person's word about an effect, for as long as it takes. */
export function waitForWord(step: string): ReturnType<typeof storedWait> {
  return storedWait({ reason: 'answer', detail: { indeterminate: step } });
}
