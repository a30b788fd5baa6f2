import { Notification } from 'electron';
import type { Announcement } from '../app/announcements.ts';

/** More than any system keeps in its list; older ones lose their click, the window still tells what they said. */
const heldAtMost = 50;

/** Shows announcements as system notifications; a click opens the announcement's place. Returns whether it was shown. */
export function createNotifier(open: (announcement: Announcement) => void): (announcement: Announcement) => boolean {
  // A notification that is collected as garbage loses its click. Systems that keep a list of them never say "close".
  const held = new Set<Notification>();
  return announcement => {
    if (!Notification.isSupported()) return false;
    const notification = new Notification({ title: announcement.title, body: announcement.body, silent: false });
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
    notification.on('close', release);
    notification.on('failed', release);
    notification.show();
    return true;
  };
}
