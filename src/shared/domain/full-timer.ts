import type { TimerPort } from './awake-timer.ts';

/**
 * Timers that are never early, of a platform's that are: those count whole milliseconds from a moment of their own, and come up to
 * one too soon. Whoever looks then whether the time is there finds that it is not, and has no second timer.
 */
export const createFullTimers =
  ({ monotonicMs, setTimer }: TimerPort): TimerPort['setTimer'] =>
  (delayMs, callback) => {
    const dueAtMs = monotonicMs() + delayMs;
    let cancel = setTimer(Math.ceil(delayMs), look);
    return () => cancel();

    function look(): void {
      const restMs = dueAtMs - monotonicMs();
      if (restMs <= 0) callback();
      else cancel = setTimer(Math.ceil(restMs), look);
    }
  };
