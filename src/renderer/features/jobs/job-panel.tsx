import { useVirtualizer } from '@tanstack/react-virtual';
import { FileText, FolderOutput, ListTree, MessageSquareText, NotebookText, Pause, Play, RotateCcw, Square, X } from 'lucide-react';
import { useMemo, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { JobGroup, JobKindName, JobView } from '../../../shared/domain/job.ts';
import type { JobCounts } from '../../../shared/contract/jobs.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { groupJobs } from '../../state/jobs-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useNow } from '../../ui/use-now.ts';
import { describeJob, isRetryable, isStoppable, jobTime } from './job-words.ts';
import './job-panel.css';

const kindIcons: Readonly<Record<JobKindName, ReactNode>> = {
  'document.import': <FileText aria-hidden />,
  'synopsis.make': <NotebookText aria-hidden />,
  'chat.answer': <MessageSquareText aria-hidden />,
  'synopses.export': <FolderOutput aria-hidden />,
};

/** Heights in CSS pixels, the same as in the style sheet. */
const rowHeightPx = 44;
const headHeightPx = 30;
/** Elapsed times are shown in seconds. */
const tickMs = 1_000;

type Line =
  | { readonly kind: 'head'; readonly group: JobGroup }
  | { readonly kind: 'job'; readonly job: JobView }
  | { readonly kind: 'more' };

export function JobPanel() {
  const { jobs: store, app, view } = useServices();
  const sayError = useSayError();
  const { t, number } = useSpeech();
  const { jobs, counts, search, next, loaded } = useStore(store);
  const paused = useStore(app, state => state.status?.paused ?? false);
  const scrollRef = useRef<HTMLDivElement>(null);
  const lines = useMemo(
    (): readonly Line[] => [
      ...groupJobs(jobs).flatMap(({ group, jobs: members }): Line[] => [
        { kind: 'head', group },
        ...members.map((job): Line => ({ kind: 'job', job })),
      ]),
      ...(next === null ? [] : [{ kind: 'more' } as const]),
    ],
    [jobs, next],
  );
  const nowMs = useNow(counts.running > 0 ? tickMs : null);

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: at => (lines[at]?.kind === 'head' ? headHeightPx : rowHeightPx),
    getItemKey: at => {
      const line = lines[at];
      return line?.kind === 'job' ? line.job.id : line?.kind === 'head' ? line.group : at;
    },
    overscan: 8,
  });

  return (
    <div className="job-panel">
      <header className="job-panel-head">
        <h2>{t.jobs.panel}</h2>
        <span className="job-panel-search">
          <SearchField label={t.jobs.search} clearLabel={t.common.clearSearch} onSearch={text => void store.setSearch(text)} />
        </span>
        <Button
          size="s"
          variant="quiet"
          icon={paused ? <Play aria-hidden /> : <Pause aria-hidden />}
          onClick={() => void app.setPaused(!paused).then(sayError)}
        >
          {paused ? t.jobs.resume : t.jobs.pause}
        </Button>
        <IconButton size="s" label={t.common.close} keys="Ctrl+J" side="top" icon={<X />} onClick={() => view.toggleTasks()} />
      </header>
      {loaded && lines.length === 0 ? (
        <EmptyState lead={search === '' ? t.jobs.empty : t.jobs.nothingFound(search)} />
      ) : (
        <div className="job-scroll" ref={scrollRef} tabIndex={-1}>
          <ul className="job-lines" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(item => {
              const line = lines[item.index];
              if (!line) return null;
              return (
                <li key={item.key} className="job-line" style={{ height: item.size, transform: `translateY(${item.start}px)` }}>
                  {line.kind === 'head' && (
                    <h3 className={`job-group job-group-${line.group}`}>
                      {t.jobs.group[line.group]} <span>{number(countOf(counts, line.group))}</span>
                    </h3>
                  )}
                  {line.kind === 'job' && <JobRow job={line.job} nowMs={nowMs} />}
                  {line.kind === 'more' && (
                    <Button size="s" variant="quiet" onClick={() => void store.loadMore()}>
                      {t.common.showMore}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}

function countOf(counts: JobCounts, group: JobGroup): number {
  return counts[group];
}

function JobRow({ job, nowMs }: { readonly job: JobView; readonly nowMs: number }) {
  const { jobs, view, sessions } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const chat = useStore(sessions, state => (job.sessionId ? (state.byId.get(job.sessionId) ?? null) : null));
  const inspected = useStore(view, state => state.rightOpen && state.rightTab === 'steps' && state.inspectedJob === job.id);
  const words = describeJob(job, speech, nowMs);
  const { progress } = job;
  const countable = job.state === 'running' && progress !== null && progress.done !== null && progress.total !== null;
  const tone =
    job.state === 'failed' || (job.state === 'scheduled' && job.error) ? 'problem' : job.outcome === 'issues' ? 'issues' : 'plain';

  return (
    <div className={`job-row ${inspected ? 'job-row-inspected' : ''}`}>
      <span className="job-kind" title={t.jobs.kind[job.kind]}>
        {kindIcons[job.kind]}
        <span className="visually-hidden">{t.jobs.kind[job.kind]}</span>
      </span>
      <span className="job-name">
        <span className="truncate job-title">{job.title}</span>
        {chat && <span className="truncate job-chat">{chat.title ?? t.common.untitledChat}</span>}
      </span>
      <span className="job-now">
        <span className={`truncate job-words job-words-${tone}`} title={words}>
          {words}
        </span>
        {countable && progress?.done != null && progress.total != null && (
          <ProgressBar done={progress.done} total={progress.total} label={words} />
        )}
      </span>
      <span className="job-count">
        {countable && progress?.done != null && progress.total != null ? t.common.ofTotal(progress.done, progress.total) : ''}
      </span>
      <span className="job-time">{jobTime(job, speech, nowMs)}</span>
      <span className="job-actions">
        {isStoppable(job) && (
          <IconButton
            size="s"
            label={`${t.common.stop}: ${job.title}`}
            icon={<Square />}
            onClick={() => void jobs.cancel(job.id).then(sayError)}
          />
        )}
        {isRetryable(job) && (
          <IconButton
            size="s"
            label={`${t.common.retry}: ${job.title}`}
            icon={<RotateCcw />}
            onClick={() => void jobs.retry(job.id).then(sayError)}
          />
        )}
        <IconButton
          size="s"
          label={`${t.jobs.inspect}: ${job.title}`}
          icon={<ListTree />}
          pressed={inspected}
          onClick={() => view.inspect(job.id)}
        />
        <Button
          size="s"
          variant="quiet"
          disabled={!job.sessionId}
          onClick={() => {
            view.openSession(job.sessionId);
            if (job.kind === 'synopsis.make') view.showSynopsis();
          }}
        >
          {t.common.open}
        </Button>
      </span>
    </div>
  );
}
