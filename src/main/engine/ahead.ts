import type { JobKindName } from '../../shared/domain/job.ts';
import type { Attempt } from './attempt.ts';
import type { Clock } from './clock.ts';
import type { JobKind } from './job-kind.ts';
import type { EngineLimits } from './limits.ts';

/** Weight of the newest attempt in the moving figure, an eighth: a few slow ones count at once, one fast one does not undo them. */
const newest = 1 / 8;

/** What is handed out and has not begun is taken back after so many times the span it should have begun in. */
const patience = 4;

/**
 * How much is handed out ahead: claimed and given to a worker behind tasks of the same kind that still run there, so that the next
 * one begins without waiting for this process and its sync. Only kinds whose attempts are short and can have nothing else
 * happen to them, and only as many as will have begun within `limits.aheadMs`. One that has not begun after a few times that is
 * asked for again and goes back to the queue, its attempt not counted.
 */
export function createAhead(deps: { readonly clock: Clock; readonly limits: Pick<EngineLimits, 'tasksAhead' | 'aheadMs'> }) {
  const { clock, limits } = deps;
  /** Milliseconds that an attempt of the kind takes; none before one was measured. */
  const pace = new Map<JobKindName, number>();
  /** Handed out and not begun, with the time it was. */
  const waiting = new Map<Attempt, number>();
  let watching: (() => void) | null = null;

  function watch(): void {
    if (watching !== null || waiting.size === 0) return;
    watching = clock.setTimer(limits.aheadMs * patience, () => {
      // What came in while this process was busy is read first.
      clock.afterTurn(() => {
        watching = null;
        takeBackLate();
        watch();
      });
    });
  }

  function takeBackLate(): void {
    const lateMs = clock.monotonicMs() - limits.aheadMs * patience;
    for (const [attempt, atMs] of waiting) {
      if (atMs > lateMs) continue;
      waiting.delete(attempt);
      // None of the kind is handed out ahead again before attempts have shown that it is short after all.
      measured(attempt.kind.name, limits.aheadMs * patience, 1);
      attempt.withdraw();
    }
  }

  function measured(kind: JobKindName, ms: number, weight: number): void {
    const before = pace.get(kind) ?? ms;
    pace.set(kind, before + (ms - before) * weight);
  }

  return {
    /** How many of the kind may be handed out ahead, all places together; 0 for none. */
    depth(kind: JobKind): number {
      const ms = pace.get(kind.name);
      return ms === undefined || !mayWaitInLine(kind) ? 0 : Math.min(limits.tasksAhead, Math.floor(limits.aheadMs / ms));
    },
    /** A task of the kind was at work so long. */
    measured(kind: JobKind, ms: number): void {
      measured(kind.name, ms, newest);
    },
    handedOut(attempt: Attempt): void {
      waiting.set(attempt, clock.monotonicMs());
      watch();
    },
    /** It has begun, or will not. */
    settled(attempt: Attempt): void {
      waiting.delete(attempt);
    },
    stop(): void {
      watching?.();
      watching = null;
    },
  };
}
export type Ahead = ReturnType<typeof createAhead>;

/**
 * Nothing counts the starts of the kind, nothing of it is sent outside, waits or asks, and after a crash it is simply run. So it
 * makes no difference but in time that it was claimed before its place was free.
 */
export function mayWaitInLine(kind: JobKind): boolean {
  return (
    kind.recovery === 'resume' &&
    kind.rate === undefined &&
    kind.perSession === undefined &&
    kind.hostCall === undefined &&
    kind.beforeDone === undefined &&
    isEmpty(kind.effects) &&
    isEmpty(kind.compensations)
  );
}

function isEmpty(declared: Readonly<Record<string, unknown>> | undefined): boolean {
  return declared === undefined || Object.keys(declared).length === 0;
}
