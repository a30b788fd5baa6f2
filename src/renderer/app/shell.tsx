import { Suspense, useCallback, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { placeOf } from '../../shared/contract/notice-place.ts';
import { AsksOfChat } from '../features/approvals/asks-of-chat.tsx';
import { ChatStart } from '../features/chat/chat-start.tsx';
import { ConnectModel, FoundModel } from '../features/models/connect-model.tsx';
import { Transcript } from '../features/chat/transcript.tsx';
import { Composer } from '../features/composer/composer.tsx';
import { EffectsAgain } from '../features/inspector/effects-again.tsx';
import { NoticeBell } from '../features/notices/notice-bell.tsx';
import { SessionList } from '../features/sessions/session-list.tsx';
import { StatusStrip } from '../features/status-strip/status-strip.tsx';
import { ChooseOptions } from '../features/synopsis/choose-options.tsx';
import { Toasts } from '../features/toasts/toasts.tsx';
import { UpdateNote } from '../features/updates/update-note.tsx';
import { useActions, useServices, useSpeech } from '../state/context.tsx';
import { goTo } from '../state/go-to.ts';
import type { LibraryItem } from '../state/library-store.ts';
import { paneLimits } from '../state/view-store.ts';
import { Splitter } from '../ui/splitter.tsx';
import { WorkingMark } from '../ui/working-mark.tsx';
import { Announcer } from './announcer.tsx';
import { AwayBar } from './away-bar.tsx';
import { ChatBar } from './chat-bar.tsx';
import { type CommandContext } from './commands.ts';
import { DropZone } from './drop-zone.tsx';
import {
  AsksDialog,
  AutoExportDialog,
  BrowserSettings,
  BudgetsSection,
  DiagnosticsDialog,
  HealthDialog,
  JobPanel,
  LibraryPage,
  LimitsDialog,
  McpDialog,
  ModelsDialog,
  NoticesDialog,
  Palette,
  ReachDialog,
  RightPane,
  SchedulesDialog,
  SettingsDialog,
  ShortcutSheet,
  SynopsisOverlay,
  UpdateSection,
} from './on-demand.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useWholeWhenCut } from './use-whole-when-cut.ts';
import './shell.css';

export function Shell() {
  const services = useServices();
  const { app, view } = services;
  const actions = useActions();
  const speech = useSpeech();
  const { t } = speech;
  const { sessionId, sidebarOpen, sidebarWidth, rightOpen, rightWidth, tasksOpen, tasksHeight, synopsisOverlay, libraryOpen, dialog } =
    useStore(view);
  const covered = synopsisOverlay && sessionId !== null;
  const opening = useStore(app, state => state.opening);
  const failure = useStore(app, state => state.failure);
  const composerRef = useRef<HTMLTextAreaElement>(null);
  const filesRef = useRef<HTMLInputElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);

  const context = useMemo(
    (): CommandContext => ({
      services,
      actions,
      focusComposer: () => composerRef.current?.focus(),
      focusChatSearch: () => {
        if (!view.getState().sidebarOpen) view.toggleSidebar();
        requestAnimationFrame(() => searchRef.current?.focus());
      },
      pickFiles: () => filesRef.current?.click(),
    }),
    [services, actions, view],
  );
  useShortcuts(context);
  useWholeWhenCut();
  const startChat = useCallback((): void => {
    void actions.leaveForNewChat();
    composerRef.current?.focus();
  }, [actions]);

  const openFromLibrary = (item: LibraryItem): void =>
    void goTo(services, { kind: 'synopsis', sessionId: item.sessionId, versionId: null });

  if (!opening) {
    return (
      <div className="app-start">
        <div className="app-start-page" role="status">
          {failure === null ? (
            <>
              <WorkingMark />
              <span>{t.startup.connecting}</span>
            </>
          ) : (
            <>
              <strong>{t.startup.failed}</strong>
              <span>{failure === 'disconnected' ? t.startup.failedHint : speech.error(failure)}</span>
            </>
          )}
        </div>
      </div>
    );
  }

  const chatStart = <ChatStart found={<FoundModel />} connect={<ConnectModel />} />;
  return (
    <div className="app">
      <AwayBar />
      <div className="app-body">
        {sidebarOpen && (
          <div className="app-side" style={{ width: sidebarWidth }}>
            <SessionList searchRef={searchRef} onNewChat={startChat} />
          </div>
        )}
        <main className="app-main">
          {sidebarOpen && (
            <Splitter
              className="app-side-edge"
              orientation="vertical"
              label={t.common.resize}
              value={sidebarWidth}
              {...paneLimits.sidebarWidth}
              direction={1}
              onResize={px => view.resize('sidebarWidth', px)}
            />
          )}
          <div className="app-upper">
            {/* What is covered can be neither reached nor read aloud. */}
            <div className="app-chat" inert={covered || libraryOpen}>
              <ChatBar />
              {sessionId ? <Transcript empty={chatStart} /> : chatStart}
              <AsksOfChat />
            </div>
            {covered && !libraryOpen && (
              <Suspense fallback={null}>
                <SynopsisOverlay />
              </Suspense>
            )}
          </div>
          <div className="app-composer" inert={libraryOpen}>
            <Composer inputRef={composerRef} filesRef={filesRef} synopsisOptions={<ChooseOptions />} />
          </div>
          {libraryOpen && (
            <Suspense fallback={null}>
              <LibraryPage onOpen={openFromLibrary} />
            </Suspense>
          )}
        </main>
        {rightOpen && (
          <aside className="app-right" aria-label={t.common.details} style={{ width: rightWidth }}>
            <Splitter
              className="app-right-edge"
              orientation="vertical"
              label={t.common.resize}
              value={rightWidth}
              {...paneLimits.rightWidth}
              direction={-1}
              onResize={px => view.resize('rightWidth', px)}
            />
            <Suspense fallback={null}>
              <RightPane />
            </Suspense>
          </aside>
        )}
      </div>
      {tasksOpen && (
        <section className="app-tasks" aria-label={t.jobs.panel} style={{ height: tasksHeight }}>
          <Splitter
            className="app-tasks-edge"
            orientation="horizontal"
            label={t.common.resizeHeight}
            value={tasksHeight}
            {...paneLimits.tasksHeight}
            direction={-1}
            onResize={px => view.resize('tasksHeight', px)}
          />
          <Suspense fallback={null}>
            <JobPanel />
          </Suspense>
        </section>
      )}
      <StatusStrip
        notices={
          <>
            <Toasts />
            <UpdateNote />
          </>
        }
        bell={<NoticeBell />}
      />
      <Announcer />
      <DropZone />
      <EffectsAgain />
      <Suspense fallback={null}>
        {dialog === 'settings' && <SettingsDialog budgets={<BudgetsSection />} browser={<BrowserSettings />} updates={<UpdateSection />} />}
        {dialog === 'schedules' && <SchedulesDialog />}
        {dialog === 'models' && <ModelsDialog />}
        {dialog === 'mcp' && <McpDialog />}
        {dialog === 'reach' && <ReachDialog />}
        {dialog === 'autoExport' && <AutoExportDialog />}
        {dialog === 'diagnostics' && <DiagnosticsDialog />}
        {dialog === 'health' && <HealthDialog />}
        {dialog === 'asks' && <AsksDialog />}
        {dialog === 'notices' && <NoticesDialog onOpen={notice => void goTo(services, placeOf(notice))} />}
        {dialog === 'limits' && <LimitsDialog />}
        {dialog === 'shortcuts' && <ShortcutSheet />}
        {dialog === 'palette' && <Palette context={context} />}
      </Suspense>
    </div>
  );
}
