import type { JobKindName } from '../../src/shared/domain/job.ts';
import type { ClaimedJob, JobStore } from '../../src/main/engine/job-store.ts';

/** Claims the job that is first in line, as a turn with room for one does; null when there is none. In transaction. */
export function claimFirst(
  store: Pick<JobStore, 'queued' | 'claim'>,
  kinds: readonly JobKindName[],
  leaseToken: string,
  nowMs: number,
  msPerPoint: number,
): ClaimedJob | null {
  const job = store.queued(kinds, 1, nowMs, msPerPoint).next(() => true);
  return job === null ? null : (store.claim([{ jobId: job.id, leaseToken }], nowMs)[0] ?? null);
}
