import type { Clock } from './clock.ts';
import { longestTimerMs } from './clock.ts';

/**
 * One timer to the earliest due time. Timers count running time and due times are wall-clock, so a computer that slept
 * or a clock that was set would be noticed late: the timer sleeps at most `longestSleepMs` and compares again. That
 * comparison is in memory; the database is asked only when something is due.
 */
export function createDueTimer(clock: Clock, longestSleepMs: number, onDue: () => void) {
  const sleepMs = Math.min(longestSleepMs, longestTimerMs);
  let dueAtMs: number | null = null;
  let cancel: (() => void) | null = null;

  function arm(): void {
    cancel?.();
    cancel = null;
    if (dueAtMs === null) return;
    cancel = clock.setTimer(Math.min(Math.max(dueAtMs - clock.nowMs(), 0), sleepMs), look);
  }

  function look(): void {
    cancel = null;
    if (dueAtMs === null) return;
    if (clock.nowMs() < dueAtMs) {
      arm();
      return;
    }
    dueAtMs = null;
    onDue();
  }

  return {
    /** Null when nothing is scheduled. The same time again leaves the timer as it is, unless that time has passed meanwhile. */
    set(earliestDueAtMs: number | null): void {
      if (earliestDueAtMs === dueAtMs && (dueAtMs === null || clock.nowMs() < dueAtMs)) return;
      dueAtMs = earliestDueAtMs;
      arm();
    },
    stop(): void {
      dueAtMs = null;
      cancel?.();
      cancel = null;
    },
  };
}
