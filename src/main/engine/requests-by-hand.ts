import type { JobId } from '../../shared/domain/ids.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { Family } from './family.ts';
import type { Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import type { Waits } from './waits.ts';

export interface ByHandDeps {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly waits: Waits;
  readonly emit: (event: EngineEvent) => void;
}

/** Throws `EngineError` `not_found`. */
export function findJob(store: Pick<JobStore, 'find'>, id: JobId): JobRecord {
  const record = store.find(id);
  if (record === null) throw new EngineError('not_found', `There is no job ${id}.`);
  return record;
}

/** What a person asks of one job, in transaction. A refusal is an `EngineError` and changes nothing. */
export function createRequestsByHand(deps: Pick<ByHandDeps, 'store' | 'waits' | 'clock' | 'emit'> & { readonly family: Family }) {
  const { store, clock, emit } = deps;

  function cancel(turn: Turn, id: JobId): void {
    const record = findJob(store, id);
    if (isFinal(record.state)) throw new EngineError('already_finished', `Job ${id} is ${record.state} already.`);
    if (record.undoFor !== null)
      throw new EngineError('already_finished', `Job ${id} is being undone and ends as ${record.undoFor.state} after that.`);
    deps.family.cancel(effect => {
      turn.afterCommit(effect);
    }, record);
  }

  function resume(turn: Turn, id: JobId): void {
    const { state } = findJob(store, id);
    if (
      !deps.waits.resume(effect => {
        turn.afterCommit(effect);
      }, id)
    )
      throw new EngineError('not_waiting', `Job ${id} is ${state} and waits for nothing.`);
  }

  /** A job that is not scheduled (any more) is left as it is. */
  function tryNow(turn: Turn, id: JobId): void {
    findJob(store, id);
    if (!store.dueNow(id, clock.nowMs())) return;
    turn.afterCommit(() => {
      emit({ type: 'enqueued', jobId: id });
    });
  }

  return { cancel, resume, tryNow };
}
