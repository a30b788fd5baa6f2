import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { MessageId } from '../../../shared/domain/ids.ts';
import { AsksSlot } from '../../state/asks-slot.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DocumentCard } from './document-card.tsx';
import { Message } from './message.tsx';
import { transcriptEntries } from './transcript-entries.ts';
import './transcript.css';

/** First guess of an entry's height; the real one is measured as soon as it is on the screen. */
const guessedHeightPx = 140;
/** Entries kept rendered beyond each edge, so that fast scrolling shows no holes. */
const overscan = 6;
/** Closer to the end than this still counts as reading the end, in CSS pixels: two lines of text. */
const endThresholdPx = 48;
/** Closer to the top than this asks for the earlier page before the person gets there. */
const earlierThresholdPx = 400;

/** `empty` is shown while nothing has been said. */
export function Transcript({ empty }: { readonly empty: ReactNode }) {
  const { messages: messageStore, documents: documentStore, toasts, view } = useServices();
  const sought = useStore(view, state => (state.sought?.what === 'message' ? state.sought : null));
  const { transcript, failure, sessionId } = useStore(messageStore);
  const documents = useStore(documentStore, state => state.documents);
  const actions = useActions();
  const asks = useContext(AsksSlot);
  const speech = useSpeech();
  const { t } = speech;
  const scrollRef = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const complete = transcript?.next === null;
  const entries = useMemo(
    () => (transcript ? transcriptEntries(transcript.messages, documents ?? [], complete) : []),
    [transcript, documents, complete],
  );

  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => guessedHeightPx,
    getItemKey: at => entries[at]?.key ?? at,
    overscan,
    paddingStart: 12,
    paddingEnd: 20,
    scrollPaddingEnd: 20,
    // The end of the chat is what is looked at: it stays in place while answers grow and earlier pages come in.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endThresholdPx,
  });

  // A chat opens at its end.
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!transcript || shown.current === sessionId || entries.length === 0) return;
    shown.current = sessionId;
    if (sought?.sessionId !== sessionId) virtualizer.scrollToIndex(entries.length - 1, { align: 'end' });
  }, [transcript, sessionId, entries.length, virtualizer, sought]);

  // A link or the way back led to a message, which may be pages away.
  useEffect(() => {
    if (!transcript || sought === null || sought.sessionId !== sessionId) return;
    const at = entries.findIndex(entry => entry.kind === 'message' && entry.message.id === sought.messageId);
    if (at === -1 && transcript.next !== null) {
      const { next, loadingEarlier } = transcript;
      if (loadingEarlier) return;
      // A page that does not come ends the search: asking again at once would not end.
      return void messageStore.loadEarlier().then(() => {
        if (messageStore.getState().transcript?.next === next) view.found();
      });
    }
    view.found();
    if (at !== -1) virtualizer.scrollToIndex(at, { align: 'start' });
    else toasts.say({ key: 'nothing-there', text: said => said.t.places.messageNotShown });
  }, [transcript, entries, sought, sessionId, virtualizer, messageStore, view, toasts]);

  // Who reads the end goes on reading it when the window or a pane beside it gets another size.
  const reading = useRef({ atEnd: true, last: 0 });
  /** The height, in CSS pixels, that the end was last brought into. */
  const height = useRef(0);
  reading.current = { atEnd, last: entries.length - 1 };
  const isEmpty = entries.length === 0;
  useEffect(() => {
    const element = scrollRef.current;
    if (!element || isEmpty) return;
    const observer = new ResizeObserver(() => {
      const { atEnd: wasAtEnd, last } = reading.current;
      height.current = element.clientHeight;
      if (wasAtEnd && last >= 0) virtualizer.scrollToIndex(last, { align: 'end' });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [virtualizer, sessionId, isEmpty]);

  /** The message at the upper edge; null at the end, where a chat opens by itself. */
  function readingAt({ scrollTop, scrollHeight, clientHeight }: HTMLElement): MessageId | null {
    if (scrollHeight - scrollTop - clientHeight < endThresholdPx) return null;
    const first = virtualizer.getVirtualItems().find(item => item.end > scrollTop);
    const entry = first && entries[first.index];
    return entry?.kind === 'message' ? entry.message.id : null;
  }

  function onScroll(): void {
    const element = scrollRef.current;
    if (!element) return;
    // A pane that opened below and not the person took the end away: the observer brings it back.
    const isResized = reading.current.atEnd && element.clientHeight !== height.current;
    if (!isResized) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < endThresholdPx);
    if (sessionId !== null && shown.current === sessionId) view.keepReading(sessionId, readingAt(element));
    if (element.scrollTop < earlierThresholdPx && transcript?.next !== null) void messageStore.loadEarlier();
  }

  if (failure !== null) {
    return (
      <EmptyState lead={speech.error(failure)}>
        <Button onClick={() => void messageStore.reload()}>{t.common.retry}</Button>
      </EmptyState>
    );
  }
  if (transcript && documents && entries.length === 0) return empty;

  return (
    <div className="transcript">
      <div
        className="transcript-scroll"
        ref={scrollRef}
        role="log"
        aria-label={t.chat.transcript}
        aria-live="off"
        tabIndex={0}
        onScroll={onScroll}
      >
        {transcript?.loadingEarlier && <p className="transcript-earlier">{t.chat.earlierLoading}</p>}
        <div className="transcript-body" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(item => {
            const entry = entries[item.index];
            if (!entry) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="transcript-entry"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {entry.kind === 'message' ? (
                  <>
                    <Message message={entry.message} documents={entry.documents} />
                    {entry.message.jobId !== null &&
                      (entry.message.state === 'pending' || entry.message.state === 'streaming') &&
                      asks({ jobId: entry.message.jobId })}
                  </>
                ) : (
                  <div className="message transcript-documents">
                    <div className="document-cards">
                      {entry.documents.map(document => (
                        <DocumentCard key={document.id} document={document} />
                      ))}
                    </div>
                  </div>
                )}
              </div>
            );
          })}
        </div>
        {transcript?.messages.length === 0 && entries.length > 0 && (
          <div className="message transcript-next">
            {documents?.every(document => document.state === 'failed') ? (
              <span>{t.chat.nothingRead}</span>
            ) : (
              <>
                <span>{t.chat.nextStep}</span>
                <Button size="s" onClick={() => void actions.openOrMakeSynopsis()}>
                  {t.synopsis.make}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
      {!atEnd && (
        <Button
          className="transcript-end"
          size="s"
          icon={<ArrowDown aria-hidden />}
          onClick={() => virtualizer.scrollToIndex(entries.length - 1, { align: 'end' })}
        >
          {t.chat.toEnd}
        </Button>
      )}
    </div>
  );
}
