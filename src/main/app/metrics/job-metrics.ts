import { jobKinds } from '../../../shared/domain/job.ts';
import type { BusEvent } from '../job-bus.ts';
import type { MetricRegistry } from './metric-registry.ts';
import { createMinuteCounts } from './minute-counts.ts';

const msPerSecond = 1_000;
/** From a job that only looks something up to the longest a kind may take; a person waits on the scale of the middle ones. */
const runSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];
/** From a claim in the same turn of the loop to a queue of hours. */
const waitSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 900, 3_600, 14_400];

const kinds = [...jobKinds, 'unknown'] as const;
const outcomes = ['ok', 'issues', 'failed', 'cancelled'] as const;
/** How an attempt ended; `parked` and `lost` do not count as tries. */
const attemptEnds = ['done', 'failed', 'cancelled', 'retried', 'parked', 'lost', 'undoing'] as const;

const counted = ['enqueued', 'started', 'done', 'failed', 'cancelled', 'retried', 'lost'] as const;

/** Counts what the bus tells of jobs, since this process began and over the last minute. */
export function createJobMetrics(registry: MetricRegistry, now: () => number) {
  const enqueued = registry.counter('konspekt_jobs_enqueued_total', 'Jobs that became ready to run, by kind.', { kind: kinds });
  const ended = registry.counter('konspekt_jobs_ended_total', 'Jobs that ended, by kind and outcome.', { kind: kinds, outcome: outcomes });
  const attempts = registry.counter('konspekt_job_attempts_total', 'Attempts that ended in this process, by kind and end.', {
    kind: kinds,
    end: attemptEnds,
  });
  const steps = registry.counter('konspekt_job_steps_total', 'Steps that were recorded, by kind.', { kind: kinds });
  const waits = registry.histogram(
    'konspekt_job_wait_seconds',
    'From a job being ready to run until it was claimed.',
    { kind: kinds },
    waitSeconds,
  );
  const runs = registry.histogram('konspekt_job_run_seconds', 'How long attempts ran.', { kind: kinds }, runSeconds);
  const minute = createMinuteCounts(counted, now);

  return {
    lastMinute: minute.read,
    hear(event: BusEvent): void {
      if (!('jobId' in event)) return;
      const { kind } = event;
      const endAttempt = (ranMs: number | null, end: (typeof attemptEnds)[number]): void => {
        if (ranMs === null) return;
        runs.observe({ kind }, ranMs / msPerSecond);
        attempts.add({ kind, end });
      };
      switch (event.type) {
        case 'enqueued':
          minute.add('enqueued');
          return enqueued.add({ kind });
        case 'started':
          minute.add('started');
          return waits.observe({ kind }, event.waitedMs / msPerSecond);
        case 'step':
          return steps.add({ kind });
        case 'waiting':
          return endAttempt(event.ranMs, 'parked');
        case 'undoing':
          return endAttempt(event.ranMs, 'undoing');
        case 'scheduled':
          minute.add('retried');
          return endAttempt(event.ranMs, 'retried');
        case 'returned':
          minute.add('lost');
          return endAttempt(event.ranMs, 'lost');
        case 'ended':
          minute.add(event.state);
          ended.add({ kind, outcome: event.state === 'done' ? (event.outcome ?? 'ok') : event.state });
          return endAttempt(event.ranMs, event.state);
        default:
      }
    },
  };
}
export type JobMetrics = ReturnType<typeof createJobMetrics>;
