import { Notification } from 'electron';
import { answerLimit } from '../../shared/domain/agent.ts';
import type { ApprovalAnswer } from '../../shared/domain/approval.ts';
import type { ApprovalId } from '../../shared/domain/ids.ts';
import type { NoticeTestOutcome } from '../../shared/domain/notice.ts';
import type { Announcement, AnnouncingHost } from '../app/notices/announcer.ts';

/** More than any system keeps in its list; older ones lose their click, the window still tells what they said. */
const heldAtMost = 50;

/** Not every system tells whether it has shown a notification. */
const answersWithinMs = 5_000;

export interface NotifierParams {
  readonly open: (announcement: Announcement) => void;
  readonly answer: (id: ApprovalId, answer: ApprovalAnswer) => void;
}

/**
 * Shows announcements as system notifications; a click opens the announcement's place. A question can be answered there where
 * the system draws buttons or a line to write (macOS, and Windows in part); elsewhere the click leads to it.
 */
export function createNotifier({ open, answer }: NotifierParams): Pick<AnnouncingHost, 'show' | 'test'> {
  // A notification that is collected as garbage loses its click. Systems that keep a list of them never say "close".
  const held = new Set<Notification>();

  function show(announcement: Announcement, { silent }: { readonly silent: boolean }): void {
    if (!Notification.isSupported()) return;
    const notification = new Notification({
      title: announcement.title,
      body: announcement.body,
      silent,
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
  }

  function test(
    words: { readonly title: string; readonly body: string },
    { silent }: { readonly silent: boolean },
  ): Promise<NoticeTestOutcome> {
    if (!Notification.isSupported()) return Promise.resolve('unsupported');
    const notification = new Notification({ ...words, silent });
    held.add(notification);
    return new Promise<NoticeTestOutcome>(resolve => {
      const timer = setTimeout(() => {
        resolve('unanswered');
      }, answersWithinMs);
      const answered = (outcome: NoticeTestOutcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      notification.on('show', () => {
        answered('shown');
      });
      notification.on('failed', () => {
        answered('failed');
      });
      notification.show();
    }).finally(() => {
      held.delete(notification);
    });
  }

  return { show, test };
}
