import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { EngineEvent } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { Family } from './family.ts';
import type { GroupCommit, Turn } from './group-commit.ts';
import type { JobKind } from './job-kind.ts';
import type { JobStore, StorageState } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import { recover } from './recovery.ts';
import type { createRunningAttempts } from './running-attempts.ts';
import type { TaskRunner } from './task-runner.ts';

type Phase = 'new' | 'recovering' | 'open' | 'stopping' | 'stopped';

export interface LifeCycleDeps {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly log: EngineLog;
  readonly emit: (event: EngineEvent) => void;
  readonly attempts: ReadonlyMap<string, Attempt>;
  readonly family: () => Family;
  readonly commit: () => GroupCommit;
}

/** From the recovery of what an earlier process left to the last commit of this one. */
export function createLifeCycle(deps: LifeCycleDeps) {
  const { store, kinds, clock, limits, log, emit, attempts } = deps;
  let phase: Phase = 'new';

  /** Part of a transaction; the doors open after its commit. */
  function recoverIn(turn: Turn): number {
    const effects: (() => void)[] = [];
    const { resumed, events } = recover({
      store,
      kinds,
      clock,
      limits,
      log,
      family: deps.family(),
      after: effect => {
        effects.push(effect);
      },
      isOurs: token => attempts.has(token),
    });
    turn.afterCommit(() => {
      if (phase === 'recovering') phase = 'open';
      events.forEach(emit);
      for (const effect of effects) effect();
      log('info', 'Recovered what an earlier process left running.', { resumed, ended: events.length - resumed });
      deps.commit().wake();
    });
    return resumed;
  }

  return {
    phase: (): Phase => phase,
    recoverIn,
    assertOpen(): void {
      if (phase === 'stopping' || phase === 'stopped')
        throw new EngineError('stopped', 'The engine is stopping and takes no more requests.');
    },

    start(onStorageFailure: (state: Exclude<StorageState, 'ok'>) => void): { readonly resumed: number } {
      if (phase !== 'new') throw new Error('The engine was started before; make a new one.');
      phase = 'recovering';
      let resumed = 0;
      const effects: (() => void)[] = [];
      try {
        store.transaction(() => {
          resumed = recoverIn({
            afterCommit: effect => {
              effects.push(effect);
            },
            leaving: new Set(),
          });
        });
      } catch (error) {
        const failure = store.storageFailure(error);
        if (failure === null) throw error;
        // The doors stay shut until storage takes the recovery, in the first turn that it takes.
        deps.commit().block(failure);
        onStorageFailure(failure);
        return { resumed: 0 };
      }
      for (const effect of effects) effect();
      return { resumed };
    },

    async stop(running: ReturnType<typeof createRunningAttempts>, runner: Pick<TaskRunner, 'stop'>): Promise<void> {
      const settled = running.stopAll();
      await runner.stop().catch((error: unknown) => {
        log('error', `The runner did not stop cleanly: ${sentenceOf(error)}`, {});
      });
      const ceiling = Promise.withResolvers<void>();
      const cancelCeiling = clock.setTimer(limits.stopCeilingMs, ceiling.resolve);
      await Promise.race([settled, ceiling.promise]);
      cancelCeiling();
      running.forceAll();
      // One turn for what was forced to reach the queue; then a last try at everything that still waits.
      await new Promise<void>(resolve => {
        clock.afterTurn(resolve);
      });
      const lost = deps.commit().flushAll();
      phase = 'stopped';
      if (lost > 0 || attempts.size > 0)
        log('error', 'Stopped with unwritten ends; the next start recovers these jobs.', { operations: lost, attempts: attempts.size });
    },
    stopping(): void {
      if (phase === 'stopping' || phase === 'stopped') throw new EngineError('stopped', 'The engine is stopping already.');
      phase = 'stopping';
    },
  };
}
