import type { JobInspection } from '../../../shared/domain/job.ts';

/** What ends an attempt, by the type of the trail's line. */
const attemptEnds: readonly string[] = ['done', 'failed', 'cancelled', 'waiting', 'retry', 'returned', 'undoing'];

/** Milliseconds that a job was at work: all its attempts together, without the time it waited for anything. Null before the first. */
export function workedMs({ job, events }: Pick<JobInspection, 'job' | 'events'>, nowMs: number): number | null {
  let worked: number | null = null;
  let sinceMs: number | null = null;
  for (const { type, atMs } of events) {
    if (type === 'started') sinceMs = atMs;
    else if (sinceMs !== null && attemptEnds.includes(type)) {
      worked = (worked ?? 0) + Math.max(0, atMs - sinceMs);
      sinceMs = null;
    }
  }
  return sinceMs !== null && job.state === 'running' ? (worked ?? 0) + Math.max(0, nowMs - sinceMs) : worked;
}
