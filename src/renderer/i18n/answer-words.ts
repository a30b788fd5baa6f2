import type { Status } from '../../shared/contract/app.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { Speech } from './format.ts';
import { describeHold, holdOf } from './wait-words.ts';

/**
 * What an answer that is not there yet waits for. `reading` are the jobs that read the documents of its chat: when something
 * keeps all of them from beginning, that is the reason and not the reading.
 */
export function describeAnswer(
  job: JobView | null,
  reading: readonly JobView[],
  speech: Speech,
  nowMs: number,
  status: Status | null,
): string {
  const { t } = speech;
  if (job === null) return t.chat.state.pending;
  if (job.cancelRequested) return t.jobs.cancelling;
  if (job.state === 'running') return t.chat.state.streaming;
  const hold = holdOf(job, status);
  if (hold === null) return t.chat.state.pending;
  if (hold.why !== 'documents') return describeHold(hold, job, speech, nowMs);
  const holds = reading.map(each => ({ job: each, hold: holdOf(each, status) }));
  const first = holds[0];
  if (first === undefined || first.hold === null || holds.some(each => each.hold === null)) return t.chat.state.reading;
  return t.chat.state.afterReading(describeHold(first.hold, first.job, speech, nowMs));
}

/** What a document that is being read waits for; null when it is at work. */
export function describeReadingHold(job: JobView | null, speech: Speech, nowMs: number, status: Status | null): string | null {
  if (job === null || job.state === 'running') return null;
  const hold = holdOf(job, status);
  if (hold !== null) return describeHold(hold, job, speech, nowMs);
  return job.state === 'queued' ? speech.t.jobs.state.queued : null;
}
