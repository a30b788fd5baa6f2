import type { Clock } from './clock.ts';
import type { FinishedRange, JobStore, PlaceInHistory } from './job-store.ts';

/**
 * Jobs looked at in one transaction. Measured, 20,000 jobs of ten steps of 1 kB each on a synced file
 * (`node test/bench/history-clean-up.ts`): the loop stands still for 4 ms at the median, 14 at p99
 * and 19 at most, on a machine that is busy with four times as much as it has processors.
 */
const lookedAtAtOnce = 25;

const dayMs = 24 * 60 * 60 * 1000;

export interface HistoryLimits {
  /** Jobs that ended earlier go. */
  readonly keepDays: number;
  /** Beyond so many finished jobs the oldest go, however young. */
  readonly keepCount: number;
}

/**
 * Removes finished jobs beyond the limits, in small transactions with a turn of the event loop between them. Resolves to
 * how many went. Synopses, chats and documents are not the engine's and stay, and so does a job that a version of a
 * synopsis or a schedule points to. `signal` stops it between two.
 */
export async function cleanHistory(
  deps: { readonly store: Pick<JobStore, 'transaction' | 'finishedCount' | 'removeFinished'>; readonly clock: Clock },
  limits: HistoryLimits,
  signal?: AbortSignal,
): Promise<number> {
  const { store, clock } = deps;

  async function remove(beforeMs: number, most: number): Promise<number> {
    let removed = 0;
    for (let after: PlaceInHistory | null = null; signal?.aborted !== true && removed < most;) {
      const range: FinishedRange = { beforeMs, after, limit: Math.min(lookedAtAtOnce, most - removed) };
      const batch = store.transaction(() => store.removeFinished(range));
      removed += batch.removed;
      after = batch.at;
      if (after === null) break;
      await new Promise<void>(resolve => {
        clock.afterTurn(resolve);
      });
    }
    return removed;
  }

  const byAge = await remove(clock.nowMs() - limits.keepDays * dayMs, Number.POSITIVE_INFINITY);
  return byAge + (await remove(Number.MAX_SAFE_INTEGER, store.finishedCount() - limits.keepCount));
}
