import type { JobKindName } from '../../shared/domain/job.ts';
import type { Attempt } from './attempt.ts';
import type { DrainEnd } from './engine-api.ts';

/**
 * What is not claimed at the moment: everything, or single kinds. What runs goes on; `drain` says when it has ended.
 * Whoever pauses remembers it over a restart and says so again before the start.
 */
export function createPauses(deps: {
  /** Attempts that hold a place. */
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly changed: () => void;
  /** Something may be claimed again. */
  readonly wake: () => void;
}) {
  let isQueuePaused = false;
  const kinds = new Set<JobKindName>();
  const drains = new Set<{ readonly kind: JobKindName | null; readonly end: (how: DrainEnd) => void }>();

  function isRunning(kind: JobKindName | null): boolean {
    return [...deps.attempts.values()].some(attempt => kind === null || attempt.kind.name === kind);
  }

  function set(kind: JobKindName | null, paused: boolean): void {
    if ((kind === null ? isQueuePaused : kinds.has(kind)) === paused) return;
    if (kind === null) isQueuePaused = paused;
    else if (paused) kinds.add(kind);
    else kinds.delete(kind);
    deps.changed();
    if (!paused) {
      for (const drain of drains) if (drain.kind === kind) drain.end('resumed');
      return deps.wake();
    }
    // What was handed out ahead and has not begun is in the queue again, where the pause keeps it.
    for (const attempt of deps.attempts.values()) if (kind === null || attempt.kind.name === kind) attempt.withdraw();
  }

  return {
    /** The whole queue for null. */
    set,
    isQueuePaused: () => isQueuePaused,
    isKindPaused: (kind: JobKindName) => kinds.has(kind),
    kinds: (): readonly JobKindName[] => [...kinds].sort(),
    /** Pauses and resolves once nothing of it runs any more, or once it is known that this will not come to be waited for. */
    async drain(kind: JobKindName | null, signal?: AbortSignal): Promise<DrainEnd> {
      set(kind, true);
      if (!isRunning(kind)) return 'drained';
      if (signal?.aborted === true) return 'left';
      const { promise, resolve } = Promise.withResolvers<DrainEnd>();
      const drain = { kind, end: resolve };
      const leave = () => {
        resolve('left');
      };
      drains.add(drain);
      signal?.addEventListener('abort', leave);
      try {
        return await promise;
      } finally {
        drains.delete(drain);
        signal?.removeEventListener('abort', leave);
      }
    },
    /** An attempt has given up its place. */
    attemptLeft(): void {
      for (const drain of drains) if (!isRunning(drain.kind)) drain.end('drained');
    },
  };
}
