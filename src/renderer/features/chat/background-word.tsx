import { Square } from 'lucide-react';
import { useStore } from 'zustand';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import { describeJob } from '../../i18n/job-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { useStopJob } from '../../state/use-stop-job.ts';
import { Button } from '../../ui/button.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';

/** The chat's word that work has gone to the background, and where that work is now. */
export function BackgroundWord({ message }: { readonly message: MessageView }) {
  const { app, view, jobs } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const stop = useStopJob();
  const status = useStore(app, state => state.status);
  const job = useStore(jobs, state => (message.jobId ? (state.byId.get(message.jobId) ?? null) : null));
  const live = job !== null && !isFinal(job.state);
  const title = message.text === '' ? (job?.title ?? '') : message.text;
  return (
    <article className="message message-assistant" aria-label={t.chat.assistant}>
      <p className="message-note">{job !== null && !live ? t.chat.backgroundTaken : t.chat.note.background_started}</p>
      <div className="message-card message-card-work">
        {/* What waits or is queued does not move. */}
        {job?.state === 'running' && <WorkingMark />}
        <span className="message-card-words">
          <span className="message-card-title">{title}</span>
          {job !== null && <span className="message-card-state">{describeJob(job, speech, Date.now(), status)}</span>}
        </span>
        <span className="message-card-actions">
          {job !== null && job.undecided > 0 && (
            <Button size="s" variant="accent" onClick={() => view.inspect(job.id)}>
              {t.inspector.toQuestion}
            </Button>
          )}
          {job?.kind === 'browser.run' && (
            <Button size="s" variant="quiet" onClick={() => view.showBrowser({ what: 'task', jobId: job.id })}>
              {t.browser.show}
            </Button>
          )}
          {message.jobId !== null && (
            <Button size="s" variant="quiet" onClick={() => view.inspect(message.jobId)}>
              {t.chat.showJob}
            </Button>
          )}
          {live && (
            <Button size="s" variant="quiet" icon={<Square aria-hidden />} disabled={job.cancelRequested} onClick={() => void stop(job)}>
              {t.common.stop}
            </Button>
          )}
        </span>
      </div>
    </article>
  );
}
