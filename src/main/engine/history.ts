import type { Clock } from './clock.ts';
import type { JobStore } from './job-store.ts';

/** Jobs removed in one transaction: with steps and trail a few milliseconds, less than a frame. */
const removedAtOnce = 50;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes jobs that ended more than `keepDays` days ago, in small transactions with a turn of the event loop between
 * them. Resolves to how many went. Synopses, chats and documents are not the engine's and stay. `signal` stops it between two.
 */
export async function cleanHistory(
  deps: { readonly store: Pick<JobStore, 'transaction' | 'removeFinishedBefore'>; readonly clock: Clock },
  keepDays: number,
  signal?: AbortSignal,
): Promise<number> {
  const beforeMs = deps.clock.nowMs() - keepDays * dayMs;
  let removed = 0;
  while (signal?.aborted !== true) {
    const batch = deps.store.transaction(() => deps.store.removeFinishedBefore(beforeMs, removedAtOnce));
    removed += batch;
    if (batch < removedAtOnce) return removed;
    await new Promise<void>(resolve => {
      deps.clock.afterTurn(resolve);
    });
  }
  return removed;
}
