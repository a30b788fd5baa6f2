import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallInput } from '../../shared/contract/contract.ts';
import type { McpServerId } from '../../shared/domain/ids.ts';
import type { McpFailure, McpServersView, McpServerView } from '../../shared/domain/mcp.ts';
import { followRevision } from './follow-revision.ts';

/** What came of the last connection that was tried in this window. */
export type McpTrial =
  | { readonly is: 'running' }
  | { readonly is: 'well'; readonly leftOut: number; readonly unmarked: readonly string[] }
  | { readonly is: 'failed'; readonly failure: McpFailure; readonly detail: string }
  /** It was not tried: an error code. */
  | { readonly is: 'refused'; readonly code: string };

interface McpState {
  /** Null until they were read. */
  readonly view: McpServersView | null;
  /** Why they could not be read, as an error code. */
  readonly failure: string | null;
  readonly trials: ReadonlyMap<McpServerId, McpTrial>;
}

/** A server as a person sets it up; without an id it is a new one. */
export type McpDraft = Omit<CallInput<'mcp.save'>, 'requestKey'>;
type McpChoice = Omit<CallInput<'mcp.choose'>, 'serverId'>;

export interface McpStore extends StoreApi<McpState> {
  reload(): Promise<void>;
  /** Saves it and tries it, without waiting for what comes of that. An error code, or null. */
  save(draft: McpDraft): Promise<{ readonly ok: true; readonly server: McpServerView } | { readonly ok: false; readonly code: string }>;
  remove(serverId: McpServerId): Promise<string | null>;
  choose(serverId: McpServerId, choice: McpChoice): Promise<string | null>;
  test(serverId: McpServerId): Promise<void>;
}

export function createMcpStore(client: Client): McpStore {
  const store = createStore<McpState>(() => ({ view: null, failure: null, trials: new Map() }));
  const follower = followRevision({
    async load() {
      const result = await client.call('mcp.list', {});
      if (!result.ok) store.setState({ failure: result.error.code });
      return result.ok ? result.value : null;
    },
    onSnapshot: view => store.setState({ view, failure: null }),
    onEvent: (view: McpServersView & { revision: number }) => store.setState({ view }),
  });
  client.onEvent('mcp.changed', follower.take);

  function put(id: McpServerId, trial: McpTrial | null): void {
    store.setState(({ trials }) => {
      const next = new Map(trials);
      if (trial === null) next.delete(id);
      else next.set(id, trial);
      return { trials: next };
    });
  }
  async function test(serverId: McpServerId): Promise<void> {
    put(serverId, { is: 'running' });
    const result = await client.call('mcp.test', { serverId });
    if (!result.ok) put(serverId, { is: 'refused', code: result.error.code });
    else if (result.value.works) put(serverId, { is: 'well', leftOut: result.value.leftOut, unmarked: result.value.unmarked });
    else put(serverId, { is: 'failed', failure: result.value.failure, detail: result.value.detail });
  }

  return {
    ...store,
    reload: follower.reload,
    test,
    async save(draft) {
      const saved = await client.call('mcp.save', { ...draft, requestKey: crypto.randomUUID() });
      if (!saved.ok) return { ok: false, code: saved.error.code };
      void test(saved.value.id);
      return { ok: true, server: saved.value };
    },
    async remove(serverId) {
      const result = await client.call('mcp.remove', { serverId });
      put(serverId, null);
      return result.ok ? null : result.error.code;
    },
    async choose(serverId, choice) {
      const result = await client.call('mcp.choose', { serverId, ...choice });
      return result.ok ? null : result.error.code;
    },
  };
}
