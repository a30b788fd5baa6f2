/** Time as the supervisor uses it, so that a test can move it by hand. */
export interface Timers {
  /** Monotonic milliseconds from an arbitrary start. */
  monotonicMs(): number;
  /** Milliseconds since the Unix epoch, for what is shown. */
  epochMs(): number;
  /** Calls `run` once after `delayMs`; returns how to prevent it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
