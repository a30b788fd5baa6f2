import { Copy, RotateCcw, Square } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { DocumentView } from '../../../shared/domain/document.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import { describeAnswer } from '../../i18n/answer-words.ts';
import { describeJob } from '../../i18n/job-words.ts';
import { describeMaking } from '../../i18n/making-words.ts';
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
  if (message.note === 'synopsis_started' || message.note === 'synopsis_ready') return <SynopsisWord message={message} live={live} />;

  return (
    <article className={`message message-assistant message-${message.state}`} aria-label={t.chat.assistant} aria-busy={live}>
      {message.note !== null && <p className="message-note">{t.chat.note[message.note]}</p>}
      {message.text !== '' && <Markdown text={message.text} citations={message.citations} />}
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

/** The chat's word about a synopsis. It is no answer: what became of it is said of the synopsis. */
function SynopsisWord({ message, live }: { readonly message: MessageView; readonly live: boolean }) {
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
