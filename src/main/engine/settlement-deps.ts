import { retryDelayMs } from '../../shared/domain/retry-policy.ts';
import type { Clock } from './clock.ts';
import type { After, Family } from './family.ts';
import type { EngineLog } from './engine-log.ts';
import type { JobKind, JobRef } from './job-kind.ts';
import type { JobRecord, JobStore } from './job-store.ts';
import type { EngineLimits } from './limits.ts';
import type { Verdict } from './verdict.ts';

/** What the end of an attempt is written with. */
export interface SettlementDeps {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: EngineLimits;
  readonly log: EngineLog;
  readonly family: Family;
  readonly after: After;
  /** The other side's Retry-After holds for every job of its provider. */
  readonly slowDown: (untilMs: number) => void;
}

/** Slows the provider down for all as a failure asks for it, and says for how long; null where it asks for nothing. */
export function heedRetryAfter(
  { limits, clock, slowDown }: SettlementDeps,
  { retryAfterMs }: Extract<Verdict, { type: 'failed' }>,
): number | null {
  if (retryAfterMs === null) return null;
  const asked = Math.min(Math.max(retryAfterMs, 0), limits.retryAfterMs);
  slowDown(clock.nowMs() + asked);
  return asked;
}

/** How long until the next attempt; null when this one was the last. */
export function retryDelay(
  deps: SettlementDeps,
  kind: JobKind,
  job: Pick<JobRef<unknown>, 'attempt'>,
  row: JobRecord,
  failure: Extract<Verdict, { type: 'failed' }>,
): number | null {
  const asked = heedRetryAfter(deps, failure);
  return failure.retryable && row.attempt < row.maxAttempts ? retryDelayMs(kind.retry, job.attempt, asked, deps.random()) : null;
}
