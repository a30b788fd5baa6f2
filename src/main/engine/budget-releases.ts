import type { JobId } from '../../shared/domain/ids.ts';
import type { Budgets } from './budgets.ts';
import type { Clock } from './clock.ts';
import type { Engine } from './engine-api.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';

/**
 * Lets jobs go on that no budget holds up any more: so many in a transaction, the next ones in the next turn of the loop.
 * What is left is read from the rows alone, so a kill in between loses nothing: `start` goes through them once more. When
 * storage refuses it is tried again until it takes them. A job that parks meanwhile looks at its budget itself (`Wait.isOver`).
 */
export function createBudgetReleases(deps: {
  readonly store: Pick<JobStore, 'waitingFor' | 'transaction' | 'storageFailure'>;
  readonly budgets: Pick<Budgets, 'holdsUp'>;
  readonly engine: Pick<Engine, 'resumeInTransaction'>;
  readonly clock: Pick<Clock, 'afterTurn' | 'setTimer'>;
  readonly log: EngineLog;
  readonly limits: Pick<EngineLimits, 'resumedPerCommit' | 'storageProbeMs'>;
}) {
  const { store, budgets, engine, limits } = deps;
  let isStopped = false;
  let cancelRetry: (() => void) | null = null;

  function releaseThese(ids: readonly JobId[]): number {
    return store.transaction(() => ids.filter(id => !budgets.holdsUp(id) && engine.resumeInTransaction(id)).length);
  }

  /** How many go on. Rejects when storage refuses; the rest follows by itself. */
  async function release(): Promise<number> {
    // No more than the queue takes.
    const ids = store.waitingFor('budget', null);
    let resumed = 0;
    for (let at = 0; at < ids.length && !isStopped; at += limits.resumedPerCommit) {
      try {
        resumed += releaseThese(ids.slice(at, at + limits.resumedPerCommit));
      } catch (error) {
        if (store.storageFailure(error) !== null) {
          cancelRetry?.();
          cancelRetry = deps.clock.setTimer(limits.storageProbeMs, releaseByItself);
        }
        throw error;
      }
      await new Promise<void>(resolve => {
        deps.clock.afterTurn(resolve);
      });
    }
    return resumed;
  }

  function releaseByItself(): void {
    release().catch((error: unknown) => {
      deps.log('error', `Jobs that no budget holds up any more could not be let go on: ${sentenceOf(error)}`, {});
    });
  }

  return {
    /** Once the engine has started. */
    start: releaseByItself,
    release,
    stop(): void {
      isStopped = true;
      cancelRetry?.();
    },
  };
}
export type BudgetReleases = ReturnType<typeof createBudgetReleases>;
