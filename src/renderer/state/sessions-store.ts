import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { SessionView } from '../../shared/domain/session.ts';
import type { Client } from '../../shared/contract/client.ts';
import { followRevision } from './follow-revision.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

export interface SessionsState {
  /** Newest first. With a search, the matches main found. */
  readonly sessions: readonly SessionView[];
  /** Every session this window has heard of, also those outside the search. */
  readonly byId: ReadonlyMap<SessionId, SessionView>;
  readonly search: string;
  readonly next: string | null;
  readonly loaded: boolean;
}

export interface SessionsStore extends StoreApi<SessionsState> {
  reload(): Promise<void>;
  setSearch(search: string): Promise<void>;
  loadMore(): Promise<void>;
  create(): Promise<Outcome<SessionView>>;
  openDemo(language: Language): Promise<Outcome<SessionView>>;
  rename(sessionId: SessionId, title: string): Promise<string | null>;
  pin(sessionId: SessionId, pinned: boolean): Promise<string | null>;
  remove(sessionId: SessionId): Promise<Outcome<{ readonly cancelledJobs: number }>>;
  restore(sessionId: SessionId): Promise<string | null>;
  markRead(sessionId: SessionId): Promise<void>;
}

const byNewest = (a: SessionView, b: SessionView): number => b.updatedAtMs - a.updatedAtMs || (a.id < b.id ? 1 : -1);

export function createSessionsStore(client: Client): SessionsStore {
  const store = createStore<SessionsState>(() => ({ sessions: [], byId: new Map(), search: '', next: null, loaded: false }));

  function merge(changed: readonly SessionView[], removed: readonly SessionId[], add: boolean): void {
    const { sessions, byId, search } = store.getState();
    const gone = new Set(removed);
    const known = new Map(byId);
    for (const session of changed) known.set(session.id, session);
    for (const id of removed) known.delete(id);
    const listed = new Set(sessions.map(session => session.id));
    // While a search is on, only main knows what matches: rows are refreshed, new ones wait for the next search.
    const fresh = add && search === '' ? changed.filter(session => !listed.has(session.id)) : [];
    const next = [...sessions.map(session => known.get(session.id) ?? session), ...fresh].filter(session => !gone.has(session.id));
    store.setState({ sessions: next.sort(byNewest), byId: known });
  }

  const follower = followRevision({
    async load() {
      const { search } = store.getState();
      const result = await client.call('sessions.list', { search });
      return result.ok ? { ...result.value, forSearch: search } : null;
    },
    onSnapshot(snapshot) {
      if (snapshot.forSearch !== store.getState().search) return;
      const byId = new Map(store.getState().byId);
      for (const session of snapshot.sessions) byId.set(session.id, session);
      store.setState({ sessions: [...snapshot.sessions].sort(byNewest), byId, next: snapshot.next, loaded: true });
    },
    onEvent: (event: { revision: number; sessions: SessionView[]; removed: SessionId[] }) => merge(event.sessions, event.removed, true),
  });
  client.onEvent('sessions.changed', follower.take);

  return {
    ...store,
    reload: follower.reload,
    setSearch(search) {
      store.setState({ search });
      return follower.reload();
    },
    async loadMore() {
      const { next, search, sessions } = store.getState();
      if (next === null) return;
      const result = await client.call('sessions.list', { search, before: next });
      if (!result.ok || store.getState().next !== next) return;
      const listed = new Set(sessions.map(session => session.id));
      const byId = new Map(store.getState().byId);
      for (const session of result.value.sessions) byId.set(session.id, session);
      const more = result.value.sessions.filter(session => !listed.has(session.id));
      store.setState({ sessions: [...store.getState().sessions, ...more], byId, next: result.value.next });
    },
    async create() {
      const result = await client.call('sessions.create', { requestKey: crypto.randomUUID() });
      if (result.ok) merge([result.value], [], true);
      return outcomeOf(result);
    },
    async openDemo(language) {
      const result = await client.call('sessions.openDemo', { language });
      if (result.ok) merge([result.value], [], true);
      return outcomeOf(result);
    },
    async rename(sessionId, title) {
      const result = await client.call('sessions.rename', { sessionId, title });
      if (!result.ok) return result.error.code;
      merge([result.value], [], false);
      return null;
    },
    async pin(sessionId, pinned) {
      const result = await client.call('sessions.pin', { sessionId, pinned });
      if (!result.ok) return result.error.code;
      merge([result.value], [], false);
      return null;
    },
    async remove(sessionId) {
      const result = await client.call('sessions.remove', { sessionId });
      if (result.ok) merge([], [sessionId], false);
      return outcomeOf(result);
    },
    async restore(sessionId) {
      const result = await client.call('sessions.restore', { sessionId });
      if (!result.ok) return result.error.code;
      merge([result.value], [], true);
      return null;
    },
    async markRead(sessionId) {
      await client.call('sessions.markRead', { sessionId });
    },
  };
}
