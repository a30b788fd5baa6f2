import { statSync } from 'node:fs';
import type { Health } from '../../../shared/contract/health.ts';
import { jobKind } from '../../../shared/domain/job.ts';
import type { Engine } from '../../engine/engine-api.ts';
import type { Backup } from '../../store/backups.ts';
import type { DataFolder } from '../../store/data-folder.ts';
import type { QueueFigure } from '../../store/jobs/queue-figures.ts';
import type { Supervisor } from '../../workers/supervisor.ts';
import type { JobMetrics } from './job-metrics.ts';
import type { LoopDelay } from './loop-delay.ts';
import type { Histogram } from './metric-registry.ts';

/** Walking the live jobs takes milliseconds when there are thousands; everybody who asks within this shares one walk. */
const queueFiguresForMs = 1_000;

const msPerSecond = 1_000;

export interface ReadHealthParams {
  readonly engine: Pick<Engine, 'health' | 'isPaused' | 'pausedKinds' | 'storage'>;
  readonly supervisor: Pick<Supervisor, 'pools'>;
  readonly queueFigures: () => readonly QueueFigure[];
  readonly jobMetrics: Pick<JobMetrics, 'lastMinute'>;
  readonly commits: Histogram<Record<never, never>>;
  readonly loopDelay: LoopDelay;
  readonly folder: DataFolder;
  readonly backups: () => readonly Backup[];
  readonly now: () => number;
}

/** How the program is, now. */
export function createReadHealth(params: ReadHealthParams): () => Health {
  const { engine, supervisor, commits, folder, now } = params;
  const sinceMs = Math.round(performance.timeOrigin);
  let figures: { readonly atMs: number; readonly rows: readonly QueueFigure[] } | null = null;

  function queue(nowMs: number): readonly QueueFigure[] {
    if (figures === null || Math.abs(nowMs - figures.atMs) >= queueFiguresForMs) figures = { atMs: nowMs, rows: params.queueFigures() };
    return figures.rows;
  }

  return () => {
    const nowMs = now();
    const rows = queue(nowMs);
    const readySince = rows.flatMap(row => row.readySinceMs ?? []);
    const [lastBackup] = params.backups();
    const pools = new Map(supervisor.pools().map(pool => [pool.name, pool]));
    const count = commits.count();
    return {
      atMs: nowMs,
      sinceMs,
      paused: engine.isPaused(),
      pausedKinds: [...engine.pausedKinds()],
      storage: engine.storage(),
      queue: rows.flatMap(({ kind, state, count: jobs }) => {
        const known = jobKind.safeParse(kind);
        return known.success ? [{ kind: known.data, state, count: jobs }] : [];
      }),
      oldestQueuedMs: readySince.length === 0 ? null : Math.max(0, nowMs - Math.min(...readySince)),
      lastMinute: params.jobMetrics.lastMinute(),
      workers: engine.health().map(worker => {
        const pool = pools.get(worker.name);
        return {
          ...worker,
          breaker: pool?.breaker ?? 'closed',
          processes: (pool?.processes ?? []).map(process => ({ ...process, rssBytes: process.rssBytes === 0 ? null : process.rssBytes })),
        };
      }),
      main: { pid: process.pid, rssBytes: process.memoryUsage.rss() },
      loopDelay: params.loopDelay.read(),
      commits: count === 0 ? null : { count, p50Ms: msOf(commits.quantile(0.5)), p99Ms: msOf(commits.quantile(0.99)) },
      database: { bytes: sizeOf(folder.database), logBytes: sizeOf(`${folder.database}-wal`) },
      lastBackup:
        lastBackup === undefined ? null : { atMs: lastBackup.takenAtMs, bytes: sizeOf(lastBackup.file), reason: lastBackup.reason },
    };
  };
}

function msOf(seconds: number | null): number {
  return (seconds ?? 0) * msPerSecond;
}

/** 0 when it is gone meanwhile. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
