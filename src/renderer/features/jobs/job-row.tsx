import {
  Bot,
  FileText,
  FolderOutput,
  FolderSync,
  Globe,
  Link,
  MessageSquareText,
  ListChecks,
  NotebookText,
  Play,
  RotateCcw,
  Square,
  TextSearch,
} from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useStore } from 'zustand';
import type { JobKindName, JobView } from '../../../shared/domain/job.ts';
import { describeJob, isRetryable, isStoppable, jobTime } from '../../i18n/job-words.ts';
import { useCopyLink, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { useStopJob } from '../../state/use-stop-job.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

const kindIcons: Readonly<Record<JobKindName, ReactNode>> = {
  'document.import': <FileText aria-hidden />,
  'synopsis.make': <NotebookText aria-hidden />,
  'chat.answer': <MessageSquareText aria-hidden />,
  'agent.run': <Bot aria-hidden />,
  'synopses.export': <FolderOutput aria-hidden />,
  'synopsis.audit': <ListChecks aria-hidden />,
  'passages.embed': <TextSearch aria-hidden />,
  'synopsis.autoexport': <FolderSync aria-hidden />,
  'browser.run': <Globe aria-hidden />,
};

type Tone = 'problem' | 'asks' | 'issues' | 'plain';

function toneOf(job: JobView): Tone {
  if (job.state === 'failed' || (job.state === 'scheduled' && job.error)) return 'problem';
  if (job.undecided > 0 || job.waitReason === 'approval' || job.waitReason === 'answer' || job.waitReason === 'budget') return 'asks';
  return job.outcome === 'issues' ? 'issues' : 'plain';
}

interface JobRowProps {
  readonly job: JobView;
  readonly nowMs: number;
  /** Makes it one of the places in the list that the keys go to. */
  readonly stopOfTab: { readonly 'data-line': string; readonly tabIndex: number; readonly onKeyDown: (event: KeyboardEvent) => void };
  /** Told of the row with all of its buttons. */
  readonly focusing: { readonly onFocus: () => void; readonly onBlur: () => void };
}

/** One job: the whole row opens its steps, buttons at its end do the rest. */
export function JobRow({ job, nowMs, stopOfTab, focusing }: JobRowProps) {
  const { approvals, jobs, view, sessions, app } = useServices();
  const sayError = useSayError();
  const copyLink = useCopyLink();
  const speech = useSpeech();
  const { t } = speech;
  const chat = useStore(sessions, state => (job.sessionId ? (state.byId.get(job.sessionId) ?? null) : null));
  const isAsking = useStore(approvals, state => state.byJob.has(job.id));
  const status = useStore(app, state => state.status);
  const inspected = useStore(view, state => state.rightOpen && state.rightTab === 'steps' && state.inspectedJob === job.id);
  const words = describeJob(job, speech, nowMs, status);
  const kind = t.jobs.kind[job.kind];
  const chatName = chat === null ? null : (chat.title ?? t.common.untitledChat);
  const { progress } = job;
  const counted =
    job.state === 'running' && progress?.done != null && progress.total != null ? { done: progress.done, total: progress.total } : null;
  const time = jobTime(job, speech, nowMs);
  // Before it has begun a job has more to say than to count.
  const hasFigures = counted !== null || time !== '';
  const { tabIndex } = stopOfTab;
  const stop = useStopJob();

  return (
    <div
      className={`job-row ${inspected ? 'job-row-inspected' : ''} ${hasFigures ? '' : 'job-row-wordy'} ${job.kind === 'chat.answer' ? 'job-row-answer' : ''}`}
      {...focusing}
    >
      <button
        type="button"
        className="job-row-main"
        {...stopOfTab}
        title={words}
        aria-label={t.queue.row(kind, job.title, words)}
        aria-current={inspected ? 'true' : undefined}
        onClick={() => view.inspect(job.id)}
      />
      <span className="job-kind">{kindIcons[job.kind]}</span>
      <span className="job-name">
        <span className="truncate job-title">{job.title}</span>
        <span className="truncate job-chat">
          <span className="job-kind-name">{kind}</span>
          {chatName === null || chatName === job.title ? '' : ` · ${chatName}`}
        </span>
      </span>
      <span className="job-now">
        <span className={`truncate job-words job-words-${toneOf(job)}`}>{words}</span>
        {counted && <ProgressBar {...counted} label={words} />}
      </span>
      {hasFigures && (
        <>
          <span className="job-count">{counted ? t.common.ofTotal(counted.done, counted.total) : ''}</span>
          <span className="job-time">{time}</span>
        </>
      )}
      <span className="job-actions">
        <IconButton
          size="s"
          className="job-link"
          tabIndex={tabIndex}
          label={t.places.copyLinkTo(job.title)}
          icon={<Link />}
          onClick={() => copyLink({ kind: 'job', jobId: job.id })}
        />
        {isAsking && (
          <Button size="s" tabIndex={tabIndex} aria-label={t.asks.replyTo(job.title)} onClick={() => view.openAsks(job.id)}>
            {t.asks.reply}
          </Button>
        )}
        {isStoppable(job) && (
          <IconButton size="s" tabIndex={tabIndex} label={t.queue.stop(job.title)} icon={<Square />} onClick={() => void stop(job)} />
        )}
        {job.state === 'scheduled' && (
          <IconButton
            size="s"
            tabIndex={tabIndex}
            label={t.queue.tryNow(job.title)}
            icon={<Play />}
            onClick={() => void jobs.tryNow(job.id).then(sayError)}
          />
        )}
        {isRetryable(job) && (
          <IconButton
            size="s"
            tabIndex={tabIndex}
            label={t.queue.retry(job.title)}
            icon={<RotateCcw />}
            onClick={() => void jobs.retry(job.id).then(sayError)}
          />
        )}
        {job.sessionId && (
          <Button
            size="s"
            variant="quiet"
            tabIndex={tabIndex}
            aria-label={t.queue.open(job.title)}
            onClick={() => {
              view.openSession(job.sessionId);
              if (job.kind === 'synopsis.make') view.showSynopsis();
            }}
          >
            {t.common.open}
          </Button>
        )}
      </span>
    </div>
  );
}
