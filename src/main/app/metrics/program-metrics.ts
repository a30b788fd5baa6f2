import type { Health } from '../../../shared/contract/health.ts';
import { activeJobStates } from '../../../shared/domain/job-state.ts';
import { jobKinds, workerNames } from '../../../shared/domain/job.ts';
import type { MetricRegistry } from './metric-registry.ts';

const msPerSecond = 1_000;
const storageStates = ['ok', 'full', 'read_only'] as const;
const breakerStates = ['closed', 'open', 'half_open'] as const;

/** What is read of the program at each scrape; one reading of its health serves them all. */
export function addProgramMetrics(registry: MetricRegistry, read: () => Health): () => void {
  let health = read();
  const refresh = (): void => {
    health = read();
  };
  const none = {} as const;

  registry.gauge('konspekt_jobs', 'Jobs that have not ended, by kind and state.', { kind: jobKinds, state: activeJobStates }, () =>
    jobKinds.flatMap(kind =>
      activeJobStates.map(
        state => [{ kind, state }, health.queue.find(row => row.kind === kind && row.state === state)?.count ?? 0] as const,
      ),
    ),
  );
  registry.gauge('konspekt_queue_oldest_seconds', 'How long the first of the queued jobs has been ready to run.', none, () => [
    [none, (health.oldestQueuedMs ?? 0) / msPerSecond],
  ]);
  registry.gauge('konspekt_queue_paused', '1 while the whole queue is paused.', none, () => [[none, Number(health.paused)]]);
  registry.gauge('konspekt_kind_paused', '1 while this kind is paused on its own.', { kind: jobKinds }, () =>
    jobKinds.map(kind => [{ kind }, Number(health.pausedKinds.includes(kind))] as const),
  );

  const worker = { worker: workerNames };
  const ofWorkers = (figure: (each: Health['workers'][number]) => number) => () =>
    health.workers.map(each => [{ worker: each.name }, figure(each)] as const);
  registry.gauge(
    'konspekt_worker_processes',
    'Worker processes that are not gone.',
    worker,
    ofWorkers(each => each.processes.length),
  );
  registry.gauge(
    'konspekt_worker_tasks',
    'Tasks that worker processes hold.',
    worker,
    ofWorkers(each => each.running),
  );
  registry.gauge(
    'konspekt_worker_resident_bytes',
    'Resident memory of the worker processes together.',
    worker,
    ofWorkers(each => each.processes.reduce((sum, { rssBytes }) => sum + (rssBytes ?? 0), 0)),
  );
  registry.readCounter(
    'konspekt_worker_restarts_total',
    'Worker processes lost through a fault of the machinery.',
    worker,
    ofWorkers(each => each.restarts),
  );
  registry.gauge('konspekt_worker_breaker', '1 for the state the breaker is in.', { worker: workerNames, state: breakerStates }, () =>
    health.workers.flatMap(each => breakerStates.map(state => [{ worker: each.name, state }, Number(each.breaker === state)] as const)),
  );

  registry.gauge('konspekt_storage', '1 for the state that storage is in.', { state: storageStates }, () =>
    storageStates.map(state => [{ state }, Number(health.storage === state)] as const),
  );
  registry.gauge('konspekt_database_bytes', 'Size of the database file.', none, () => [[none, health.database.bytes]]);
  registry.gauge('konspekt_database_log_bytes', 'Size of the write-ahead log beside it.', none, () => [[none, health.database.logBytes]]);
  registry.gauge('konspekt_last_backup_timestamp_seconds', 'When the newest backup was taken, in seconds since 1970.', none, () =>
    health.lastBackup === null ? [] : [[none, health.lastBackup.atMs / msPerSecond]],
  );
  registry.gauge(
    'konspekt_event_loop_delay_seconds',
    'How late the main event loop was in the last minute.',
    { quantile: ['0.5', '0.99', '1'] },
    () =>
      health.loopDelay === null
        ? []
        : [
            [{ quantile: '0.5' }, health.loopDelay.p50Ms / msPerSecond],
            [{ quantile: '0.99' }, health.loopDelay.p99Ms / msPerSecond],
            [{ quantile: '1' }, health.loopDelay.maxMs / msPerSecond],
          ],
  );
  registry.gauge('process_resident_memory_bytes', 'Resident memory of the main process.', none, () => [[none, health.main.rssBytes]]);
  registry.gauge('process_start_time_seconds', 'When the main process began, in seconds since 1970.', none, () => [
    [none, health.sinceMs / msPerSecond],
  ]);
  return refresh;
}
