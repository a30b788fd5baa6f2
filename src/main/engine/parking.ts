import type { EngineEvent } from './engine-api.ts';
import { sentenceOf } from './engine-log.ts';
import type { Lease } from './job-store.ts';
import type { SettlementDeps } from './settlement-deps.ts';
import type { Verdict } from './verdict.ts';
import { failed } from './verdict.ts';

/**
 * Parks a held job, at its work or undoing it, in transaction; what it waits for may have come meanwhile, and then it is queued at
 * once. Null when the lease was lost; a failure when nobody can say whether it has to wait.
 */
export function park(
  deps: Pick<SettlementDeps, 'store' | 'clock'>,
  lease: Lease,
  parking: Extract<Verdict, { type: 'parked' }>,
): EngineEvent | Extract<Verdict, { type: 'failed' }> | null {
  const { store } = deps;
  const { jobId } = lease;
  const nowMs = deps.clock.nowMs();
  let over: boolean;
  try {
    over = parking.isOver?.({ store, jobId }) === true;
  } catch (error) {
    if (store.storageFailure(error) !== null) throw error;
    return failed('park_failed', sentenceOf(error), true);
  }
  if (over)
    return store.giveBack(lease, 'nothing', 'wait_over: What it would have waited for has come.', nowMs)
      ? { type: 'returned', jobId }
      : null;
  return store.park(lease, parking.wait, nowMs) ? { type: 'waiting', jobId } : null;
}
