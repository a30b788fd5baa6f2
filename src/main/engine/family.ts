import type { FinalJobState } from '../../shared/domain/job-state.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { Ending } from './ending.ts';
import { endJob } from './ending.ts';
import { idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';

/** Registers what follows the commit of the transaction at hand. */
export type After = (effect: () => void) => void;

/**
 * What one job's end means for its parent and its children. In the transaction of that end a parent that waits for children
 * goes on with the end of the last one, and the family of a job that failed or was cancelled is **called off**: stored, so
 * that it survives a kill. Its active children are cancelled by `cancelCalledOff`, the first of them still in that
 * transaction, and nothing is claimed until all are: no job of a family begins once its end was acknowledged.
 */
export function createFamily(deps: {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly emit: (event: EngineEvent) => void;
  readonly limits: Pick<EngineLimits, 'childrenPerCommit'>;
  /** Asks the attempt of a lease to stop. */
  readonly askToStop: (leaseToken: string) => void;
}) {
  const { store, kinds, clock, log, emit, limits } = deps;
  /** Whether a family may be called off; an earlier process may have left one. Only a commit makes it false. */
  let mayBeCalledOff = true;

  /** The job has just ended. Costs nothing for a job that is nobody's child and was done. */
  function ended(after: After, job: Pick<JobRecord, 'id' | 'parentId'>, state: FinalJobState): void {
    if (state !== 'done') callOff(after, job);
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
      callOff(after, record);
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
    callOff(after, job);
    after(() => {
      emit({ type: ending === 'asks' ? 'waiting' : 'undoing', jobId: job.id });
    });
  }

  /** Its active children are to be cancelled, however many there are. One index step for a job that has none. */
  function callOff(after: After, job: Pick<JobRecord, 'id'>): void {
    if (!store.hasActiveChildren(job.id)) return;
    store.callOffFamily(job.id);
    mayBeCalledOff = true;
    // After an effect of this transaction that says there is none.
    after(() => {
      mayBeCalledOff = true;
    });
  }

  /** Cancels at most `limits.childrenPerCommit` children of families that are called off; true when more may be left. */
  function cancelCalledOff(after: After): boolean {
    if (!mayBeCalledOff) return false;
    let room = limits.childrenPerCommit;
    for (let parent = store.familyCalledOff(); parent !== null; parent = store.familyCalledOff()) {
      if (room === 0) return true;
      const children = store.childrenToCancel(parent, room);
      const cancelled = children.filter(child => cancelChild(after, child)).length;
      // None of so many took it: another look would find the same ones.
      if (children.length < room || cancelled === 0) store.familyEnded(parent);
      room -= children.length;
    }
    after(() => {
      mayBeCalledOff = false;
    });
    return false;
  }

  /** False when it threw: one bad row must keep neither its siblings nor the queue. */
  function cancelChild(after: After, child: JobRecord): boolean {
    const effects: (() => void)[] = [];
    try {
      store.transaction(() => {
        cancel(effect => {
          effects.push(effect);
        }, child);
      });
    } catch (error) {
      if (store.storageFailure(error) !== null || !store.inTransaction()) throw error;
      log('error', `A child of an ended job could not be cancelled and goes on: ${sentenceOf(error)}`, { jobId: child.id });
      return false;
    }
    for (const effect of effects) after(effect);
    return true;
  }

  return { ended, cancel, follow, callOff, cancelCalledOff, mayBeCalledOff: () => mayBeCalledOff };
}
export type Family = ReturnType<typeof createFamily>;
