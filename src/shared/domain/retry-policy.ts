/** Exponential backoff with full-range jitter around each delay; `delaysMs.length` retries after the first attempt. */
export interface RetryPolicy {
  /** Delay before the first, second … retry. */
  readonly delaysMs: readonly number[];
  /** Share of a delay that is random, 0 to 1: 0.2 gives 0.8 to 1.2 of it. */
  readonly jitter: number;
}

export function maxAttempts(policy: RetryPolicy): number {
  return policy.delaysMs.length + 1;
}

/**
 * Milliseconds to wait after the given failed attempt (1-based), or null when no retry is left. `retryAfterMs` is what
 * the other side asked for and is a floor, never shortened by jitter. `random` is in [0, 1).
 */
export function retryDelayMs(policy: RetryPolicy, failedAttempt: number, retryAfterMs: number | null, random: number): number | null {
  const base = policy.delaysMs[failedAttempt - 1];
  if (base === undefined) return null;
  const jittered = Math.round(base * (1 + policy.jitter * (2 * random - 1)));
  return Math.max(jittered, retryAfterMs ?? 0);
}
