import { ArrowLeft, ArrowRight, BookOpenText, Globe, NotebookText, PanelLeftOpen } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { ChatModel } from '../features/models/chat-model.tsx';
import { isBrowserBusy } from '../state/browser-job.ts';
import { useActions, useKeys, useServices, useSpeech } from '../state/context.tsx';
import { BusyMark } from '../ui/busy-mark.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import './chat-bar.css';

/** The head of the chat: its name, and what can be opened beside it. */
export function ChatBar() {
  const { sessions, documents, view } = useServices();
  const { t } = useSpeech();
  const keys = useKeys();
  const { sessionId, sidebarOpen } = useStore(view);
  const session = useStore(sessions, state => (sessionId ? (state.byId.get(sessionId) ?? null) : null));
  const documentCount = useStore(documents, state => state.documents?.length ?? 0);
  return (
    <header className="chat-bar">
      {!sidebarOpen && (
        <IconButton label={t.sidebar.expand} keys={keys('sidebar')} icon={<PanelLeftOpen />} onClick={() => view.toggleSidebar()} />
      )}
      <TravelTools />
      <h1 className="chat-title truncate">{session?.title ?? t.common.untitledChat}</h1>
      {sessionId && documentCount > 0 && <span className="chat-count">{t.chat.documents(documentCount)}</span>}
      <span className="chat-bar-model">
        <ChatModel />
      </span>
      {sessionId && <ChatTools />}
    </header>
  );
}

/** The way back to what was looked at before, and forward again. */
const TravelTools = memo(function TravelTools() {
  const { view } = useServices();
  const actions = useActions();
  const { t } = useSpeech();
  const keys = useKeys();
  const { back, forward } = useStore(view, state => state.ways);
  return (
    <span className="chat-bar-travel">
      <IconButton
        label={t.commands.back}
        keys={keys('back')}
        icon={<ArrowLeft />}
        disabled={!back}
        onClick={() => void actions.travel(-1)}
      />
      <IconButton
        label={t.commands.forward}
        keys={keys('forward')}
        icon={<ArrowRight />}
        disabled={!forward}
        onClick={() => void actions.travel(1)}
      />
    </span>
  );
});

/** Rendered for what it shows alone: the chat's name and counts change with each thing that is said. */
const ChatTools = memo(function ChatTools() {
  const { view, jobs } = useServices();
  const actions = useActions();
  const { t } = useSpeech();
  const keys = useKeys();
  const { rightOpen, rightTab, synopsisOverlay, sessionId } = useStore(view);
  const isBrowsing = useStore(jobs, state => isBrowserBusy(state.byId, sessionId));
  return (
    <span className="chat-bar-tools">
      <IconButton
        label={t.commands.synopsis}
        keys={keys('synopsis')}
        icon={<NotebookText />}
        pressed={synopsisOverlay || (rightOpen && rightTab === 'synopsis')}
        onClick={() => void actions.toggleSynopsis()}
      />
      <IconButton
        label={t.commands.sources}
        keys={keys('sources')}
        icon={<BookOpenText />}
        pressed={rightOpen && rightTab === 'sources'}
        onClick={() => view.toggleRight('sources')}
      />
      <IconButton
        label={isBrowsing ? `${t.commands.browser}, ${t.browser.atWork}` : t.commands.browser}
        keys={keys('browser')}
        icon={
          <>
            <Globe />
            {isBrowsing && <BusyMark />}
          </>
        }
        pressed={rightOpen && rightTab === 'browser'}
        onClick={() => view.toggleRight('browser')}
      />
    </span>
  );
});
