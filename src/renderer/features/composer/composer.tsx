import { ArrowUp } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useStore } from 'zustand';
import type { DocumentView } from '../../../shared/domain/document.ts';
import type { SessionId } from '../../../shared/domain/ids.ts';
import { messageCharLimit } from '../../../shared/domain/session.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { AttachButtons, BackgroundButton, SynopsisButton } from './composer-buttons.tsx';
import { asSingleUrl, longPasteChars, readCommand, suggestCommands } from './pasted-material.ts';
import './composer.css';

/** Something that was pasted or typed and may be wanted as a source instead. */
type Offer = { readonly kind: 'long'; readonly text: string } | { readonly kind: 'url'; readonly url: string };

interface ComposerProps {
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
  readonly filesRef: RefObject<HTMLInputElement | null>;
  /** Beside the button of the synopsis: what it should be like. A part of the feature of synopses. */
  readonly synopsisOptions: ReactNode;
}

export function Composer({ inputRef, filesRef, synopsisOptions }: ComposerProps) {
  const services = useServices();
  const { view, messages, documents, drafts, app, toasts, announcer } = services;
  const actions = useActions();
  const sayError = useSayError();
  const { t, number, language } = useSpeech();
  const sessionId = useStore(view, state => state.sessionId);
  const uploads = useStore(documents, state => state.uploads);
  const lost = useStore(app, state => state.connection !== 'open');
  // Each chat keeps its own unsent text.
  const text = useStore(drafts, () => drafts.of(sessionId));
  const [offer, setOffer] = useState<Offer | null>(null);
  /** Chats whose message is on its way; null stands for the one that is not there yet. */
  const [sendingIn, setSendingIn] = useState<ReadonlySet<SessionId | null>>(new Set());
  const sending = sendingIn.has(sessionId);
  const canAnswer = useStore(services.models, state => state.view?.answering.can ?? false);
  /** The next message goes to the background; the one after it does not. */
  const [wantsBackground, setBackground] = useState(false);
  const inBackground = wantsBackground && canAnswer;
  /** Links the person wants to keep as text. */
  const keptUrl = useRef<string | null>(null);
  /** One key per draft, so that a repeated click sends once. */
  const requestKey = useRef(crypto.randomUUID());

  const toggleBackground = useCallback((): void => {
    setBackground(wanted => !wanted);
    inputRef.current?.focus();
  }, [inputRef]);
  const setText = (next: string): void => drafts.put(sessionId, next);

  useEffect(() => {
    setOffer(null);
    setBackground(false);
    requestKey.current = crypto.randomUUID();
  }, [sessionId]);

  const tooLong = text.length > messageCharLimit;
  const suggestions = suggestCommands(text, language);

  // Said once when the limit is crossed; how many characters there are now is for the eye.
  const sayTooLong = useEffectEvent(() => announcer.announce(t.composer.tooLong(number(text.length), number(messageCharLimit))));
  useEffect(() => {
    if (tooLong) sayTooLong();
  }, [tooLong, sessionId]);

  function newDocuments(): readonly DocumentView[] {
    const { transcript } = messages.getState();
    const attached = new Set(transcript?.messages.flatMap(message => message.documentIds));
    const last = transcript?.messages.findLast(message => message.role === 'person')?.id ?? '';
    return documents.getState().documents?.filter(document => document.id > last && !attached.has(document.id)) ?? [];
  }

  function setSending(inChat: SessionId | null, is: boolean): void {
    setSendingIn(now => (is ? new Set([...now, inChat]) : new Set([...now].filter(other => other !== inChat))));
  }

  /** The text stays in its draft until the program has it: what was chosen before it may take long to upload. */
  async function send(asBackground = inBackground): Promise<void> {
    if (sending || tooLong || lost) return;
    const command = readCommand(text.trim());
    const wanted = command?.kind === 'background' ? command.task : text.trim();
    const toBackground = asBackground || command?.kind === 'background';
    if (toBackground && !canAnswer)
      return toasts.say({ key: 'command', text: speech => speech.t.composer.backgroundNoModel, tone: 'problem' });
    if (command?.kind === 'background' && wanted === '') {
      setText('');
      return setBackground(true);
    }
    if (command?.kind === 'browser') return sendToBrowser(command.task);
    if (command?.kind === 'unknown')
      return toasts.say({ key: 'command', text: speech => speech.t.composer.slashUnknown(command.name), tone: 'problem' });
    if (command?.kind === 'synopsis') {
      setText('');
      return actions.requestSynopsis();
    }
    const url = asSingleUrl(wanted);
    if (url !== null && keptUrl.current !== url && !toBackground) return setOffer({ kind: 'url', url });
    if (wanted === '' && newDocuments().length === 0) return;
    setSending(sessionId, true);
    setOffer(null);
    view.showConversation();
    const failed = await sendTo(sessionId ?? (await actions.newChat()), wanted, requestKey.current, toBackground);
    setSending(sessionId, false);
    if (failed === null) setBackground(false);
    if (failed !== null) sayError(failed);
  }

  /** Without words, the form; with them the task begins, and the person stays where they are. */
  async function sendToBrowser(task: string): Promise<void> {
    if (task === '') {
      setText('');
      return view.showBrowser({ what: 'form' });
    }
    setSending(sessionId, true);
    const job = await actions.startBrowser({ kind: 'task', task }, requestKey.current);
    setSending(sessionId, false);
    if (job === null) return;
    requestKey.current = crypto.randomUUID();
    drafts.put(job.sessionId, '');
    toasts.say({
      key: 'browser-started',
      text: said => said.t.composer.browserStarted,
      action: { label: said => said.t.browser.show, run: () => view.showBrowser({ what: 'task', jobId: job.id }) },
    });
  }

  /** Null also when there is no chat to send to, of which the person was told. */
  async function sendTo(target: SessionId | null, wanted: string, key: string, toBackground: boolean): Promise<string | null> {
    if (!target) return null;
    // A chat made for this message takes the draft along, so that nothing of it is seen twice.
    if (target !== sessionId) {
      drafts.put(sessionId, '');
      drafts.put(target, wanted);
      setSending(target, true);
    }
    await actions.whenAdded(target);
    drafts.put(target, '');
    const documentIds = target === documents.getState().sessionId ? newDocuments().map(document => document.id) : [];
    const failed = await messages.send({ sessionId: target, requestKey: key, text: wanted, documentIds, inBackground: toBackground });
    setSending(target, false);
    if (failed === null && requestKey.current === key) requestKey.current = crypto.randomUUID();
    if (failed === null) showSaid(target);
    // What was not sent is not lost: it is back in its own draft.
    if (failed !== null && drafts.of(target) === '') drafts.put(target, wanted);
    return failed;
  }

  /** Who was reading far above looks at what they have said, and at its answer. */
  function showSaid(target: SessionId): void {
    const { sessionId: open, transcript } = messages.getState();
    const said = open === target ? transcript?.messages.findLast(({ role }) => role === 'person') : undefined;
    if (said !== undefined) view.seek({ what: 'message', sessionId: target, messageId: said.id });
  }

  /** A command that goes on with words leaves room for them. */
  function takeSuggestion({ kind, word }: (typeof suggestions)[number]): void {
    setText(kind === 'synopsis' ? word : `${word} `);
    inputRef.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return;
    const suggestion = suggestions[0];
    if (suggestion !== undefined && (event.key === 'Tab' || (event.key === 'Enter' && text.length > 1))) {
      event.preventDefault();
      takeSuggestion(suggestion);
      return;
    }
    if (event.key === 'Enter' && event.shiftKey && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape' && offer) {
      event.stopPropagation();
      setOffer(null);
    }
  }

  function onPaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files];
    if (files.length > 0) {
      event.preventDefault();
      void actions.addFiles(files);
      return;
    }
    const pasted = event.clipboardData.getData('text/plain');
    if (pasted.length > longPasteChars) {
      event.preventDefault();
      setOffer({ kind: 'long', text: pasted });
      return;
    }
    const url = asSingleUrl(pasted);
    if (url !== null) setOffer({ kind: 'url', url });
  }

  async function acceptOffer(accepted: Offer): Promise<void> {
    const added = accepted.kind === 'long' ? await actions.addText(accepted.text) : await actions.addUrl(accepted.url);
    if (!added) return;
    setOffer(null);
    if (accepted.kind === 'url') {
      const now = view.getState().sessionId;
      drafts.put(now, drafts.of(now).replace(accepted.url, '').trim());
    }
    inputRef.current?.focus();
  }

  function declineOffer(declined: Offer): void {
    if (declined.kind === 'long') setText(text + declined.text);
    else keptUrl.current = declined.url;
    setOffer(null);
    inputRef.current?.focus();
  }

  async function addTyped(): Promise<void> {
    if (await actions.addText(text)) setText('');
  }

  return (
    <div className="composer-area">
      <div className="composer">
        {uploads.length > 0 && (
          <ul className="composer-uploads">
            {uploads.map(upload => (
              <li key={upload.key}>
                <span className="truncate">{t.composer.uploading(upload.name)}</span>
                <ProgressBar done={upload.sent} total={Math.max(1, upload.total)} label={t.composer.uploading(upload.name)} />
              </li>
            ))}
          </ul>
        )}
        {sending && uploads.some(upload => upload.sessionId === sessionId) && (
          <p className="composer-offer" role="status">
            {t.composer.sentAfterUpload}
          </p>
        )}
        {offer && (
          <div className="composer-offer" role="status">
            <span>
              <strong>{offer.kind === 'long' ? t.composer.longTitle(offer.text.length) : t.composer.urlTitle}</strong>
              <span className={`composer-offer-hint ${offer.kind === 'url' ? 'truncate' : ''}`}>
                {offer.kind === 'long' ? t.composer.longHint : offer.url}
              </span>
            </span>
            <span className="composer-offer-actions">
              <Button size="s" variant="quiet" onClick={() => declineOffer(offer)}>
                {offer.kind === 'long' ? t.composer.asMessage : t.composer.urlKeep}
              </Button>
              <Button size="s" variant="accent" onClick={() => void acceptOffer(offer)}>
                {offer.kind === 'long' ? t.composer.asDocument : t.composer.urlAdd}
              </Button>
            </span>
          </div>
        )}
        {lost && text !== '' && (
          <p className="composer-offer composer-offer-problem" role="status" id="composer-lost">
            {t.composer.sendLost}
          </p>
        )}
        {tooLong && (
          <div className="composer-offer composer-offer-problem">
            <span>{t.composer.tooLong(number(text.length), number(messageCharLimit))}</span>
            <Button size="s" variant="accent" onClick={() => void addTyped()}>
              {t.composer.asDocument}
            </Button>
          </div>
        )}
        {suggestions.length > 0 && (
          <ul className="composer-commands" aria-label={t.composer.slash}>
            {suggestions.map(suggestion => (
              <li key={suggestion.word}>
                <button type="button" onClick={() => takeSuggestion(suggestion)}>
                  <code>{suggestion.word}</code>
                  <span>{t.composer.slashCommand[suggestion.kind]}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <textarea
          ref={inputRef}
          className="composer-input"
          rows={1}
          readOnly={sending}
          value={text}
          placeholder={inBackground ? t.composer.backgroundPlaceholder : t.composer.placeholder}
          aria-label={t.composer.label}
          aria-invalid={tooLong}
          aria-describedby="composer-hint"
          onChange={event => setText(event.target.value)}
          onBlur={() => drafts.flush()}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className="composer-bar">
          <AttachButtons filesRef={filesRef} />
          <SynopsisButton />
          {synopsisOptions}
          {canAnswer && <BackgroundButton isPressed={inBackground} onPress={toggleBackground} />}
          <span className="composer-hint" id="composer-hint">
            {t.composer.sendHint}
          </span>
          <button
            type="button"
            className="composer-send"
            aria-label={t.composer.send}
            aria-describedby={lost && text !== '' ? 'composer-lost' : undefined}
            disabled={sending || tooLong || lost || text.trim() === ''}
            onClick={() => void send()}
          >
            <ArrowUp aria-hidden />
          </button>
        </div>
      </div>
    </div>
  );
}
