import { Notification } from 'electron';
import type { Announcement } from '../app/announcements.ts';

export interface NotifierParams {
  /** Whether the person looks at another program, or at none of our windows. */
  readonly isUnfocused: () => boolean;
  /** Brings the window to the front at the announcement's place. */
  readonly open: (announcement: Announcement) => void;
}

/** Shows announcements as system notifications. Returns whether it was shown. */
export function createNotifier({ isUnfocused, open }: NotifierParams): (announcement: Announcement) => boolean {
  // A notification that is collected as garbage loses its click; it is held until it is gone.
  const shown = new Set<Notification>();
  return announcement => {
    if (!isUnfocused() || !Notification.isSupported()) return false;
    const notification = new Notification({ title: announcement.title, body: announcement.body, silent: false });
    shown.add(notification);
    notification.on('click', () => {
      shown.delete(notification);
      open(announcement);
    });
    notification.on('close', () => {
      shown.delete(notification);
    });
    notification.show();
    return true;
  };
}
