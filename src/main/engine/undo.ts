import type { JobError } from '../../shared/domain/job.ts';
import { waitForWord } from './ending.ts';
import type { EngineEvent } from './engine-api.ts';
import { endWithHook, issueOf } from './job-hooks.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import type { JobRecord, JobStore, UndoFor } from './job-store.ts';
import { park } from './parking.ts';
import type { SettlementDeps } from './settlement-deps.ts';
import { retryDelay } from './settlement-deps.ts';
import type { StepToUndo } from './step-journal.ts';
import { stepsToUndo, undoQuestions } from './step-journal.ts';
import type { Verdict } from './verdict.ts';

/**
 * # Undoing
 *
 * A job with an `undoFor` runs to undo its steps: each compensation is a row of the journal, committed before the next
 * one starts, so a crash costs at most the one that was running, which is then run again. Attempts, backoff, waits, losses and
 * recovery are those of any other work. When all is undone the job ends as it was going to end; when it cannot be, it
 * ends `failed` with `compensation_failed`, keeps its `undoFor`, and a retry goes on from the first step not undone.
 */
export interface Undo {
  readonly steps: readonly StepToUndo[];
  /** An effect of which a person has to say first whether there is something to undo. */
  readonly question: string | null;
  /** What the build of today can no longer read, as a sentence; null when all is well. */
  readonly unreadable: string | null;
}

/** What is left to undo of a claimed job. */
export function readUndo(store: JobStore, kind: JobKind, id: JobRecord['id']): Undo {
  const journal = store.journal(id);
  const left = stepsToUndo(journal);
  const outputs = new Map(store.recordedSteps(id).map(step => [step.name, step.output]));
  let unreadable: string | null = null;
  const steps = left.flatMap(({ name: step, compensation }): StepToUndo[] => {
    if (compensation === null) return [];
    const { name, data } = compensation;
    unreadable ??= problemOf(kind, name, data);
    return [{ step, name, data, output: outputs.get(step) ?? null }];
  });
  return { steps, question: undoQuestions(journal)[0]?.name ?? null, unreadable };
}

/** Why this compensation cannot be run, or null. */
export function problemOf(kind: JobKind, name: string, data: string): string | null {
  const schemas = kind.compensations ?? {};
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (schema === undefined) return `${kind.name} declares no compensation "${name}".`;
  try {
    const parsed = schema.safeParse(JSON.parse(data));
    return parsed.success ? null : `The data of compensation "${name}" does not fit: ${issueOf(parsed.error)}`;
  } catch {
    return `The data of compensation "${name}" is not JSON.`;
  }
}

/** Writes the end of an attempt at undoing, in transaction; see `settle`. */
export function settleUndo(
  deps: SettlementDeps,
  kind: JobKind,
  job: JobRef<unknown>,
  row: JobRecord,
  undoFor: UndoFor,
  verdict: Exclude<Verdict, { type: 'lease_lost' }>,
): EngineEvent | null {
  const { store } = deps;
  const nowMs = deps.clock.nowMs();
  const lease = { jobId: job.id, leaseToken: job.leaseToken };

  switch (verdict.type) {
    case 'undone': {
      const { state, error } = undoFor;
      if (!store.endUndo(lease)) return null;
      return error === null
        ? ended(state, null, () => store.cancelRunning(lease, nowMs))
        : ended(state, error, () => store.fail(lease, error, nowMs));
    }
    case 'lost': {
      const { charge, message } = verdict;
      if (charge === 'worker_death' && row.workerDeaths + 1 >= deps.limits.workerDeaths)
        return giveUp({ code: 'poison', message: `The worker process ended under it ${row.workerDeaths + 1} times. ${message}` });
      if (charge !== 'nothing' && row.losses + 1 >= deps.limits.losses)
        return giveUp({ code: 'lost_too_often', message: `It was lost ${row.losses + 1} times in a row. ${message}` });
      return store.giveBack(lease, charge, message, nowMs) ? { type: 'returned', jobId: job.id } : null;
    }
    case 'failed':
      return retryOrGiveUp(verdict);
    // As long as it takes: what a part of the job is still doing, or asks a person about, is undone after it.
    case 'parked': {
      const parked = park(deps, lease, verdict);
      return parked?.type === 'failed' ? retryOrGiveUp(parked) : parked;
    }
    case 'indeterminate':
      if (!store.markIndeterminate(job.id, verdict.step))
        return giveUp({ code: 'protocol', message: `"${verdict.step}" is no effect on its way.` });
      return store.park(lease, waitForWord(verdict.step), nowMs) ? { type: 'waiting', jobId: job.id } : null;
    // An end that no task that undoes can have.
    default:
      return giveUp({ code: 'protocol', message: `An attempt to undo ended as "${verdict.type}".` });
  }

  function retryOrGiveUp(failure: Extract<Verdict, { type: 'failed' }>): EngineEvent | null {
    const delayMs = retryDelay(deps, kind, job, row, failure);
    if (delayMs === null) return giveUp(failure.error);
    return store.retryLater(lease, failure.error, nowMs + Math.ceil(delayMs), nowMs) ? { type: 'scheduled', jobId: job.id } : null;
  }

  function giveUp(cause: JobError): EngineEvent | null {
    const left = stepsToUndo(store.journal(job.id)).map(step => step.name);
    const message = `Not undone: ${left.join(', ')}. ${cause.message} (${cause.code})`;
    const error = { code: 'compensation_failed', message: message.slice(0, 2_000) };
    return ended('failed', error, () => store.fail(lease, error, nowMs));
  }

  function ended(state: 'failed' | 'cancelled', error: JobError | null, write: () => boolean): EngineEvent | null {
    if (!endWithHook({ store, log: deps.log, nowMs }, kind, job, { state, error }, write)) return null;
    deps.family.ended(deps.after, job, state);
    return { type: 'ended', jobId: job.id, state };
  }
}
