import type { Status } from '../../shared/contract/app.ts';
import { documentErrorCode, documentErrorOf } from '../../shared/domain/document.ts';
import type { JobView } from '../../shared/domain/job.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import { sectionKinds, type SectionKind } from '../../shared/domain/synopsis.ts';
import type { Speech } from './format.ts';
import { describeHold, holdOf } from './wait-words.ts';

/** Silence of a running job after which it is said, in milliseconds (the product's promise). */
export const noNewsMs = 30_000;

/** What a job is doing or why it is not, in words. Problems come first, then the wait, then the phase. */
export function describeJob(job: JobView, speech: Speech, nowMs: number, status: Status | null = null): string {
  const { t } = speech;
  if (job.undoing !== null && job.state === 'failed') return t.queue.notAllUndone;
  if (job.undecided > 0 && job.state === 'waiting') return t.queue.waitsForDecision;
  if (job.undoing !== null && !isFinal(job.state)) return t.queue.undoing[job.undoing];
  if (job.cancelRequested && (job.state === 'running' || job.state === 'queued')) return t.jobs.cancelling;
  switch (job.state) {
    case 'failed':
      return describeFailure(job, speech);
    case 'waiting':
    case 'queued':
    case 'scheduled': {
      const hold = holdOf(job, status);
      return hold === null ? t.jobs.state[job.state] : describeHold(hold, job, speech, nowMs);
    }
    case 'running': {
      const silentMs = job.lastNewsAtMs === null ? 0 : nowMs - job.lastNewsAtMs;
      if (silentMs >= noNewsMs) return t.jobs.noNews(speech.duration(silentMs));
      if (!job.progress) return t.jobs.state.running;
      const { phase, label } = job.progress;
      const known = phase === 'section' && (sectionKinds as readonly (string | null)[]).includes(label);
      // The row is named after the material already.
      return t.jobs.phase[phase](known ? t.synopsis.section[label as SectionKind] : label === job.title ? null : label);
    }
    case 'done':
      return job.outcome === 'issues' ? `${t.jobs.doneWithIssues}: ${describeIssues(job, speech)}` : t.jobs.state.done;
    case 'cancelled':
      return t.jobs.state.cancelled;
  }
}

/** Why it failed, in the words of the document's card where a document was to be read. */
function describeFailure({ kind, error }: JobView, speech: Speech): string {
  if (error === null) return speech.error('internal');
  if (kind !== 'document.import' || !documentErrorCode.safeParse(error.code).success) return speech.error(error.code);
  const { code, detail } = documentErrorOf(error);
  return speech.t.documents.error[code](detail);
}

/** Named shortcomings; a code this window does not know is shown as it is. */
export function describeIssues(job: Pick<JobView, 'issues'>, speech: Speech): string {
  // A job keeps the codes alone; how many of each there are is for the synopsis to say.
  const issues: Readonly<Record<string, string>> = speech.t.jobs.issue;
  const warnings: Readonly<Record<string, (count: number | null) => string>> = speech.t.documents.warning;
  const words = job.issues.map(code => {
    if (Object.hasOwn(issues, code)) return issues[code] ?? code;
    if (Object.hasOwn(warnings, code)) return warnings[code]?.(null) ?? code;
    return code;
  });
  return words.length > 0 ? words.join('; ') : speech.t.jobs.issues;
}

/** The time a row shows: how long it runs, how long it took, or nothing before it began. */
export function jobTime(job: JobView, speech: Speech, nowMs: number): string {
  if (job.startedAtMs === null) return '';
  if (job.finishedAtMs !== null) return speech.duration(job.finishedAtMs - job.startedAtMs);
  return job.state === 'running' ? speech.duration(nowMs - job.startedAtMs) : '';
}

export function isRetryable(job: JobView): boolean {
  return job.state === 'failed' || job.state === 'cancelled';
}

/** What is being undone is no longer stopped. */
export function isStoppable(job: JobView): boolean {
  return !isFinal(job.state) && !job.cancelRequested && job.undoing === null;
}
