import type { HandlersOf } from '../../ipc/handlers.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { NoticeDesk } from '../notices/notice-desk.ts';
import type { CallContext } from './call-context.ts';

/** The notification centre. */
export function noticeCalls(
  { store, events, now }: Pick<CallContext, 'store' | 'events' | 'now'>,
  desk: Pick<NoticeDesk, 'changed'>,
  announcer: Pick<Announcer, 'test'>,
): HandlersOf<'notices'> {
  return {
    'notices.list': page => {
      const nowMs = now();
      const { notices, next } = store.notices.list(page, nowMs);
      return {
        notices: [...notices],
        next,
        unread: store.notices.unread(nowMs),
        revision: events.revision('notices.changed'),
      };
    },
    'notices.test': async () => ({ outcome: await announcer.test() }),
    'notices.read': ({ ids }) => {
      if (store.notices.read(ids, now()) > 0) desk.changed();
      return { unread: store.notices.unread(now()) };
    },
  };
}
