import type { JobStore } from '../../engine/job-store.ts';

const msPerSecond = 1_000;

/** The same store, its outermost transactions timed until they are committed: with every commit synced, that is the disk's time. */
export function withTimedCommits(jobs: JobStore, observeSeconds: (seconds: number) => void): JobStore {
  return {
    ...jobs,
    transaction(work, mayRepeat) {
      if (jobs.inTransaction()) return jobs.transaction(work, mayRepeat);
      const startedAt = performance.now();
      const value = jobs.transaction(work, mayRepeat);
      observeSeconds((performance.now() - startedAt) / msPerSecond);
      return value;
    },
  };
}
