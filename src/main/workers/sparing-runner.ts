import type { WorkerName } from '../../shared/domain/job.ts';
import type { TaskRunner } from '../engine/task-runner.ts';

/**
 * Tasks that a worker takes at the same time while power is spared: one of what keeps a processor busy, and beside a synopsis one
 * short thing, as an export. A model's answer waits for a network and costs next to nothing.
 */
const sparedPlaces: Readonly<Partial<Record<WorkerName, number>>> = { documents: 1, synopsis: 2, browser: 1 };

export interface SparingRunner {
  readonly runner: TaskRunner;
  /** False when it was so already. */
  set(isSparing: boolean): boolean;
}

/** The same runner, with fewer places while power is spared. What runs goes on; only what is next waits longer. */
export function createSparingRunner(runner: TaskRunner): SparingRunner {
  let isSparing = false;
  const listeners = new Set<() => void>();
  return {
    runner: {
      ...runner,
      capacity(worker) {
        const free = runner.capacity(worker);
        const places = isSparing ? sparedPlaces[worker] : undefined;
        if (places === undefined) return free;
        const running = runner.health().find(({ name }) => name === worker)?.running ?? 0;
        return Math.max(0, Math.min(free, places - running));
      },
      onChange(listener) {
        listeners.add(listener);
        const off = runner.onChange(listener);
        return () => {
          listeners.delete(listener);
          off();
        };
      },
    },
    set(next) {
      if (next === isSparing) return false;
      isSparing = next;
      for (const listener of [...listeners]) listener();
      return true;
    },
  };
}
