import { createFullTimers } from '../../shared/domain/full-timer.ts';

/** Time as the supervisor uses it, so that a test can move it by hand. */
export interface Timers {
  /** Monotonic milliseconds from an arbitrary start. */
  monotonicMs(): number;
  /** Milliseconds since the Unix epoch, for what is shown. */
  epochMs(): number;
  /** Calls `run` once after at least `delayMs` of `monotonicMs`; returns how to prevent it. */
  after(delayMs: number, run: () => void): () => void;
}

const monotonicMs = (): number => performance.now();

export const systemTimers: Timers = {
  monotonicMs,
  epochMs: () => Date.now(),
  after: createFullTimers({
    monotonicMs,
    setTimer(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  }),
};
