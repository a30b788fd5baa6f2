import type { EngineEvent } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';

/** Tells everybody who listens, in order; one that throws keeps nothing from the others. */
export function createListeners(log: EngineLog) {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    emit(event: EngineEvent): void {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          log('error', `A listener of ${event.type} threw: ${sentenceOf(error)}`, {});
        }
      }
    },
    subscribe(listener: (event: EngineEvent) => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
