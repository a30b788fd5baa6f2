import type { Progress } from '../../shared/domain/progress.ts';
import type { Clock } from './clock.ts';
import type { GroupCommit, Turn } from './group-commit.ts';
import type { JobStore, Lease } from './job-store.ts';

interface News {
  readonly lease: Lease;
  readonly progress: Progress;
  readonly atMs: number;
}

/**
 * Holds the newest progress of each running job and writes all of it in one transaction, at most once an interval. The
 * first news after a quiet interval is written at once. Progress is worth nothing after its job has moved on, so what
 * storage refuses stays here only until then.
 */
export function createProgressBoard(deps: {
  readonly store: Pick<JobStore, 'writeProgress'>;
  readonly clock: Clock;
  readonly commit: Pick<GroupCommit, 'submit'>;
  readonly intervalMs: number;
  readonly onWritten: (lease: Lease) => void;
}) {
  const { store, clock } = deps;
  const news = new Map<string, News>();
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  let writing = false;

  function arm(): void {
    if (cancel !== null || writing || news.size === 0) return;
    const delayMs = Math.max(0, writtenAtMs + deps.intervalMs - clock.monotonicMs());
    if (delayMs === 0) write();
    else
      cancel = clock.setTimer(delayMs, () => {
        cancel = null;
        write();
      });
  }

  function write(): void {
    writing = true;
    const work = (turn: Turn): void => {
      const batch = [...news.values()];
      for (const entry of batch) {
        if (!store.writeProgress(entry.lease, JSON.stringify(entry.progress), entry.atMs)) continue;
        turn.afterCommit(() => {
          deps.onWritten(entry.lease);
        });
      }
      turn.afterCommit(() => {
        for (const entry of batch) if (news.get(entry.lease.leaseToken) === entry) news.delete(entry.lease.leaseToken);
      });
    };
    deps.commit
      .submit('reject', work, null, true)
      .catch(() => undefined)
      .finally(() => {
        // Refused by storage: the next interval tries again, and the storage watch has already said why.
        writing = false;
        writtenAtMs = clock.monotonicMs();
        arm();
      });
  }

  return {
    report(lease: Lease, progress: Progress): void {
      news.set(lease.leaseToken, { lease, progress, atMs: clock.nowMs() });
      arm();
    },
    forget(lease: Lease): void {
      news.delete(lease.leaseToken);
    },
    stop(): void {
      cancel?.();
      cancel = null;
      news.clear();
    },
  };
}
export type ProgressBoard = ReturnType<typeof createProgressBoard>;
