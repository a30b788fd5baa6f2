import type { FinalJobState } from '../../shared/domain/job-state.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import type { Ending } from './ending.ts';
import { endJob } from './ending.ts';
import { idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';

/** Registers what follows the commit of the transaction at hand. */
export type After = (effect: () => void) => void;

/**
 * What one job's end means for its parent and its children, in the transaction of that end: a parent that waits for
 * children goes on with the end of the last one, and with a job that failed or was cancelled its children are cancelled.
 */
export function createFamily(deps: {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly emit: (event: EngineEvent) => void;
  /** Asks the attempt of a lease to stop. */
  readonly askToStop: (leaseToken: string) => void;
}) {
  const { store, kinds, clock, log, emit } = deps;

  /** The job has just ended. Costs nothing for a job that is nobody's child and was done. */
  function ended(after: After, job: Pick<JobRecord, 'id' | 'parentId'>, state: FinalJobState): void {
    if (state !== 'done') cancelChildren(after, job);
    const { parentId } = job;
    if (parentId === null || store.hasActiveChildren(parentId)) return;
    if (store.find(parentId)?.waitReason !== 'children' || !store.resume(parentId, clock.nowMs())) return;
    after(() => {
      emit({ type: 'resumed', jobId: parentId });
    });
  }

  /** Cancels an active job: at once when nobody holds it, else it is asked for. Its children go with it. */
  function cancel(after: After, record: JobRecord): void {
    const nowMs = clock.nowMs();
    if (record.state === 'running') {
      // Asked before: its children are being cancelled too.
      if (!store.requestCancel(record.id, nowMs)) return;
      cancelChildren(after, record);
      after(() => {
        emit({ type: 'cancelling', jobId: record.id });
        if (record.leaseToken !== null) deps.askToStop(record.leaseToken);
      });
      return;
    }
    // Its end is decided, and what it did outside is being undone.
    if (record.undoFor !== null) return;
    const kind = kinds.get(record.kind);
    const job = kind === undefined ? null : idleRef(store, kind, record);
    const ending = endJob({ store, log, nowMs }, kind, job, {
      id: record.id,
      leaseToken: null,
      state: 'cancelled',
      error: null,
      write: () => store.cancelIdle(record.id, nowMs),
    });
    follow(after, record, ending, 'cancelled');
  }

  /** Tells of an end, or of the undoing in front of it. */
  function follow(after: After, job: Pick<JobRecord, 'id' | 'parentId'>, ending: Ending, state: 'failed' | 'cancelled'): void {
    if (ending === 'not_held') return;
    if (ending === 'ended') {
      after(() => {
        emit({ type: 'ended', jobId: job.id, state });
      });
      ended(after, job, state);
      return;
    }
    cancelChildren(after, job);
    after(() => {
      emit({ type: ending === 'asks' ? 'waiting' : 'undoing', jobId: job.id });
    });
  }

  function cancelChildren(after: After, job: Pick<JobRecord, 'id'>): void {
    for (const id of store.activeChildren(job.id)) {
      const child = store.find(id);
      if (child !== null) cancel(after, child);
    }
  }

  return { ended, cancel, follow, cancelChildren };
}
export type Family = ReturnType<typeof createFamily>;
