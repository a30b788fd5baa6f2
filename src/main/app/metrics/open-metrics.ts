import type { Health } from '../../../shared/contract/health.ts';
import type { Engine } from '../../engine/engine-api.ts';
import type { JobStore } from '../../engine/job-store.ts';
import { listBackups } from '../../store/backups.ts';
import type { Database } from '../../store/connection.ts';
import type { DataFolder } from '../../store/data-folder.ts';
import { createQueueFigures } from '../../store/jobs/queue-figures.ts';
import type { Supervisor } from '../../workers/supervisor.ts';
import type { JobBus } from '../job-bus.ts';
import { createJobMetrics } from './job-metrics.ts';
import { createLoopDelay } from './loop-delay.ts';
import { createMetricRegistry } from './metric-registry.ts';
import { addProgramMetrics } from './program-metrics.ts';
import { createReadHealth } from './read-health.ts';
import { withTimedCommits } from './timed-commits.ts';

/** Half of a millisecond is a fast disk's sync, seconds are a disk that is about to be full or to fail. */
const commitSeconds = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

export interface Metrics {
  readonly health: () => Health;
  /** What `GET /metrics` answers. */
  readonly text: () => string;
  close(): void;
}

/** The figures of the program. They are counted always, which costs less than a microsecond an event, and shown when asked for. */
export function createMetrics(now: () => number) {
  const registry = createMetricRegistry();
  const jobMetrics = createJobMetrics(registry, now);
  const commits = registry.histogram(
    'konspekt_commit_seconds',
    'Transactions of the job engine, until they were on disk.',
    {},
    commitSeconds,
  );
  const loopDelay = createLoopDelay(now);
  return {
    /** The same store, its transactions timed. */
    timed: (jobs: JobStore): JobStore => withTimedCommits(jobs, seconds => commits.observe({}, seconds)),
    open(source: {
      readonly bus: Pick<JobBus, 'subscribe'>;
      readonly engine: Pick<Engine, 'health' | 'isPaused' | 'pausedKinds' | 'storage'>;
      readonly supervisor: Pick<Supervisor, 'pools'>;
      readonly connection: Database;
      readonly folder: DataFolder;
    }): Metrics {
      const { bus, engine, supervisor, connection, folder } = source;
      const unsubscribe = bus.subscribe('metrics', jobMetrics.hear);
      const health = createReadHealth({
        engine,
        supervisor,
        queueFigures: createQueueFigures(connection),
        jobMetrics,
        commits,
        loopDelay,
        folder,
        backups: () => listBackups(folder.backups),
        now,
      });
      let refresh: (() => void) | null = null;
      return {
        health,
        text() {
          if (refresh === null) refresh = addProgramMetrics(registry, health);
          else refresh();
          return registry.text();
        },
        close() {
          unsubscribe();
          loopDelay.close();
        },
      };
    },
  };
}
