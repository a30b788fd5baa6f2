import type { Clock } from './clock.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { JobStore, StorageState } from './job-store.ts';

export interface StorageWatchOptions {
  readonly store: Pick<JobStore, 'probe' | 'storageFailure'>;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly probeMs: number;
  readonly onChange: (state: StorageState) => void;
}

/** Knows whether storage takes writes. After a refusal it tries a write of its own at an interval until one stands. */
export function createStorageWatch(options: StorageWatchOptions) {
  const { store, clock, log } = options;
  let state: StorageState = 'ok';
  let cancel: (() => void) | null = null;
  let stopped = false;

  function become(next: StorageState): void {
    if (state === next) return;
    state = next;
    log(
      next === 'ok' ? 'info' : 'error',
      next === 'ok' ? 'Storage takes writes again.' : 'Storage refuses writes; work is paused until it takes them.',
      { state: next },
    );
    options.onChange(next);
  }

  function arm(): void {
    cancel?.();
    cancel = stopped ? null : clock.setTimer(options.probeMs, probe);
  }

  function probe(): void {
    cancel = null;
    try {
      store.probe();
    } catch (error) {
      const failure = store.storageFailure(error);
      if (failure === null) log('error', `The storage probe failed: ${sentenceOf(error)}`, {});
      arm();
      become(failure ?? state);
      return;
    }
    become('ok');
  }

  return {
    state: (): StorageState => state,
    failed(failure: Exclude<StorageState, 'ok'>): void {
      arm();
      become(failure);
    },
    stop(): void {
      stopped = true;
      cancel?.();
      cancel = null;
    },
  };
}
