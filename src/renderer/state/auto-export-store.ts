import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AutoExports } from '../../shared/contract/auto-exports.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { AutoExportMode } from '../../shared/domain/auto-export.ts';
import type { FolderId, SessionId } from '../../shared/domain/ids.ts';
import { followRevision } from './follow-revision.ts';

export interface AutoExportState {
  /** Null until it was read. */
  readonly all: AutoExports | null;
  /** Why it could not be read, as an error code. */
  readonly failure: string | null;
}

export interface AutoExportChoice {
  readonly mode: AutoExportMode;
  /** Null for all chats. */
  readonly sessions: SessionId[] | null;
}

/** Each change answers with an error code, or null. */
export interface AutoExportStore extends StoreApi<AutoExportState> {
  reload(): Promise<void>;
  /** By the system's dialog, which the program opens. */
  choose(choice: AutoExportChoice): Promise<string | null>;
  /** By its path, where there is no such dialog. */
  add(path: string, choice: AutoExportChoice): Promise<string | null>;
  remove(folderId: FolderId): Promise<string | null>;
  run(folderId: FolderId, restore: boolean): Promise<string | null>;
}

export function createAutoExportStore(client: Client): AutoExportStore {
  const store = createStore<AutoExportState>(() => ({ all: null, failure: null }));
  const follower = followRevision({
    async load() {
      const result = await client.call('autoExports.list', {});
      if (!result.ok) store.setState({ failure: result.error.code });
      return result.ok ? result.value : null;
    },
    onSnapshot: all => store.setState({ all, failure: null }),
    onEvent: (all: AutoExports & { revision: number }) => store.setState({ all }),
  });
  client.onEvent('autoExports.changed', follower.take);

  type Answer = { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } };
  const codeOf = (result: Answer): string | null => (result.ok ? null : result.error.code);

  return {
    ...store,
    reload: follower.reload,
    choose: async choice => codeOf(await client.call('autoExports.choose', choice)),
    add: async (path, choice) => codeOf(await client.call('autoExports.add', { path, ...choice })),
    remove: async folderId => codeOf(await client.call('autoExports.remove', { folderId })),
    run: async (folderId, restore) => codeOf(await client.call('autoExports.run', { folderId, restore })),
  };
}
