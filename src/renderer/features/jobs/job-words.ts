import type { JobView } from '../../../shared/domain/job.ts';
import { sectionKinds, type SectionKind } from '../../../shared/domain/synopsis.ts';
import type { Speech } from '../../i18n/format.ts';

/** Silence of a running job after which it is said, in milliseconds (the product's promise). */
export const noNewsMs = 30_000;

/** What a job is doing or why it is not, in words. Problems come first, then the wait, then the phase. */
export function describeJob(job: JobView, speech: Speech, nowMs: number): string {
  const { t } = speech;
  if (job.cancelRequested && (job.state === 'running' || job.state === 'queued')) return t.jobs.cancelling;
  switch (job.state) {
    case 'failed':
      return speech.error(job.error?.code ?? 'internal');
    case 'waiting':
      return job.waitReason ? t.jobs.waitReason[job.waitReason] : t.jobs.state.waiting;
    case 'scheduled': {
      const when = job.dueAtMs === null ? t.jobs.state.scheduled : t.jobs.nextTry(speech.when(job.dueAtMs, nowMs));
      return job.error ? `${when}, ${t.common.attempt(job.attempt + 1, job.maxAttempts)}: ${speech.error(job.error.code)}` : when;
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
    default:
      return t.jobs.state[job.state];
  }
}

/** Named shortcomings; a code this window does not know is shown as it is. */
export function describeIssues(job: JobView, speech: Speech): string {
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

export function isStoppable(job: JobView): boolean {
  return (
    (job.state === 'running' || job.state === 'queued' || job.state === 'scheduled' || job.state === 'waiting') && !job.cancelRequested
  );
}

/** A step's name in words, where the name says a section or a phase this window knows; else as the worker named it. */
export function describeStep(name: string, speech: Speech): string {
  const { t } = speech;
  const last = name.split(/[:/.]/u).at(-1) ?? name;
  const sections: Readonly<Record<string, string>> = t.synopsis.section;
  const section = Object.hasOwn(sections, last) ? sections[last] : undefined;
  if (section !== undefined) return t.jobs.phase.section(section);
  const phases: Readonly<Record<string, (label: string | null) => string>> = t.jobs.phase;
  const phase = Object.hasOwn(phases, last) ? phases[last] : undefined;
  return phase ? phase(null) : name;
}

/** A line of a job's log in words. */
export function describeEvent(type: string, speech: Speech): string {
  const events: Readonly<Record<string, string>> = speech.t.jobs.event;
  return Object.hasOwn(events, type) ? (events[type] ?? type) : type;
}
