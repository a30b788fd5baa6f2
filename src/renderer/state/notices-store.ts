import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { EventPayload } from '../../shared/contract/contract.ts';
import type { NoticeId } from '../../shared/domain/ids.ts';
import type { NoticeView } from '../../shared/domain/notice.ts';
import { followRevision } from './follow-revision.ts';
import { failureOf } from './outcome.ts';

export interface NoticesState {
  readonly unread: number;
  /** Newest first. */
  readonly notices: readonly NoticeView[];
  /** Where the next page begins; null when all are there. */
  readonly next: string | null;
  readonly loaded: boolean;
}

export interface NoticesStore extends StoreApi<NoticesState> {
  reload(): Promise<void>;
  /** Whether the list is on the screen: only then is it read again with each change. */
  setListed(isListed: boolean): void;
  loadMore(): Promise<void>;
  /** These, or all with null. The code of an error; null when they are read. */
  read(ids: readonly NoticeId[] | null): Promise<string | null>;
}

export function createNoticesStore(client: Client): NoticesStore {
  const store = createStore<NoticesState>(() => ({ unread: 0, notices: [], next: null, loaded: false }));
  let isListed = false;
  let isLoadingMore = false;

  /** What is new goes above what was read already, so that nobody who has scrolled is thrown back. */
  function joined(head: readonly NoticeView[], headNext: string | null, unread: number): Pick<NoticesState, 'notices' | 'next'> {
    const { notices, next } = store.getState();
    const last = head.at(-1);
    const at = last === undefined ? -1 : notices.findIndex(({ id }) => id === last.id);
    if (headNext === null || at === -1) return { notices: head, next: headNext };
    // Further down is what was read last; that all are read now is known.
    const below = notices.slice(at + 1).map(notice => (unread === 0 ? { ...notice, isRead: true } : notice));
    return below.length === 0 ? { notices: head, next: headNext } : { notices: [...head, ...below], next };
  }

  const follower = followRevision({
    async load() {
      const result = await client.call('notices.list', {});
      return result.ok ? result.value : null;
    },
    onSnapshot: ({ notices, next, unread }) => store.setState({ ...joined(notices, next, unread), unread, loaded: true }),
    onEvent({ unread }: EventPayload<'notices.changed'>) {
      store.setState({ unread });
      if (isListed) void follower.reload();
    },
  });
  client.onEvent('notices.changed', follower.take);

  return {
    ...store,
    reload: follower.reload,
    setListed(listed) {
      if (listed && !isListed) void follower.reload();
      isListed = listed;
    },
    async loadMore() {
      const { next } = store.getState();
      if (next === null || isLoadingMore) return;
      isLoadingMore = true;
      const result = await client.call('notices.list', { before: next });
      isLoadingMore = false;
      if (!result.ok || store.getState().next !== next) return;
      store.setState({ notices: [...store.getState().notices, ...result.value.notices], next: result.value.next });
    },
    async read(ids) {
      const result = await client.call('notices.read', { ids: ids === null ? null : [...ids] });
      if (result.ok) {
        const notices = store
          .getState()
          .notices.map(notice => (ids === null || ids.includes(notice.id) ? { ...notice, isRead: true } : notice));
        store.setState({ notices, unread: result.value.unread });
      }
      return failureOf(result);
    },
  };
}
