import { CalendarClock, X } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { JobFilters } from './job-filters.tsx';
import { countsOf, linesOf } from './job-lines.ts';
import { JobList } from './job-list.tsx';
import { PauseBanner, QueuePause } from './queue-pause.tsx';
import { useSpokenJobs } from './use-spoken-jobs.ts';
import { WorkerLine } from './worker-line.tsx';
import './job-panel.css';

/** Elapsed times are shown in seconds. */
const tickMs = 1_000;

export function JobPanel() {
  const { jobs: store, view } = useServices();
  const { t } = useSpeech();
  const { jobs, counts, search, filter, next, loaded } = useStore(store);
  const folded = useStore(view, state => state.foldedGroups);
  const lines = useMemo(() => linesOf({ jobs, next, filter }, folded), [jobs, next, filter, folded]);
  const groupCounts = useMemo(() => countsOf({ jobs, counts, next, search }), [jobs, counts, next, search]);
  const nowMs = useNow(counts.running > 0 ? tickMs : null);
  useSpokenJobs();

  return (
    <div className="job-panel">
      <header className="job-panel-head">
        <h2>{t.jobs.panel}</h2>
        <JobFilters counts={groupCounts} />
        <span className="job-panel-search">
          <SearchField
            label={t.jobs.search}
            clearLabel={t.common.clearSearch}
            initial={search}
            onSearch={text => void store.setSearch(text)}
          />
        </span>
        <QueuePause />
        <Button
          size="s"
          variant="quiet"
          className="job-panel-schedules"
          aria-label={t.schedules.title}
          icon={<CalendarClock aria-hidden />}
          onClick={() => view.openSchedules(null)}
        >
          {t.schedules.title}
        </Button>
        <IconButton size="s" label={t.common.close} keys="Ctrl+J" side="top" icon={<X />} onClick={() => view.toggleTasks()} />
      </header>
      <PauseBanner />
      {loaded && lines.length === 0 ? (
        <EmptyState
          lead={search !== '' ? t.jobs.nothingFound(search) : filter !== null ? t.panel.noneIn(t.jobs.group[filter]) : t.jobs.empty}
        />
      ) : (
        <JobList lines={lines} counts={groupCounts} nowMs={nowMs} />
      )}
      <WorkerLine />
    </div>
  );
}
