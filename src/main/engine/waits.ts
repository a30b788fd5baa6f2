import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { WaitReason } from '../../shared/domain/job-state.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import type { After, Family } from './family.ts';
import { endJob } from './ending.ts';
import { idleRef } from './job-hooks.ts';
import type { JobKind } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';

/** Ends waits, in transaction: because what was waited for has come, or because the wait has run out. */
export function createWaits(deps: {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly family: Family;
  readonly emit: (event: EngineEvent) => void;
}) {
  const { store, kinds, clock, log, family, emit } = deps;

  /** False when the job is not waiting. */
  function resume(after: After, jobId: JobId): boolean {
    if (!store.resume(jobId, clock.nowMs())) return false;
    // A hook's part of the transaction may be undone later: look before telling.
    after(() => {
      if (store.find(jobId)?.state !== 'waiting') emit({ type: 'resumed', jobId });
    });
    return true;
  }

  /** How many went on. */
  function resumeWaiting(after: After, reason: WaitReason, sessionId: SessionId | null): number {
    return store.waitingFor(reason, sessionId).filter(jobId => resume(after, jobId)).length;
  }

  /** Gives at most `limit` waits that have run out what was said to follow. */
  function expire(after: After, limit: number): void {
    const nowMs = clock.nowMs();
    for (const record of store.expiredWaits(nowMs, limit)) {
      store.note(record.id, 'wait_expired', record.onExpiry, nowMs);
      // How a job that is being undone ends was decided before: only the rest of its undoing is left.
      if (record.onExpiry === 'resume' || record.undoFor !== null) resume(after, record.id);
      else if (record.onExpiry === 'cancel') family.cancel(after, record);
      else fail(after, record, nowMs);
    }
  }

  function fail(after: After, record: JobRecord, nowMs: number): void {
    const error = {
      code: 'wait_expired',
      message: `The job waited (${record.waitReason ?? 'unknown'}) until its time was over, and nothing came.`,
    };
    const kind = kinds.get(record.kind);
    const job = kind === undefined ? null : idleRef(store, kind, record);
    const ending = endJob({ store, log, nowMs }, kind, job, {
      id: record.id,
      leaseToken: null,
      state: 'failed',
      error,
      write: () => store.failIdle(record.id, error, nowMs),
    });
    family.follow(after, record, ending, 'failed');
  }

  return { resume, resumeWaiting, expire };
}
export type Waits = ReturnType<typeof createWaits>;
