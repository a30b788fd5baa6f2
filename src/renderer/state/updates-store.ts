import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallName } from '../../shared/contract/contract.ts';
import type { UpdateState } from '../../shared/contract/updates.ts';

interface UpdatesState {
  /** Null until main has answered. */
  readonly update: UpdateState | null;
}

type Order = Extract<CallName, 'updates.check' | 'updates.download' | 'updates.install'>;

export interface UpdatesStore extends StoreApi<UpdatesState> {
  reload(): Promise<void>;
  /** Resolves to why it was refused, as an error code. */
  order(what: Order): Promise<string | null>;
}

/** Whether there is a newer version of the program, and how far it has come. */
export function createUpdatesStore(client: Client): UpdatesStore {
  const store = createStore<UpdatesState>(() => ({ update: null }));
  client.onEvent('updates.changed', ({ update }) => store.setState({ update }));
  return {
    ...store,
    async reload() {
      const result = await client.call('updates.read', {});
      if (result.ok) store.setState({ update: result.value });
    },
    async order(what) {
      const result = await client.call(what, {});
      return result.ok ? null : result.error.code;
    },
  };
}
