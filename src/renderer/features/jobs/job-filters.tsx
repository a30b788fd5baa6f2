import { useStore } from 'zustand';
import { jobGroups, type JobGroup } from '../../../shared/domain/job.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import type { GroupCount } from './job-lines.ts';

/** One chip for each group with how many it has; picking one shows it alone, picking it again shows all. */
export function JobFilters({ counts }: { readonly counts: Readonly<Record<JobGroup, GroupCount>> }) {
  const { jobs, announcer } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const filter = useStore(jobs, state => state.filter);
  const all = jobGroups.map(group => counts[group]);
  const total: GroupCount = { count: all.reduce((sum, { count }) => sum + count, 0), isMore: all.some(({ isMore }) => isMore) };
  const chips: readonly { readonly group: JobGroup | null; readonly label: string; readonly of: GroupCount }[] = [
    { group: null, label: t.panel.all, of: total },
    ...jobGroups.map(group => ({ group, label: t.jobs.group[group], of: counts[group] })),
  ];

  return (
    <div className="job-filters" role="group" aria-label={t.panel.filters}>
      {chips.map(({ group, label, of }) => (
        <button
          key={group ?? 'all'}
          type="button"
          className={`job-filter job-filter-${group ?? 'all'} ${of.count === 0 ? 'job-filter-empty' : ''}`}
          aria-pressed={filter === group}
          onClick={() => {
            const next = filter === group ? null : group;
            jobs.setFilter(next);
            announcer.announce(t.panel.announceShown(next === null ? t.panel.all : label, next === null ? total.count : of.count));
          }}
        >
          {label} <span>{countLabel(of, speech.number)}</span>
        </button>
      ))}
    </div>
  );
}

/** `50+` when more match than have been read. */
export function countLabel({ count, isMore }: GroupCount, number: (value: number) => string): string {
  return `${number(count)}${isMore ? '+' : ''}`;
}
