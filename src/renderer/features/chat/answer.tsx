import { Copy, Link, RotateCcw, Square } from 'lucide-react';
import { useStore } from 'zustand';
import type { MessageView } from '../../../shared/domain/session.ts';
import { describeAnswer } from '../../i18n/answer-words.ts';
import { useActions, useCopyLink, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { AnswerFacts } from './answer-facts.tsx';
import { BranchSwitcher } from './branch-switcher.tsx';
import { Markdown } from './markdown.tsx';
import { ProposedSources } from './proposed-sources.tsx';

/** An answer in each of its states, also the result of work in the background. */
export function Answer({ message, live }: { readonly message: MessageView; readonly live: boolean }) {
  const { messages, view } = useServices();
  const sayError = useSayError();
  const { t, error } = useSpeech();
  const { note, state } = message;
  const ofBackground = note === 'background_ready';
  const failed = ofBackground ? t.chat.backgroundFailed : `${t.chat.state.failed}.`;
  // The result of work in the background answers no question: it is done again where it was begun.
  const again = ofBackground ? null : () => void messages.regenerate(message.id).then(sayError);

  return (
    <article className={`message message-assistant message-${state}`} aria-label={t.chat.assistant} aria-busy={live}>
      {note !== null && !(ofBackground && state !== 'completed') && (
        <p className="message-note">
          {t.chat.note[note]}
          <ConnectModel message={message} />
        </p>
      )}
      {message.text !== '' && <Markdown text={message.text} citations={message.citations} live={live} />}
      <ProposedSources sources={message.sources ?? []} />
      {live && (
        <p className="message-state">
          <WorkingMark />
          <AnswerState message={message} />
          <Button size="s" variant="quiet" icon={<Square aria-hidden />} onClick={() => void messages.stop(message.id).then(sayError)}>
            {t.common.stop}
          </Button>
        </p>
      )}
      {state === 'failed' && (
        <div className="message-failure" role="group" aria-label={failed}>
          <p>
            <strong>{failed}</strong> {error(message.error ?? 'internal')}
          </p>
          <Button size="s" icon={<RotateCcw aria-hidden />} onClick={() => void messages.retry(message.id).then(sayError)}>
            {t.common.retry}
          </Button>
        </div>
      )}
      {!live && (
        <AnswerFacts message={message}>
          {state === 'stopped' && <span>{ofBackground ? t.chat.backgroundStopped : t.chat.state.stopped}</span>}
          {state === 'stopped' && again !== null && (
            <Button size="s" variant="quiet" icon={<RotateCcw aria-hidden />} onClick={again}>
              {t.chat.retry}
            </Button>
          )}
          <BranchSwitcher message={message} />
          {ofBackground && message.jobId !== null && (
            <Button size="s" variant="quiet" onClick={() => view.inspect(message.jobId)}>
              {t.chat.showJob}
            </Button>
          )}
          {message.text !== '' && <AnswerActions message={message} again={state === 'completed' ? again : null} />}
        </AnswerFacts>
      )}
    </article>
  );
}

interface AnswerActionsProps {
  readonly message: MessageView;
  /** Null where it is offered elsewhere, or there is nothing to answer. */
  readonly again: (() => void) | null;
}

function AnswerActions({ message, again }: AnswerActionsProps) {
  const actions = useActions();
  const copyLink = useCopyLink();
  const { t } = useSpeech();
  return (
    <span className="message-actions">
      <IconButton
        size="s"
        label={t.chat.copy}
        icon={<Copy />}
        onClick={() => void actions.copyText(message.text, said => said.t.common.copied)}
      />
      <IconButton
        size="s"
        label={t.places.copyLink}
        icon={<Link />}
        onClick={() => copyLink({ kind: 'message', sessionId: message.sessionId, messageId: message.id })}
      />
      {again !== null && <IconButton size="s" label={t.chat.retry} icon={<RotateCcw />} onClick={again} />}
    </span>
  );
}

/** The way out of answers without a model, while there is none. */
function ConnectModel({ message: { note } }: { readonly message: MessageView }) {
  const { models, view } = useServices();
  const { t } = useSpeech();
  const answering = useStore(models, state => state.view?.answering ?? null);
  const isWithout = note === 'no_model' || note === 'no_model_no_documents' || note === 'no_model_nothing_found';
  if (!isWithout || answering === null || answering.can) return null;
  return (
    <>
      {' '}
      <button type="button" className="message-link" onClick={() => view.setDialog('models')}>
        {answering.reason === 'no_provider' ? t.models.connect : t.models.choose}
      </button>
    </>
  );
}

/** What an answer is doing, or why it is not. */
function AnswerState({ message }: { readonly message: MessageView }) {
  const { app, jobs, documents } = useServices();
  const speech = useSpeech();
  const status = useStore(app, state => state.status);
  const byId = useStore(jobs, state => state.byId);
  const importing = useStore(documents, state => state.documents)?.filter(document => document.state === 'importing') ?? [];
  const job = message.jobId ? (byId.get(message.jobId) ?? null) : null;
  // One that has begun may wait in its middle: for the person, the network, a limit.
  if (message.state === 'streaming' && (job === null || job.state === 'running')) return speech.t.chat.state.streaming;
  const reading = importing.flatMap(({ jobId }) => (jobId ? (byId.get(jobId) ?? []) : []));
  return describeAnswer(job, reading, speech, Date.now(), status);
}
