import { Notification } from 'electron';
import { answerLimit } from '../../shared/domain/agent.ts';
import type { ApprovalAnswer } from '../../shared/domain/approval.ts';
import type { ApprovalId } from '../../shared/domain/ids.ts';
import type { Announcement } from '../app/notices/announcer.ts';

/** More than any system keeps in its list; older ones lose their click, the window still tells what they said. */
const heldAtMost = 50;

export interface NotifierParams {
  readonly open: (announcement: Announcement) => void;
  readonly answer: (id: ApprovalId, answer: ApprovalAnswer) => void;
}

/**
 * Shows announcements as system notifications; a click opens the announcement's place. A question can be answered there where
 * the system draws buttons or a line to write (macOS, and Windows in part); elsewhere the click leads to it. Returns whether it
 * was shown.
 */
export function createNotifier({ open, answer }: NotifierParams): (announcement: Announcement) => boolean {
  // A notification that is collected as garbage loses its click. Systems that keep a list of them never say "close".
  const held = new Set<Notification>();
  return announcement => {
    if (!Notification.isSupported()) return false;
    const notification = new Notification({
      title: announcement.title,
      body: announcement.body,
      silent: false,
      ...(announcement.asks === null
        ? {}
        : {
            hasReply: announcement.asks.takesWords,
            actions: announcement.asks.replies.map(({ label }) => ({ type: 'button' as const, text: label })),
          }),
    });
    held.add(notification);
    for (const oldest of held) {
      if (held.size <= heldAtMost) break;
      held.delete(oldest);
    }
    const release = () => {
      held.delete(notification);
    };
    notification.on('click', () => {
      release();
      open(announcement);
    });
    const { asks } = announcement;
    if (asks !== null) {
      notification.on('action', (_event, at) => {
        release();
        const reply = asks.replies[at];
        if (reply !== undefined) answer(asks.approvalId, reply.answer);
      });
      notification.on('reply', (_event, said) => {
        release();
        if (said.trim() === '') open(announcement);
        else answer(asks.approvalId, { decision: 'allow', scope: 'once', answer: said.slice(0, answerLimit) });
      });
    }
    notification.on('close', release);
    notification.on('failed', release);
    notification.show();
    return true;
  };
}
