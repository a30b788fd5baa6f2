import type { FinalJobState } from '../../shared/domain/job-state.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { endWithHook, idleRef } from './job-hooks.ts';
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
    const kind = kinds.get(record.kind);
    const end = (): boolean => store.cancelIdle(record.id, nowMs);
    const hasEnded =
      kind === undefined
        ? end()
        : endWithHook({ store, log, nowMs }, kind, idleRef(store, kind, record), { state: 'cancelled', error: null }, end);
    if (!hasEnded) return;
    after(() => {
      emit({ type: 'ended', jobId: record.id, state: 'cancelled' });
    });
    ended(after, record, 'cancelled');
  }

  function cancelChildren(after: After, job: Pick<JobRecord, 'id'>): void {
    for (const id of store.activeChildren(job.id)) {
      const child = store.find(id);
      if (child !== null) cancel(after, child);
    }
  }

  return { ended, cancel };
}
export type Family = ReturnType<typeof createFamily>;
