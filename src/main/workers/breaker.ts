/** Stops starting workers that only die, and tries again one at a time. The circuit breaker of Nygard, "Release It!". */

/** Three failures in a window: one is bad luck and two may be one poison job, which fails at its second. */
const failuresToOpen = 3;
/** A minute: a worker that dies more rarely still gets work done. */
const windowMs = 60_000;
/** First pause of 5 s, doubled each time, up to 5 minutes: an update of the program or a full disk is over by then. */
const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;

export interface Breaker {
  /** `half_open` once the pause is over: one process with one task may try. */
  state(nowMs: number): 'closed' | 'open' | 'half_open';
  /** Monotonic time at which the pause ends; null while closed. */
  retryAt(): number | null;
  /** The infrastructure failed: a worker did not start, died, hung or broke the protocol. */
  failed(nowMs: number): void;
  /** A task came to a proper end. */
  succeeded(nowMs: number): void;
}

export function createBreaker(): Breaker {
  let failures: number[] = [];
  let retryAt: number | null = null;
  let pauseMs = firstPauseMs;

  function state(nowMs: number): 'closed' | 'open' | 'half_open' {
    if (retryAt === null) return 'closed';
    return nowMs < retryAt ? 'open' : 'half_open';
  }
  return {
    state,
    retryAt: () => retryAt,
    failed(nowMs) {
      const before = state(nowMs);
      // What was already running when it opened says nothing new.
      if (before === 'open') return;
      if (before === 'half_open') {
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
        retryAt = nowMs + pauseMs;
        return;
      }
      failures = [...failures.filter(at => nowMs - at < windowMs), nowMs];
      if (failures.length < failuresToOpen) return;
      failures = [];
      retryAt = nowMs + pauseMs;
    },
    succeeded(nowMs) {
      if (state(nowMs) !== 'half_open') return;
      retryAt = null;
      pauseMs = firstPauseMs;
    },
  };
}
