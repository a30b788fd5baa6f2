import { Bell } from 'lucide-react';
import { useStore } from 'zustand';
import { useKeys, useServices, useSpeech } from '../../state/context.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import './notice-bell.css';

/** Opens the notification centre and says how many are unread; it neither moves nor blinks. */
export function NoticeBell() {
  const { notices, view } = useServices();
  const speech = useSpeech();
  const keys = useKeys();
  const unread = useStore(notices, state => state.unread);
  const label = speech.t.notices.bell(unread);
  return (
    <Tooltip label={label} keys={keys('notices')} side="top">
      <button
        type="button"
        className={`notice-bell ${unread > 0 ? 'notice-bell-unread' : ''}`}
        aria-label={label}
        aria-haspopup="dialog"
        onClick={() => view.setDialog('notices')}
      >
        <Bell aria-hidden />
        {unread > 0 && <span aria-hidden>{speech.number(unread)}</span>}
      </button>
    </Tooltip>
  );
}
