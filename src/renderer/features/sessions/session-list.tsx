import {
  CalendarClock,
  Gauge,
  Library,
  Keyboard,
  Link,
  MoreHorizontal,
  PanelLeftClose,
  PencilLine,
  Pin,
  PinOff,
  Settings,
  SquarePen,
  Trash2,
} from 'lucide-react';
import { memo, useCallback, useEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../shared/domain/ids.ts';
import type { SessionView } from '../../../shared/domain/session.ts';
import { daysBetween } from '../../i18n/format.ts';
import { useActions, useCopyLink, useKeys, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import './session-list.css';

const groups = ['pinned', 'today', 'yesterday', 'week', 'earlier'] as const;
type Group = (typeof groups)[number];

function groupOf(session: SessionView, nowMs: number): Group {
  if (session.isPinned === true) return 'pinned';
  const days = daysBetween(session.updatedAtMs, nowMs);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days < 7 ? 'week' : 'earlier';
}

interface ListProps {
  readonly onNewChat: () => void;
  readonly searchRef?: Ref<HTMLInputElement>;
}

export function SessionList({ onNewChat, searchRef }: ListProps) {
  const { sessions: store, view } = useServices();
  const { t } = useSpeech();
  const { sessions: known, search, next, loaded } = useStore(store);
  const openId = useStore(view, state => state.sessionId);
  // Begun and left: nothing would be lost with it.
  const sessions = known.filter(session => session.isEmpty !== true || session.id === openId);
  const [renaming, setRenaming] = useState<SessionId | null>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const newRef = useRef<HTMLButtonElement>(null);
  const keepFocus = useKeptFocus(listRef, newRef);
  const nowMs = Date.now();

  const moveFocus = useCallback((event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    const rows = [...(listRef.current?.querySelectorAll<HTMLElement>('.session-open') ?? [])];
    event.preventDefault();
    rows[rows.indexOf(event.target) + step]?.focus();
  }, []);

  return (
    <nav className="session-list" aria-label={t.sidebar.label}>
      <SessionTools newRef={newRef} searchRef={searchRef} onNewChat={onNewChat} />
      <div className="session-scroll" ref={listRef}>
        {loaded && sessions.length === 0 && (
          <p className="session-none">{search === '' ? t.sidebar.empty : t.sidebar.nothingFound(search)}</p>
        )}
        {groups.map(group => {
          const members = sessions.filter(session => groupOf(session, nowMs) === group);
          if (members.length === 0) return null;
          return (
            <section key={group} aria-label={t.sidebar.groups[group]}>
              <h2 className="session-group">{t.sidebar.groups[group]}</h2>
              <ul>
                {members.map(session => (
                  <SessionRow
                    key={session.id}
                    session={session}
                    open={session.id === openId}
                    renaming={renaming === session.id}
                    onRename={setRenaming}
                    keepFocus={keepFocus}
                    onArrow={moveFocus}
                  />
                ))}
              </ul>
            </section>
          );
        })}
        {next !== null && (
          <Button variant="quiet" size="s" className="session-more" onClick={() => void store.loadMore()}>
            {t.common.showMore}
          </Button>
        )}
      </div>
      <SessionFoot />
    </nav>
  );
}

interface ToolsProps {
  readonly newRef: Ref<HTMLButtonElement>;
  readonly searchRef: Ref<HTMLInputElement> | undefined;
  readonly onNewChat: () => void;
}

/** What stands above the chats. The list changes with each word that is said in one of them, and this does not. */
const SessionTools = memo(function SessionTools({ newRef, searchRef, onNewChat }: ToolsProps) {
  const { sessions: store, view } = useServices();
  const { t } = useSpeech();
  const keys = useKeys();
  const libraryOpen = useStore(view, state => state.libraryOpen);
  return (
    <>
      <header className="session-head">
        <span className="wordmark">{t.common.appName}</span>
        <IconButton label={t.sidebar.collapse} keys={keys('sidebar')} icon={<PanelLeftClose />} onClick={() => view.toggleSidebar()} />
      </header>
      <div className="session-tools">
        <Button className="session-new" ref={newRef} icon={<SquarePen aria-hidden />} onClick={onNewChat}>
          {t.sidebar.newChat}
        </Button>
        <Button
          variant="quiet"
          className="session-library"
          icon={<Library aria-hidden />}
          aria-pressed={libraryOpen}
          onClick={() => view.toggleLibrary()}
        >
          {t.library.title}
        </Button>
        <SearchField
          label={t.sidebar.search}
          clearLabel={t.common.clearSearch}
          onSearch={text => void store.setSearch(text)}
          {...(searchRef ? { inputRef: searchRef } : {})}
        />
      </div>
    </>
  );
});

const SessionFoot = memo(function SessionFoot() {
  const { view } = useServices();
  const { t } = useSpeech();
  return (
    <footer className="session-foot">
      <Button variant="quiet" size="s" icon={<Settings aria-hidden />} onClick={() => view.setDialog('settings')}>
        {t.settings.title}
      </Button>
      <IconButton size="s" label={t.shortcuts.title} keys="?" side="top" icon={<Keyboard />} onClick={() => view.setDialog('shortcuts')} />
    </footer>
  );
});

interface RowProps {
  readonly session: SessionView;
  readonly open: boolean;
  readonly renaming: boolean;
  readonly onRename: (sessionId: SessionId | null) => void;
  /** What happens next to this row does not lose the focus. */
  readonly keepFocus: (sessionId: SessionId) => void;
  readonly onArrow: (event: KeyboardEvent) => void;
}

const SessionRow = memo(function SessionRow({ session, open, renaming, onRename, keepFocus, onArrow }: RowProps) {
  const { sessions, view } = useServices();
  const sayError = useSayError();
  const actions = useActions();
  const { t } = useSpeech();
  const title = session.title ?? t.common.untitledChat;
  const rowRef = useRef<HTMLLIElement>(null);
  // The chat that is open is in sight, wherever the list was left.
  useEffect(() => {
    if (open) rowRef.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);

  function renamed(byKey: boolean): void {
    if (byKey) keepFocus(session.id);
    onRename(null);
  }

  const isPinned = session.isPinned === true;
  /** The row goes to another group with it. */
  const pin = useCallback((): void => {
    keepFocus(session.id);
    void sessions.pin(session.id, !isPinned).then(sayError);
  }, [sessions, keepFocus, session.id, isPinned, sayError]);

  const remove = useCallback((): void => {
    keepFocus(session.id);
    void actions.removeSession(session.id);
  }, [actions, keepFocus, session.id]);

  if (renaming)
    return (
      <li className="session-row">
        <RenameField session={session} title={title} onDone={renamed} />
      </li>
    );
  return (
    <li ref={rowRef} className={`session-row ${open ? 'session-row-open' : ''}`}>
      <button
        type="button"
        className="session-open"
        data-session-id={session.id}
        aria-current={open ? 'true' : undefined}
        onClick={() => view.openSession(session.id)}
        onKeyDown={event => {
          onArrow(event);
          if (event.key === 'F2') onRename(session.id);
          if (event.key === 'Delete') remove();
        }}
      >
        <span className={`truncate session-title ${session.unread ? 'session-unread' : ''}`}>{title}</span>
        {session.isDemo && <span className="session-demo">{t.sidebar.demo}</span>}
        <SessionBadges session={session} />
      </button>
      <RowMenu sessionId={session.id} isPinned={isPinned} title={title} onRename={onRename} onPin={pin} onRemove={remove} />
    </li>
  );
});

interface RowMenuProps {
  readonly sessionId: SessionId;
  readonly isPinned: boolean;
  readonly title: string;
  readonly onRename: (sessionId: SessionId) => void;
  readonly onPin: () => void;
  readonly onRemove: () => void;
}

/** Its row tells of every job and answer of the chat, and the menu of none. */
const RowMenu = memo(function RowMenu({ sessionId, isPinned, title, onRename, onPin, onRemove }: RowMenuProps) {
  const { view } = useServices();
  const copyLink = useCopyLink();
  const { t } = useSpeech();
  return (
    <Menu
      trigger={
        <button type="button" className="session-menu" aria-label={`${t.common.more}: ${title}`}>
          <MoreHorizontal aria-hidden />
        </button>
      }
      entries={[
        { key: 'rename', label: t.common.rename, icon: <PencilLine />, onSelect: () => onRename(sessionId) },
        {
          key: 'pin',
          label: isPinned ? t.sidebar.unpin : t.sidebar.pin,
          icon: isPinned ? <PinOff /> : <Pin />,
          onSelect: onPin,
        },
        { key: 'link', label: t.places.copyLink, icon: <Link />, onSelect: () => copyLink({ kind: 'session', sessionId }) },
        { key: 'schedule', label: t.schedules.ofChat, icon: <CalendarClock />, onSelect: () => view.openSchedules(sessionId) },
        {
          key: 'limits',
          label: t.limits.ofChat,
          icon: <Gauge />,
          onSelect: () => view.openLimits({ scope: 'session', subject: sessionId }),
        },
        { key: 'remove', label: t.common.remove, icon: <Trash2 />, danger: true, onSelect: onRemove },
      ]}
    />
  );
});

function SessionBadges({ session }: { readonly session: SessionView }) {
  const { t } = useSpeech();
  return (
    <span className="session-badges">
      {session.waitingJobs > 0 && (
        <span className="badge-waiting" title={t.sidebar.waiting(session.waitingJobs)}>
          <span className="visually-hidden">{t.sidebar.waiting(session.waitingJobs)}</span>
        </span>
      )}
      {session.runningJobs > 0 && (
        <span title={t.sidebar.running(session.runningJobs)}>
          <WorkingMark />
          <span className="visually-hidden">{t.sidebar.running(session.runningJobs)}</span>
        </span>
      )}
      {session.unread && (
        <span className="badge-unread" title={t.sidebar.unread}>
          <span className="visually-hidden">{t.sidebar.unread}</span>
        </span>
      )}
    </span>
  );
}

interface RenameProps {
  readonly session: SessionView;
  readonly title: string;
  /** By a key the focus stays with the row; otherwise it has gone elsewhere. */
  readonly onDone: (byKey: boolean) => void;
}

function RenameField({ session, title, onDone }: RenameProps) {
  const { sessions } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const [text, setText] = useState(title);
  const done = useRef(false);

  function finish(save: boolean, byKey: boolean): void {
    if (done.current) return;
    done.current = true;
    const wanted = text.trim();
    if (save && wanted !== '' && wanted !== session.title) void sessions.rename(session.id, wanted).then(sayError);
    onDone(byKey);
  }

  return (
    <input
      className="session-rename"
      aria-label={t.sidebar.renameTitle}
      value={text}
      maxLength={200}
      autoFocus
      onFocus={event => event.target.select()}
      onChange={event => setText(event.target.value)}
      onBlur={() => finish(true, false)}
      onKeyDown={event => {
        if (event.key === 'Enter') finish(true, true);
        if (event.key === 'Escape') {
          event.stopPropagation();
          finish(false, true);
        }
      }}
    />
  );
}
