import { Copy, RotateCcw, Square } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { DocumentView } from '../../../shared/domain/document.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import { describeAnswer } from '../../i18n/answer-words.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { DocumentCard } from './document-card.tsx';
import { Markdown } from './markdown.tsx';
import './message.css';

interface MessageProps {
  readonly message: MessageView;
  readonly documents: readonly DocumentView[];
}

export const Message = memo(function Message({ message, documents }: MessageProps) {
  return message.role === 'person' ? <PersonMessage message={message} documents={documents} /> : <AssistantMessage message={message} />;
});

function PersonMessage({ message, documents }: MessageProps) {
  const { t } = useSpeech();
  return (
    <article className="message message-person" aria-label={t.chat.you}>
      {documents.length > 0 && (
        <div className="document-cards">
          {documents.map(document => (
            <DocumentCard key={document.id} document={document} />
          ))}
        </div>
      )}
      {message.text !== '' && <p className="message-said">{message.text}</p>}
    </article>
  );
}

function AssistantMessage({ message }: { readonly message: MessageView }) {
  const { messages } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const live = message.state === 'pending' || message.state === 'streaming';

  return (
    <article className={`message message-assistant message-${message.state}`} aria-label={t.chat.assistant} aria-busy={live}>
      {message.note !== null && <p className="message-note">{t.chat.note[message.note]}</p>}
      {message.text !== '' && <Markdown text={message.text} citations={message.citations} />}
      {(message.note === 'synopsis_started' || message.note === 'synopsis_ready') && <SynopsisCard message={message} />}
      {live && (
        <p className="message-state">
          <WorkingMark />
          <AnswerState message={message} />
          <Button size="s" variant="quiet" icon={<Square aria-hidden />} onClick={() => void messages.stop(message.id).then(sayError)}>
            {t.common.stop}
          </Button>
        </p>
      )}
      {message.state === 'failed' && (
        <div className="message-failure" role="group" aria-label={t.chat.state.failed}>
          <p>
            <strong>{t.chat.state.failed}.</strong> {speech.error(message.error ?? 'internal')}
          </p>
          <Button size="s" icon={<RotateCcw aria-hidden />} onClick={() => void messages.retry(message.id).then(sayError)}>
            {t.common.retry}
          </Button>
        </div>
      )}
      {message.state === 'stopped' && (
        <p className="message-state">
          {t.chat.state.stopped}
          <Button size="s" variant="quiet" icon={<RotateCcw aria-hidden />} onClick={() => void messages.retry(message.id).then(sayError)}>
            {t.chat.retry}
          </Button>
        </p>
      )}
      {message.state === 'completed' && message.text !== '' && (
        <div className="message-actions">
          <IconButton
            size="s"
            label={t.chat.copy}
            icon={<Copy />}
            onClick={() => void actions.copyText(message.text, said => said.t.common.copied)}
          />
          <IconButton size="s" label={t.chat.retry} icon={<RotateCcw />} onClick={() => void messages.retry(message.id).then(sayError)} />
        </div>
      )}
    </article>
  );
}

/** What an answer is doing, or why it is not. */
function AnswerState({ message }: { readonly message: MessageView }) {
  const { app, jobs, documents } = useServices();
  const speech = useSpeech();
  const status = useStore(app, state => state.status);
  const byId = useStore(jobs, state => state.byId);
  const importing = useStore(documents, state => state.documents)?.filter(document => document.state === 'importing') ?? [];
  if (message.state === 'streaming') return speech.t.chat.state.streaming;
  const job = message.jobId ? (byId.get(message.jobId) ?? null) : null;
  const reading = importing.flatMap(({ jobId }) => (jobId ? (byId.get(jobId) ?? []) : []));
  return describeAnswer(job, reading, speech, Date.now(), status);
}

/** What the note speaks of, with where it is now. */
function SynopsisCard({ message }: { readonly message: MessageView }) {
  const { view, jobs } = useServices();
  const { t } = useSpeech();
  const job = useStore(jobs, state => (message.jobId ? (state.byId.get(message.jobId) ?? null) : null));
  const progress = job?.progress ?? null;
  const running = job !== null && (job.state === 'running' || job.state === 'queued' || job.state === 'scheduled');
  const label =
    progress && progress.phase === 'section' && progress.label && Object.hasOwn(t.synopsis.section, progress.label)
      ? t.synopsis.section[progress.label as keyof typeof t.synopsis.section]
      : (progress?.label ?? null);
  return (
    <div className="message-card">
      {running && <WorkingMark />}
      <span className="truncate">
        {running && progress
          ? [
              t.jobs.phase[progress.phase](label),
              progress.done !== null && progress.total !== null ? t.common.ofTotal(progress.done, progress.total) : null,
            ]
              .filter(part => part !== null)
              .join('\u00A0· ')
          : job?.state === 'done'
            ? job.title
            : job
              ? t.jobs.state[job.state]
              : t.synopsis.title}
      </span>
      <span className="message-card-actions">
        {job && (
          <Button size="s" variant="quiet" onClick={() => view.inspect(job.id)}>
            {t.chat.showJob}
          </Button>
        )}
        <Button size="s" onClick={() => view.showSynopsis()}>
          {t.chat.openSynopsis}
        </Button>
      </span>
    </div>
  );
}
