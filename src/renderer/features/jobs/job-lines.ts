import { jobGroups, type JobGroup, type JobView } from '../../../shared/domain/job.ts';
import { groupJobs, type JobsState } from '../../state/jobs-store.ts';

/** One line of the list. */
export type Line =
  | { readonly kind: 'head'; readonly group: JobGroup; readonly isFolded: boolean }
  | { readonly kind: 'job'; readonly group: JobGroup; readonly job: JobView }
  | { readonly kind: 'more'; readonly group: JobGroup };

/** Ended jobs are listed from the newest on; those of the queue as they will run, so what is missing stands before them. */
const moreComesFirst: Readonly<Record<JobGroup, boolean>> = { needsYou: true, running: true, queued: true, done: false, failed: false };

export function keyOf(line: Line): string {
  return line.kind === 'job' ? line.job.id : `${line.kind}:${line.group}`;
}

/** The lines of the groups that are shown. A group that was picked alone has no head and is open whatever was folded. */
export function linesOf({ jobs, next, filter }: Pick<JobsState, 'jobs' | 'next' | 'filter'>, folded: readonly JobGroup[]): readonly Line[] {
  return groupJobs(jobs)
    .filter(({ group }) => filter === null || group === filter)
    .flatMap(({ group, jobs: members }): readonly Line[] => {
      // The chip that picked it is its head.
      const isFolded = filter === null && folded.includes(group);
      const head: Line[] = filter === null ? [{ kind: 'head', group, isFolded }] : [];
      if (isFolded) return head;
      const rows = members.map((job): Line => ({ kind: 'job', group, job }));
      const more: Line[] = next[group] === null ? [] : [{ kind: 'more', group }];
      return [...head, ...(moreComesFirst[group] ? [...more, ...rows] : [...rows, ...more])];
    });
}

/** How many jobs a group has, of those that are looked for; `isMore` when not all that match have been read. */
export interface GroupCount {
  readonly count: number;
  readonly isMore: boolean;
}

/** All jobs are counted by the database; those that a search finds are counted as far as they were read. */
export function countsOf({
  jobs,
  counts,
  next,
  search,
}: Pick<JobsState, 'jobs' | 'counts' | 'next' | 'search'>): Record<JobGroup, GroupCount> {
  const found = new Map(groupJobs(jobs).map(({ group, jobs: members }) => [group, members.length]));
  const entries = jobGroups.map((group): [JobGroup, GroupCount] => [
    group,
    search === '' ? { count: counts[group], isMore: false } : { count: found.get(group) ?? 0, isMore: next[group] !== null },
  ]);
  return Object.fromEntries(entries) as Record<JobGroup, GroupCount>;
}

/** The line that the arrows, Home and End go to; null for any other key. Beyond the ends there is nothing. */
export function lineAfterKey(lines: readonly Line[], at: number, key: string): Line | null {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[key];
  return to === undefined ? null : (lines[to] ?? null);
}

/** Where the focus goes when the job at `at` leaves its place: the next of its group, the one before it, its head. */
export function lineInstead(lines: readonly Line[], at: number): Line | null {
  const here = lines[at];
  const after = lines[at + 1];
  if (here !== undefined && after?.kind === 'job' && after.group === here.group) return after;
  return lines[at - 1] ?? after ?? null;
}
