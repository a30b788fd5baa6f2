import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallInput } from '../../shared/contract/contract.ts';
import type { FolderId } from '../../shared/domain/ids.ts';
import type { ReachView } from '../../shared/domain/reach.ts';
import type { WebSearchTest } from '../../shared/domain/web-search.ts';
import { followRevision } from './follow-revision.ts';

export interface ReachState {
  /** Null until it was read. */
  readonly view: ReachView | null;
  /** Why it could not be read, as an error code. */
  readonly failure: string | null;
}

/** Each change answers with an error code, or null. */
export interface ReachStore extends StoreApi<ReachState> {
  reload(): Promise<void>;
  saveSearch(search: CallInput<'reach.saveSearch'>): Promise<string | null>;
  removeSearch(): Promise<string | null>;
  testSearch(): Promise<{ readonly ok: true; readonly value: WebSearchTest } | { readonly ok: false; readonly code: string }>;
  /** By the system's dialog, which the program opens. */
  chooseFolder(mayWrite: boolean): Promise<string | null>;
  /** By its path, where there is no such dialog. */
  grantFolder(path: string, mayWrite: boolean): Promise<string | null>;
  changeFolder(folderId: FolderId, mayWrite: boolean): Promise<string | null>;
  removeFolder(folderId: FolderId): Promise<string | null>;
}

export function createReachStore(client: Client): ReachStore {
  const store = createStore<ReachState>(() => ({ view: null, failure: null }));
  const follower = followRevision({
    async load() {
      const result = await client.call('reach.get', {});
      if (!result.ok) store.setState({ failure: result.error.code });
      return result.ok ? result.value : null;
    },
    onSnapshot: view => store.setState({ view, failure: null }),
    onEvent: (view: ReachView & { revision: number }) => store.setState({ view }),
  });
  client.onEvent('reach.changed', follower.take);

  type Answer = { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } };
  const codeOf = (result: Answer): string | null => (result.ok ? null : result.error.code);

  return {
    ...store,
    reload: follower.reload,
    saveSearch: async search => codeOf(await client.call('reach.saveSearch', search)),
    removeSearch: async () => codeOf(await client.call('reach.removeSearch', {})),
    async testSearch() {
      const result = await client.call('reach.testSearch', {});
      return result.ok ? { ok: true, value: result.value } : { ok: false, code: result.error.code };
    },
    chooseFolder: async mayWrite => codeOf(await client.call('reach.chooseFolder', { mayWrite })),
    grantFolder: async (path, mayWrite) => codeOf(await client.call('reach.grantFolder', { path, mayWrite })),
    changeFolder: async (folderId, mayWrite) => codeOf(await client.call('reach.changeFolder', { folderId, mayWrite })),
    removeFolder: async folderId => codeOf(await client.call('reach.removeFolder', { folderId })),
  };
}
