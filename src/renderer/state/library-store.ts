import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallOutput } from '../../shared/contract/contract.ts';
import type { SynopsisId } from '../../shared/domain/ids.ts';
import { noFilter, type LibraryFilter, type TagCount } from '../../shared/domain/library.ts';
import { failureOf } from './outcome.ts';

export type LibraryItem = CallOutput<'synopses.list'>['synopses'][number];

export interface LibraryState {
  readonly items: readonly LibraryItem[];
  /** Where the next page begins; null when all are there. */
  readonly next: string | null;
  readonly loaded: boolean;
  readonly failure: string | null;
  readonly search: string;
  readonly filter: LibraryFilter;
  readonly tags: readonly TagCount[];
}

export interface LibraryStore extends StoreApi<LibraryState> {
  /** Reads the first page and the tags, and keeps both up to date until `close`. What was searched and filtered stays. */
  open(): Promise<void>;
  close(): void;
  setSearch(search: string): Promise<void>;
  setFilter(filter: Partial<LibraryFilter>): Promise<void>;
  /** Both at once, as an address has them. */
  setWhole(search: string, filter: LibraryFilter): Promise<void>;
  loadMore(): Promise<void>;
  setTags(id: SynopsisId, tags: readonly string[]): Promise<string | null>;
  renameTag(from: string, to: string): Promise<string | null>;
  removeTag(tag: string): Promise<string | null>;
}

/** The most main gives at once: a screen holds about fifteen rows, and the next page is there before they are through. */
const pageRows = 100;
/** Of a search, where each row comes with a piece of its text. */
const foundRows = 40;
/** A synopsis is told with each section that it gains. */
const settleMs = 300;

export function createLibraryStore(client: Client): LibraryStore {
  const store = createStore<LibraryState>(() => ({
    items: [],
    next: null,
    loaded: false,
    failure: null,
    search: '',
    filter: noFilter,
    tags: [],
  }));
  let isOpen = false;
  /** Counts what was asked for: an answer to something else than the last is late. */
  let asked = 0;
  let loadingMore = false;
  let settling: ReturnType<typeof setTimeout> | undefined;

  const page = (before: string | null) => {
    const { search, filter } = store.getState();
    const isSearch = search !== '';
    return client.call('synopses.list', { ...filter, search, before, limit: isSearch ? foundRows : pageRows, withSnippets: isSearch });
  };

  async function loadFirst(): Promise<void> {
    asked += 1;
    const own = asked;
    const result = await page(null);
    if (own !== asked) return;
    if (result.ok) store.setState({ items: result.value.synopses, next: result.value.next, loaded: true, failure: null });
    else store.setState({ failure: result.error.code, loaded: true });
  }

  async function loadTags(): Promise<void> {
    const result = await client.call('synopses.tags', {});
    if (result.ok) store.setState({ tags: result.value.tags });
  }

  /** What is new goes above what was read already, so that nobody who has scrolled is thrown back. */
  async function refresh(): Promise<void> {
    const own = asked;
    const result = await page(null);
    if (!isOpen || own !== asked || !result.ok) return;
    const { items, next } = store.getState();
    const head = result.value.synopses;
    const last = head.at(-1);
    const there = new Set(head.map(({ synopsisId }) => synopsisId));
    const isBelow = (item: LibraryItem): boolean =>
      last !== undefined && !there.has(item.synopsisId) && item.finishedAtMs <= last.finishedAtMs;
    const rest = result.value.next === null ? [] : items.filter(isBelow);
    store.setState({ items: [...head, ...rest], next: rest.length > 0 ? next : result.value.next });
  }

  client.onEvent('synopses.changed', ({ state }) => {
    if (!isOpen || state === 'making') return;
    clearTimeout(settling);
    settling = setTimeout(() => void refresh(), settleMs);
  });

  async function changeTags(
    result: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } },
  ): Promise<void> {
    if (result.ok) await Promise.all([refresh(), loadTags()]);
  }

  return {
    ...store,
    async open() {
      isOpen = true;
      await Promise.all([store.getState().loaded ? refresh() : loadFirst(), loadTags()]);
    },
    close() {
      isOpen = false;
      clearTimeout(settling);
    },
    setSearch(search) {
      store.setState({ search });
      return loadFirst();
    },
    setFilter(filter) {
      store.setState({ filter: { ...store.getState().filter, ...filter } });
      return loadFirst();
    },
    setWhole(search, filter) {
      store.setState({ search, filter });
      return loadFirst();
    },
    async loadMore() {
      const { next } = store.getState();
      if (next === null || loadingMore) return;
      loadingMore = true;
      const own = asked;
      const result = await page(next);
      loadingMore = false;
      if (own !== asked || !result.ok) return;
      const there = new Set(store.getState().items.map(({ synopsisId }) => synopsisId));
      const fresh = result.value.synopses.filter(({ synopsisId }) => !there.has(synopsisId));
      store.setState({ items: [...store.getState().items, ...fresh], next: result.value.next });
    },
    async setTags(synopsisId, tags) {
      const result = await client.call('synopses.setTags', { requestKey: crypto.randomUUID(), synopsisId, tags: [...tags] });
      if (result.ok) {
        const items = store.getState().items.map(item => (item.synopsisId === synopsisId ? { ...item, tags: result.value.tags } : item));
        store.setState({ items });
        await loadTags();
      }
      return failureOf(result);
    },
    async renameTag(from, to) {
      const result = await client.call('synopses.renameTag', { requestKey: crypto.randomUUID(), from, to });
      if (result.ok && store.getState().filter.tag === from) store.setState({ filter: { ...store.getState().filter, tag: to } });
      await changeTags(result);
      return failureOf(result);
    },
    async removeTag(tag) {
      const result = await client.call('synopses.removeTag', { requestKey: crypto.randomUUID(), tag });
      if (result.ok && store.getState().filter.tag === tag) {
        store.setState({ filter: { ...store.getState().filter, tag: null } });
        await Promise.all([loadFirst(), loadTags()]);
      } else await changeTags(result);
      return failureOf(result);
    },
  };
}
