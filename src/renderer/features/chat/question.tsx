import { Link, Pencil } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { DocumentView } from '../../../shared/domain/document.ts';
import { messageCharLimit, type MessageView } from '../../../shared/domain/session.ts';
import { useCopyLink, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { BranchSwitcher } from './branch-switcher.tsx';
import { DocumentCard } from './document-card.tsx';

interface QuestionProps {
  readonly message: MessageView;
  readonly documents: readonly DocumentView[];
}

/** What the person said, with what came along; it can be said again in other words. */
export function Question({ message, documents }: QuestionProps) {
  const { drafts } = useServices();
  const copyLink = useCopyLink();
  const { t } = useSpeech();
  const draft = useStore(drafts, state => (state.editing?.messageId === message.id ? state.editing.text : null));
  const pencil = useRef<HTMLButtonElement>(null);
  /** Who leaves the editor with the keyboard is where they came from. */
  const wasEditing = useRef(false);
  useEffect(() => {
    if (draft === null && wasEditing.current) pencil.current?.focus();
    wasEditing.current = draft !== null;
  }, [draft]);
  return (
    <article className="message message-person" aria-label={t.chat.you}>
      {documents.length > 0 && (
        <div className="document-cards">
          {documents.map(document => (
            <DocumentCard key={document.id} document={document} />
          ))}
        </div>
      )}
      {draft !== null ? (
        <QuestionEditor message={message} draft={draft} />
      ) : (
        <>
          {message.text !== '' && (
            <div className="message-said-row">
              <span className="message-actions">
                <IconButton
                  size="s"
                  label={t.places.copyLink}
                  icon={<Link />}
                  onClick={() => copyLink({ kind: 'message', sessionId: message.sessionId, messageId: message.id })}
                />
                <IconButton
                  ref={pencil}
                  size="s"
                  label={t.chat.edit}
                  icon={<Pencil />}
                  onClick={() => drafts.edit({ messageId: message.id, text: message.text })}
                />
              </span>
              <p className="message-said">{message.text}</p>
            </div>
          )}
          <BranchSwitcher message={message} />
        </>
      )}
    </article>
  );
}

function QuestionEditor({ message, draft }: { readonly message: MessageView; readonly draft: string }) {
  const { drafts, messages } = useServices();
  const sayError = useSayError();
  const { t, number } = useSpeech();
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const tooLong = draft.length > messageCharLimit;
  const canSend = !isBusy && !tooLong && draft.trim() !== '';

  async function send(): Promise<void> {
    if (!canSend) return;
    setBusy(true);
    const failed = await messages.edit(message.id, draft.trim());
    setBusy(false);
    // What was not sent stays in the field.
    if (failed === null) drafts.edit(null);
    else sayError(failed);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      drafts.edit(null);
    }
  }

  return (
    <div className="message-editor">
      <textarea
        ref={field}
        value={draft}
        readOnly={isBusy}
        aria-label={t.chat.editLabel}
        aria-describedby={`edit-${message.id}`}
        aria-invalid={tooLong}
        onChange={event => drafts.edit({ messageId: message.id, text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="message-editor-foot">
        <span id={`edit-${message.id}`} className={tooLong ? 'message-editor-problem' : undefined}>
          {tooLong ? t.composer.tooLong(number(draft.length), number(messageCharLimit)) : t.chat.editHint}
        </span>
        <Button size="s" variant="quiet" onClick={() => drafts.edit(null)}>
          {t.chat.editCancel}
        </Button>
        <Button size="s" variant="accent" disabled={!canSend} onClick={() => void send()}>
          {t.chat.editSend}
        </Button>
      </div>
    </div>
  );
}
