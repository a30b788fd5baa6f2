import { createFullTimers } from '../../shared/domain/full-timer.ts';
import type { Clock } from './clock.ts';

const monotonicMs = (): number => performance.now();

/** The clock of a real process. The only place where the engine's time meets the platform's timers. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs,
  setTimer: createFullTimers({
    monotonicMs,
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  }),
  afterTurn: callback => {
    setImmediate(callback);
  },
};
