import type { Status } from '../../shared/contract/app.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { App } from './app-api.ts';

/** How often it is looked again: a program nobody needs any more may stay this much longer. */
const lookEveryMs = 1_000;

export function createIdleWait({
  engine,
  status,
  hasWindow,
  now,
}: {
  readonly engine: Pick<Engine, 'isPaused'>;
  readonly status: () => Status;
  readonly hasWindow: () => boolean;
  readonly now: () => number;
}): App['whenIdle'] {
  return async ({ graceMs, signal }) => {
    for (let idleSinceMs = now(); !signal.aborted;) {
      const { running, queued } = status();
      // A paused queue waits for a person, who starts the program themselves.
      const isBusy = running > 0 || (queued > 0 && !engine.isPaused());
      if (isBusy || hasWindow()) idleSinceMs = now();
      const leftMs = idleSinceMs + graceMs - now();
      if (leftMs <= 0) return;
      await new Promise(resolve => setTimeout(resolve, Math.min(leftMs, lookEveryMs)));
    }
  };
}
