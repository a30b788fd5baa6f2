import type { JobError } from '../../shared/domain/job.ts';
import type { EngineEvent } from './engine-api.ts';
import { sentenceOf } from './engine-log.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import { endJob, waitForWord } from './ending.ts';
import type { Lease } from './job-store.ts';
import { park } from './parking.ts';
import type { SettlementDeps } from './settlement-deps.ts';
import { heedRetryAfter, retryDelay } from './settlement-deps.ts';
import { settleUndo } from './undo.ts';
import type { Verdict } from './verdict.ts';
import { failed } from './verdict.ts';

/**
 * Writes the end of an attempt, in transaction, and returns what to tell the listeners after the commit; null when the
 * lease was lost and nothing was written. The row decides: a cancellation that was asked for wins over a failure or a
 * loss, the limits of attempts, losses and deaths are read from it, and only a held lease changes it.
 */
export function settle(deps: SettlementDeps, kind: JobKind, job: JobRef<unknown>, verdict: Verdict): EngineEvent | null {
  if (verdict.type === 'done') return finish(deps, kind, job, verdict);
  if (verdict.type === 'lease_lost') return null;
  const { store } = deps;
  const nowMs = deps.clock.nowMs();
  const lease: Lease = { jobId: job.id, leaseToken: job.leaseToken };
  const row = store.find(job.id);
  if (row === null || row.state !== 'running' || row.leaseToken !== job.leaseToken) return null;
  if (row.undoFor !== null) return settleUndo(deps, kind, job, row, row.undoFor, verdict);

  if (verdict.type === 'cancelled' || row.cancelRequested) {
    // Nobody waits for this job any more; others of its provider must not run into the same refusal.
    if (verdict.type === 'failed') heedRetryAfter(deps, verdict);
    return ended('cancelled', null, () => store.cancelRunning(lease, nowMs));
  }
  if (verdict.type === 'parked') {
    const parked = park(deps, lease, verdict);
    return parked?.type === 'failed' ? retryOrFail(parked) : parked;
  }
  if (verdict.type === 'indeterminate') return ask(verdict.step);
  if (verdict.type === 'undone') return fail({ code: 'protocol', message: 'The worker undid what was not to be undone.' });
  if (verdict.type === 'failed') return retryOrFail(verdict);
  if (verdict.charge === 'worker_death' && row.workerDeaths + 1 >= deps.limits.workerDeaths) {
    return fail({ code: 'poison', message: `The worker process ended under this job ${row.workerDeaths + 1} times. ${verdict.message}` });
  }
  if (verdict.charge !== 'nothing' && row.losses + 1 >= deps.limits.losses) {
    return fail({
      code: 'lost_too_often',
      message: `The job was lost ${row.losses + 1} times in a row without a step in between. ${verdict.message}`,
    });
  }
  return store.giveBack(lease, verdict.charge, verdict.message, nowMs) ? { type: 'returned', jobId: job.id } : null;

  function retryOrFail(failure: Extract<Verdict, { type: 'failed' }>): EngineEvent | null {
    const delayMs = row === null ? null : retryDelay(deps, kind, job, row, failure);
    if (delayMs === null) return fail(failure.error);
    return store.retryLater(lease, failure.error, nowMs + Math.ceil(delayMs), nowMs) ? { type: 'scheduled', jobId: job.id } : null;
  }

  /** Until a person has said what became of the effect; the worker is free. */
  function ask(step: string): EngineEvent | null {
    if (!store.markIndeterminate(job.id, step))
      return fail({ code: 'protocol', message: `Effect "${step}" was called indeterminate and is not on its way.` });
    return store.park(lease, waitForWord(step), nowMs) ? { type: 'waiting', jobId: job.id } : null;
  }

  function fail(error: JobError): EngineEvent | null {
    return ended('failed', error, () => store.fail(lease, { ...error, message: error.message.slice(0, 2_000) }, nowMs));
  }

  function ended(state: 'failed' | 'cancelled', error: JobError | null, write: () => boolean): EngineEvent | null {
    const ending = endJob({ store, log: deps.log, nowMs }, kind, job, { id: job.id, leaseToken: job.leaseToken, state, error, write });
    switch (ending) {
      case 'not_held':
        return null;
      case 'ended':
        deps.family.ended(deps.after, job, state);
        return { type: 'ended', jobId: job.id, state };
      case 'undoing':
      case 'asks':
        deps.family.callOff(deps.after, job);
        return { type: ending === 'asks' ? 'waiting' : 'undoing', jobId: job.id };
    }
  }
}

/** An attempt that its worker has done. */
export interface Finished {
  readonly kind: JobKind;
  readonly job: JobRef<unknown>;
  readonly done: Extract<Verdict, { type: 'done' }>;
}

/** As `settle` for several that are done; throws when a hook does, and then nothing of it may stand. */
export function finishAll(
  deps: Pick<SettlementDeps, 'store' | 'clock' | 'family' | 'after'>,
  finished: readonly Finished[],
): readonly (EngineEvent | null)[] {
  const held = deps.store.finish(
    finished.map(({ job, done }) => ({ lease: { jobId: job.id, leaseToken: job.leaseToken }, issues: done.issues })),
    deps.clock.nowMs(),
  );
  return finished.map(({ kind, job, done }) => {
    if (!held.has(job.leaseToken)) return null;
    kind.onEnd?.(job, { state: 'done', output: done.output, issues: done.issues });
    deps.family.ended(deps.after, job, 'done');
    return { type: 'ended', jobId: job.id, state: 'done' };
  });
}

/** The result and what the kind makes of it stand together; when the hook throws, neither does and the attempt has failed. */
function finish(deps: SettlementDeps, kind: JobKind, job: JobRef<unknown>, done: Extract<Verdict, { type: 'done' }>): EngineEvent | null {
  const { store } = deps;
  try {
    return store.transaction((): EngineEvent | null => {
      const lease = { jobId: job.id, leaseToken: job.leaseToken };
      if (store.finish([{ lease, issues: done.issues }], deps.clock.nowMs()).size === 0) return null;
      kind.onEnd?.(job, { state: 'done', output: done.output, issues: done.issues });
      deps.family.ended(deps.after, job, 'done');
      return { type: 'ended', jobId: job.id, state: 'done' };
    });
  } catch (error) {
    if (store.storageFailure(error) !== null || !store.inTransaction()) throw error;
    deps.log('error', `onEnd of ${kind.name} threw, its result does not stand: ${sentenceOf(error)}`, { jobId: job.id });
    return settle(deps, kind, job, failed('end_hook_failed', sentenceOf(error), true));
  }
}
