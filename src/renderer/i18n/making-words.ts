import type { Status } from '../../shared/contract/app.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { SectionKind, SynopsisVersion } from '../../shared/domain/synopsis.ts';
import type { Speech } from './format.ts';
import { describeHold, holdOf } from './wait-words.ts';

type Begun = Pick<SynopsisVersion, 'sections' | 'plannedSections'>;

/** The section being made: what the job says, or the first that is not there yet; null while none is. */
export function currentSection(version: Begun, job: JobView | null): SectionKind | null {
  const ready = new Set(version.sections.map(section => section.kind));
  const told = job?.progress?.phase === 'section' ? job.progress.label : null;
  const coming = version.plannedSections.filter(kind => !ready.has(kind));
  if (!job || job.state !== 'running') return null;
  return coming.find(kind => kind === told) ?? coming[0] ?? null;
}

/** Where a synopsis is that is being made, in the same words wherever it is shown. */
export function describeMaking(version: Begun, job: JobView | null, speech: Speech, nowMs: number, status: Status | null): string {
  const { t } = speech;
  if (job === null) return t.synopsis.making;
  if (job.cancelRequested) return t.jobs.cancelling;
  if (job.state !== 'running') {
    const hold = holdOf(job, status);
    return hold === null ? t.synopsis.queued : describeHold(hold, job, speech, nowMs);
  }
  const { progress } = job;
  if (progress && progress.phase !== 'section' && version.sections.length === 0) return t.jobs.phase[progress.phase](progress.label);
  const current = currentSection(version, job);
  return current === null ? t.synopsis.making : t.synopsis.makingSection(t.synopsis.section[current]);
}
