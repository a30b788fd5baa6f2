import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { Health } from '../../shared/contract/health.ts';

/** Figures are read at most so often: they are for reading, and news of jobs can come with every frame. */
const readEveryMs = 1_000;
/** Memory, waits and backups grow without an event. */
const atLeastEveryMs = 5_000;

export interface HealthState {
  /** The last one stays while the next is read, and when main does not answer. */
  readonly health: Health | null;
  /** Why the last reading failed, as an error code. */
  readonly failure: string | null;
}

export interface HealthStore extends StoreApi<HealthState> {
  /** Reads now, with the news and every few seconds, until the returned function is called. */
  watch(): () => void;
}

export function createHealthStore(client: Client): HealthStore {
  const store = createStore<HealthState>(() => ({ health: null, failure: null }));

  return {
    ...store,
    watch() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let dueAtMs = Infinity;
      let readAtMs = 0;
      let isOver = false;
      let isReading = false;

      function plan(inMs: number): void {
        const atMs = Math.max(Date.now() + inMs, readAtMs + readEveryMs);
        if (isOver || isReading || atMs >= dueAtMs) return;
        clearTimeout(timer);
        dueAtMs = atMs;
        timer = setTimeout(() => void read(), atMs - Date.now());
      }

      async function read(): Promise<void> {
        clearTimeout(timer);
        dueAtMs = Infinity;
        isReading = true;
        readAtMs = Date.now();
        const result = await client.call('health.read', {});
        isReading = false;
        if (isOver) return;
        if (result.ok) store.setState({ health: result.value, failure: null });
        else store.setState({ failure: result.error.code });
        plan(atLeastEveryMs);
      }

      const news = (): void => plan(0);
      const unsubscribe = [client.onEvent('jobs.changed', news), client.onEvent('status.changed', news)];
      void read();
      return () => {
        isOver = true;
        clearTimeout(timer);
        for (const each of unsubscribe) each();
      };
    },
  };
}
