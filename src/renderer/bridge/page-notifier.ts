import type { NoticeTestOutcome } from '../../shared/domain/notice.ts';

export interface PageNotice {
  /** The same in each window: the browser shows one of them. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
}

/** Notifications of a page in a browser, which is the only window of a host without a desktop. */
export interface PageNotifier {
  /** `undecided` until the browser was asked and answered. */
  permission(): 'granted' | 'denied' | 'undecided' | 'unsupported';
  /** Asks the person through the browser; only on a press of theirs, and where it is not decided. */
  ask(): Promise<void>;
  /** Resolves with what the browser says of it. */
  show(notice: PageNotice, onClick: () => void): Promise<NoticeTestOutcome>;
  onChange(listener: () => void): () => void;
}

/** For a window whose host tells by itself. */
export const noPageNotifier: PageNotifier = {
  permission: () => 'unsupported',
  ask: () => Promise.resolve(),
  show: () => Promise.resolve('unsupported'),
  onChange: () => () => undefined,
};

/** Some browsers tell neither that it is shown nor that it is not. */
const answersWithinMs = 5_000;

const permissions = { granted: 'granted', denied: 'denied', default: 'undecided' } as const;

export function createPageNotifier(): PageNotifier {
  const listeners = new Set<() => void>();
  const permission = () => ('Notification' in window ? permissions[Notification.permission] : 'unsupported');
  return {
    permission,
    async ask() {
      if (permission() !== 'undecided') return;
      await Notification.requestPermission();
      for (const listener of listeners) listener();
    },
    show({ id, title, body, silent }, onClick) {
      const now = permission();
      if (now !== 'granted') return Promise.resolve(now);
      return new Promise(resolve => {
        try {
          const notification = new Notification(title, { body, silent, tag: id });
          const timer = setTimeout(() => resolve('unanswered'), answersWithinMs);
          const answer = (outcome: NoticeTestOutcome): void => {
            clearTimeout(timer);
            resolve(outcome);
          };
          notification.onshow = () => answer('shown');
          notification.onerror = () => answer('failed');
          notification.onclick = () => {
            notification.close();
            window.focus();
            onClick();
          };
        } catch {
          // Phones have the constructor and refuse it.
          resolve('unsupported');
        }
      });
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
