import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { NoticeView } from '../../../shared/domain/notice.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

interface NoticeRowProps {
  readonly notice: NoticeView;
  readonly onOpen: (notice: NoticeView) => void;
  readonly onArrow: (event: KeyboardEvent) => void;
}

/** What happened, to what, when, and in which chat; the press leads there. */
export function NoticeRow({ notice, onOpen, onArrow }: NoticeRowProps) {
  const { sessions } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { event, title, sessionId, atMs, isRead, isOver } = notice;
  const chat = useStore(sessions, state => (sessionId === null ? null : (state.byId.get(sessionId)?.title ?? null)));
  const isUnread = !isRead && !isOver;
  const about = [title, chat === title ? null : chat].filter(part => part !== null && part !== '').join('\u00A0· ');
  return (
    <button type="button" className={`notice-row ${isUnread ? 'notice-unread' : ''}`} onClick={() => onOpen(notice)} onKeyDown={onArrow}>
      <span className="notice-dot" aria-hidden />
      <span className="notice-head">
        {isUnread && <span className="visually-hidden">{t.notices.unread}. </span>}
        {t.notices.head[event]}
        {isOver && <span className="notice-over">{t.notices.over}</span>}
      </span>
      <time className="notice-time" dateTime={new Date(atMs).toISOString()}>
        {speech.when(atMs, Date.now())}
      </time>
      <span className="notice-about truncate">{about === '' ? t.common.untitledChat : about}</span>
    </button>
  );
}
