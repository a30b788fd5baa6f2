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

/** How long until the next attempt; null when this one was the last. A Retry-After slows the provider down for all. */
export function retryDelay(
  deps: SettlementDeps,
  kind: JobKind,
  job: Pick<JobRef<unknown>, 'attempt'>,
  row: JobRecord,
  failure: Extract<Verdict, { type: 'failed' }>,
): number | null {
  const asked = failure.retryAfterMs === null ? null : Math.min(Math.max(failure.retryAfterMs, 0), deps.limits.retryAfterMs);
  if (asked !== null) deps.slowDown(deps.clock.nowMs() + asked);
  return failure.retryable && row.attempt < row.maxAttempts ? retryDelayMs(kind.retry, job.attempt, asked, deps.random()) : null;
}
