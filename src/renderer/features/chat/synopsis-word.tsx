import { RotateCcw, Square } from 'lucide-react';
import { useStore } from 'zustand';
import type { MessageView } from '../../../shared/domain/session.ts';
import { describeJob } from '../../i18n/job-words.ts';
import { describeMaking } from '../../i18n/making-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';

/** The chat's word about a synopsis. It is no answer: what became of it is said of the synopsis. */
export function SynopsisWord({ message, live }: { readonly message: MessageView; readonly live: boolean }) {
  const { t, error } = useSpeech();
  const { messages } = useServices();
  const sayError = useSayError();
  const { note, state } = message;
  const retry = () => void messages.retry(message.id).then(sayError);
  return (
    <article className={`message message-assistant message-${state}`} aria-label={t.chat.assistant} aria-busy={live}>
      {note !== null && state !== 'failed' && state !== 'stopped' && <p className="message-note">{t.chat.note[note]}</p>}
      {state === 'failed' && (
        <div className="message-failure" role="group" aria-label={t.synopsis.failed}>
          <p>
            <strong>{t.synopsis.failed}</strong> {error(message.error ?? 'internal')}
          </p>
          <Button size="s" icon={<RotateCcw aria-hidden />} onClick={retry}>
            {t.common.retry}
          </Button>
        </div>
      )}
      {state === 'stopped' && (
        <p className="message-state">
          {t.synopsis.stopped}
          <Button size="s" variant="quiet" icon={<RotateCcw aria-hidden />} onClick={retry}>
            {t.synopsis.makeAgain}
          </Button>
        </p>
      )}
      <SynopsisCard message={message} live={live} />
    </article>
  );
}

/** Where the synopsis is now: what the overlay says of it, since both look at the same version. */
function SynopsisCard({ message, live }: { readonly message: MessageView; readonly live: boolean }) {
  const { app, view, jobs, messages, synopsis } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const status = useStore(app, state => state.status);
  const job = useStore(jobs, state => (message.jobId ? (state.byId.get(message.jobId) ?? null) : null));
  const version = useStore(synopsis, state => (state.version?.jobId === message.jobId ? state.version : null));
  const total = version?.plannedSections.length ?? 0;
  const words = !live
    ? (job?.title ?? version?.title ?? t.synopsis.title)
    : version
      ? [describeMaking(version, job, speech, Date.now(), status), t.common.ofTotal(version.sections.length, total)].join('\u00A0· ')
      : job
        ? describeJob(job, speech, Date.now(), status)
        : t.synopsis.making;
  return (
    <div className="message-card">
      {live && <WorkingMark />}
      <span className="truncate">{words}</span>
      <span className="message-card-actions">
        {job && (
          <Button size="s" variant="quiet" onClick={() => view.inspect(job.id)}>
            {t.chat.showJob}
          </Button>
        )}
        {live && (
          <Button
            size="s"
            variant="quiet"
            icon={<Square aria-hidden />}
            disabled={job?.cancelRequested ?? false}
            onClick={() => void messages.stop(message.id).then(sayError)}
          >
            {t.common.stop}
          </Button>
        )}
        <Button size="s" onClick={() => view.showSynopsis()}>
          {t.chat.openSynopsis}
        </Button>
      </span>
    </div>
  );
}
