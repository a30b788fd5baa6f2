import { versionId, type VersionId } from '../../../shared/domain/ids.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';

/** How steps that write a file are named; the version's id follows. */
const fileStep = 'file:';

/** Titles for steps that are named after a version. One that is no longer there has none. */
export function stepSubjects(
  { steps, superseded }: Pick<JobInspection, 'steps' | 'superseded'>,
  titleOf: (version: VersionId) => string | null,
): Record<string, string> {
  const names = new Set([...steps, ...superseded].map(step => step.name).filter(name => name.startsWith(fileStep)));
  const entries = [...names].flatMap(name => {
    const id = versionId.safeParse(name.slice(fileStep.length));
    const title = id.success ? titleOf(id.data) : null;
    return title === null || title === '' ? [] : [[name, title.slice(0, 500)] as const];
  });
  return Object.fromEntries(entries);
}
