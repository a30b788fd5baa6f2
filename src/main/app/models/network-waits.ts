import type { JobId, ProviderId } from '../../../shared/domain/ids.ts';
import { ParkJob } from '../../engine/park-job.ts';

/** How long until the provider is tried again, though nothing has been heard of it. */
const lookAgainMs = 30_000;

/** Who waits for which provider, and what ends it: any call to that provider that succeeds, whoever made it. */
export interface NetworkWaits {
  /** An attempt at the job begins that asks this provider. */
  asks(job: JobId, provider: ProviderId): void;
  /**
   * Parks a job whose provider cannot be reached: the reason is named, the worker is free, no attempt is counted, and the job
   * goes on by itself. Throw what it returns.
   */
  away(job: JobId, message: string): ParkJob;
  /** In transaction: a call of the provider has succeeded, and who waits for it goes on. */
  answered(provider: ProviderId): void;
  /** The same for the provider that the job asks. */
  answeredTo(job: JobId): void;
  /** The job asks nobody any more. */
  over(job: JobId): void;
}

/** Kept in memory: what waits since an earlier run of the program looks again by itself, soon. */
export function createNetworkWaits({
  resumeInTransaction,
  now,
}: {
  readonly resumeInTransaction: (job: JobId) => boolean;
  readonly now: () => number;
}): NetworkWaits {
  const asked = new Map<JobId, ProviderId>();
  const waiting = new Map<ProviderId, Set<JobId>>();
  /** Calls of each provider that have succeeded: one that comes while a job is about to be parked is not missed. */
  const answers = new Map<ProviderId, number>();

  function forget(job: JobId): void {
    for (const jobs of waiting.values()) jobs.delete(job);
  }
  // Who waited stays listed until it begins anew: the transaction may be undone, and is run again.
  function answered(provider: ProviderId): void {
    answers.set(provider, (answers.get(provider) ?? 0) + 1);
    for (const job of waiting.get(provider) ?? []) resumeInTransaction(job);
  }

  return {
    asks(job, provider) {
      forget(job);
      asked.set(job, provider);
    },
    away(job, message) {
      const provider = asked.get(job);
      const heard = () => (provider === undefined ? 0 : (answers.get(provider) ?? 0));
      const before = heard();
      if (provider !== undefined) waiting.set(provider, (waiting.get(provider) ?? new Set()).add(job));
      return new ParkJob({
        reason: 'network',
        detail: { message },
        expiresAtMs: now() + lookAgainMs,
        onExpiry: 'resume',
        isOver: () => heard() !== before,
      });
    },
    answered,
    answeredTo(job) {
      const provider = asked.get(job);
      if (provider !== undefined) answered(provider);
    },
    over(job) {
      forget(job);
      asked.delete(job);
    },
  };
}
