import type { Clock } from '../engine/clock.ts';

/** After a sleep nothing that is due waits longer than this, where no system event tells of it. */
const everyMs = 10_000;
/** A clock that a time server nudges, or a loop that was busy, is no jump. */
const toleranceMs = 5_000;

export interface ClockWatch {
  /** Compares now, and starts anew from here. */
  look(): void;
  stop(): void;
}

/**
 * Notices that the wall clock went on by more or less than the time that was waited for: the machine has slept, or
 * somebody has set its clock. What is planned by the wall clock is then looked at again.
 */
export function watchClock(clock: Clock, onJump: (byMs: number) => void): ClockWatch {
  let wallMs = clock.nowMs();
  let startedAtMs = clock.monotonicMs();
  let cancel = clock.setTimer(everyMs, tick);

  /** Where timers go on in a sleep both clocks do; then the wait itself was longer than it was asked to be. */
  function jumpMs(): number {
    const waitedMs = Math.min(clock.monotonicMs() - startedAtMs, everyMs);
    return clock.nowMs() - wallMs - waitedMs;
  }

  function look(): void {
    const byMs = jumpMs();
    wallMs = clock.nowMs();
    startedAtMs = clock.monotonicMs();
    if (Math.abs(byMs) > toleranceMs) onJump(byMs);
  }

  function tick(): void {
    cancel = clock.setTimer(everyMs, tick);
    look();
  }

  return {
    look,
    stop: () => {
      cancel();
    },
  };
}
