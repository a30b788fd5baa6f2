import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Backups } from '../../shared/contract/backups.ts';
import type { Client } from '../../shared/contract/client.ts';
import { followRevision } from './follow-revision.ts';
import { failureOf, outcomeOf, type Outcome } from './outcome.ts';

/** What came of reading a backup again. */
export type Checked = 'checking' | 'sound' | 'damaged';

export interface BackupsState {
  /** Null until it was read. */
  readonly all: Backups | null;
  /** Why it could not be read, as an error code. */
  readonly failure: string | null;
  readonly isMaking: boolean;
  /** By the backup's name. */
  readonly checked: ReadonlyMap<string, Checked>;
}

/** Each change answers with an error code, or null. */
export interface BackupsStore extends StoreApi<BackupsState> {
  reload(): Promise<void>;
  make(): Promise<string | null>;
  check(name: string): Promise<string | null>;
  /** At the next start. */
  restore(name: string): Promise<string | null>;
  keepPresent(): Promise<string | null>;
  /** With null the system's dialog asks for the folder. The answer's `value` is null when the person changed their mind. */
  writeCopy(path: string | null): Promise<Outcome<{ readonly folder: string; readonly missingFiles: number } | null>>;
  takeIn(path: string | null): Promise<Outcome<{ readonly missingFiles: number } | null>>;
  restart(): Promise<string | null>;
}

export function createBackupsStore(client: Client): BackupsStore {
  const store = createStore<BackupsState>(() => ({ all: null, failure: null, isMaking: false, checked: new Map() }));
  const follower = followRevision({
    async load() {
      const result = await client.call('backups.list', {});
      if (!result.ok) store.setState({ failure: result.error.code });
      return result.ok ? result.value : null;
    },
    onSnapshot: all => store.setState({ all, failure: null }),
    onEvent: (all: Backups & { revision: number }) => store.setState({ all }),
  });
  client.onEvent('backups.changed', follower.take);

  function mark(name: string, found: Checked | null): void {
    const checked = new Map(store.getState().checked);
    if (found === null) checked.delete(name);
    else checked.set(name, found);
    store.setState({ checked });
  }

  return {
    ...store,
    reload: follower.reload,
    async make() {
      store.setState({ isMaking: true });
      const result = await client.call('backups.make', {});
      store.setState({ isMaking: false });
      return failureOf(result);
    },
    async check(name) {
      mark(name, 'checking');
      const result = await client.call('backups.check', { name });
      mark(name, result.ok ? (result.value.isSound ? 'sound' : 'damaged') : null);
      return failureOf(result);
    },
    restore: async name => failureOf(await client.call('backups.restore', { name })),
    keepPresent: async () => failureOf(await client.call('backups.keepPresent', {})),
    writeCopy: async path => outcomeOf(await client.call('backups.writeCopy', { path })),
    takeIn: async path => outcomeOf(await client.call('backups.takeIn', { path })),
    restart: async () => failureOf(await client.call('backups.restart', {})),
  };
}
