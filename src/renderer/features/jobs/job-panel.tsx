import { useVirtualizer } from '@tanstack/react-virtual';
import { CalendarClock, X } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobGroup, JobView } from '../../../shared/domain/job.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { groupJobs } from '../../state/jobs-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { JobRow } from './job-row.tsx';
import { PauseBanner, QueuePause } from './queue-pause.tsx';
import { WorkerLine } from './worker-line.tsx';
import './job-panel.css';

/** Heights in CSS pixels, the same as in the style sheet. */
const rowHeightPx = 44;
const headHeightPx = 30;
/** Elapsed times are shown in seconds. */
const tickMs = 1_000;

type Line =
  | { readonly kind: 'head'; readonly group: JobGroup }
  | { readonly kind: 'job'; readonly job: JobView }
  | { readonly kind: 'more'; readonly group: JobGroup };

/** Ended jobs are listed from the newest on; those of the queue as they will run, so what is missing stands before them. */
const moreComesFirst: Readonly<Record<JobGroup, boolean>> = { needsYou: true, running: true, queued: true, done: false, failed: false };

function keyOf(line: Line): string {
  return line.kind === 'job' ? line.job.id : `${line.kind}:${line.group}`;
}

export function JobPanel() {
  const { jobs: store, view } = useServices();
  const { t, number } = useSpeech();
  const { jobs, counts, search, next, loaded } = useStore(store);
  const scrollRef = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const [current, setCurrent] = useState<JobId | null>(null);
  const lines = useMemo(
    (): readonly Line[] =>
      groupJobs(jobs).flatMap(({ group, jobs: members }): Line[] => {
        const rows = members.map((job): Line => ({ kind: 'job', job }));
        const more: Line[] = next[group] === null ? [] : [{ kind: 'more', group }];
        return [{ kind: 'head', group }, ...(moreComesFirst[group] ? [...more, ...rows] : [...rows, ...more])];
      }),
    [jobs, next],
  );
  const nowMs = useNow(counts.running > 0 ? tickMs : null);
  const order = useMemo(() => lines.flatMap(line => (line.kind === 'job' ? [line.job.id] : [])), [lines]);
  // The row that was current may be gone; then the first one is.
  const currentId = current !== null && order.includes(current) ? current : (order[0] ?? null);

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: at => (lines[at]?.kind === 'head' ? headHeightPx : rowHeightPx),
    getItemKey: at => {
      const line = lines[at];
      return line ? keyOf(line) : at;
    },
    overscan: 8,
  });

  function moveFocus(event: KeyboardEvent): void {
    const at = currentId === null ? -1 : order.indexOf(currentId);
    const wanted =
      event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowUp'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? order.length - 1
              : null;
    if (wanted === null) return;
    event.preventDefault();
    const id = order[wanted];
    if (id === undefined) return;
    setCurrent(id);
    virtualizer.scrollToIndex(lines.findIndex(line => line.kind === 'job' && line.job.id === id));
    // A row that was out of sight is there after the next frame.
    requestAnimationFrame(() => scrollRef.current?.querySelector<HTMLElement>(`[data-job="${id}"]`)?.focus());
  }

  return (
    <div className="job-panel">
      <header className="job-panel-head">
        <h2>{t.jobs.panel}</h2>
        <span className="job-panel-search">
          <SearchField label={t.jobs.search} clearLabel={t.common.clearSearch} onSearch={text => void store.setSearch(text)} />
        </span>
        <QueuePause />
        <Button size="s" variant="quiet" icon={<CalendarClock aria-hidden />} onClick={() => view.openSchedules(null)}>
          {t.schedules.title}
        </Button>
        <IconButton size="s" label={t.common.close} keys="Ctrl+J" side="top" icon={<X />} onClick={() => view.toggleTasks()} />
      </header>
      <PauseBanner />
      {loaded && lines.length === 0 ? (
        <EmptyState lead={search === '' ? t.jobs.empty : t.jobs.nothingFound(search)} />
      ) : (
        <div className="job-scroll" ref={scrollRef} tabIndex={-1}>
          <p id={hintId} className="visually-hidden">
            {t.queue.keysHint}
          </p>
          <ul className="job-lines" style={{ height: virtualizer.getTotalSize() }} aria-describedby={hintId}>
            {virtualizer.getVirtualItems().map(item => {
              const line = lines[item.index];
              if (!line) return null;
              return (
                <li key={item.key} className="job-line" style={{ height: item.size, transform: `translateY(${item.start}px)` }}>
                  {line.kind === 'head' && (
                    <h3 className={`job-group job-group-${line.group}`}>
                      {t.jobs.group[line.group]} <span>{number(counts[line.group])}</span>
                    </h3>
                  )}
                  {line.kind === 'job' && (
                    <JobRow
                      job={line.job}
                      nowMs={nowMs}
                      isCurrent={line.job.id === currentId}
                      onFocus={() => setCurrent(line.job.id)}
                      onArrow={moveFocus}
                    />
                  )}
                  {line.kind === 'more' && (
                    <Button size="s" variant="quiet" className="job-more" onClick={() => void store.loadMore(line.group)}>
                      {line.group === 'queued' ? t.queue.nearer : t.common.showMore}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      <WorkerLine />
    </div>
  );
}
