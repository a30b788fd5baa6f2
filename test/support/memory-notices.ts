import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { noticeId } from '../../src/shared/domain/ids.ts';
import type { NoticeView } from '../../src/shared/domain/notice.ts';

interface MemoryNoticesDeps {
  readonly now: () => number;
  readonly uuid: () => string;
  readonly page: <T extends { readonly id: string }>(
    rows: readonly T[],
    before: string | null,
    limit: number,
  ) => { readonly rows: readonly T[]; readonly next: string | null };
  readonly revision: () => number;
  readonly changed: (unread: number) => void;
}

type NoticeCall = Extract<CallName, `notices.${string}`>;

/** The notification centre of the host in memory. */
export function createMemoryNotices({ now, uuid, page, revision, changed }: MemoryNoticesDeps) {
  let notices: readonly NoticeView[] = [];
  const unread = () => notices.filter(({ isRead, isOver }) => !isRead && !isOver).length;

  function set(next: readonly NoticeView[]): void {
    notices = next;
    changed(unread());
  }

  const handlers: { readonly [N in NoticeCall]: (args: CallArgs<N>) => CallOutput<N> } = {
    'notices.list': ({ before, limit }) => {
      const { rows, next } = page(notices, before, limit);
      return { notices: [...rows], next, unread: unread(), revision: revision() };
    },
    'notices.test': () => ({ outcome: 'unsupported' }),
    'notices.read': ({ ids }) => {
      set(notices.map(notice => (ids === null || ids.includes(notice.id) ? { ...notice, isRead: true } : notice)));
      return { unread: unread() };
    },
  };

  return {
    handlers,
    /** Something is told. */
    put(patch: Partial<NoticeView> & Pick<NoticeView, 'event' | 'title'>): NoticeView {
      const notice = {
        ...{ id: noticeId.parse(uuid()), atMs: now(), jobId: null, sessionId: null, isRead: false, isOver: false },
        ...patch,
      };
      set([notice, ...notices]);
      return notice;
    },
    /** What was asked is answered elsewhere. */
    settle(id: NoticeView['id']): void {
      set(notices.map(notice => (notice.id === id ? { ...notice, isOver: true } : notice)));
    },
  };
}
