import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EventPayload } from '../../shared/contract/contract.ts';
import type { SessionId, VersionId } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { DetailLevel, SynopsisEngine, SynopsisVersion, Template, VersionHead } from '../../shared/domain/synopsis.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { FileFormat } from '../../shared/export/file-formats.ts';
import { followRevision } from './follow-revision.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

export interface SynopsisState {
  readonly sessionId: SessionId | null;
  /** The version the person chose; null follows the newest. */
  readonly chosen: VersionId | null;
  /** Null when none was ever made, or while it loads. */
  readonly version: SynopsisVersion | null;
  readonly versions: readonly VersionHead[];
  readonly loaded: boolean;
  readonly failure: string | null;
  readonly requesting: boolean;
}

/** What the open chat's newest synopsis was made with; null where there is none. */
export function newestOf({ versions }: Pick<SynopsisState, 'versions'>): VersionHead | null {
  return versions.reduce<VersionHead | null>((found, head) => (found && found.number > head.number ? found : head), null);
}

export interface SynopsisStore extends StoreApi<SynopsisState> {
  show(sessionId: SessionId | null, versionId?: VersionId | null): Promise<void>;
  choose(versionId: VersionId | null): Promise<void>;
  reload(): Promise<void>;
  request(
    sessionId: SessionId,
    options: { detail: DetailLevel; template: Template | null; language: Language | null; engine: SynopsisEngine | null },
  ): Promise<Outcome<{ joined: boolean }>>;
  exportMarkdown(language: Language): Promise<Outcome<{ fileName: string; markdown: string }>>;
  /** Where the host has a dialog: the name under which it was saved, null when the person cancelled. */
  saveFile(format: FileFormat, language: Language): Promise<Outcome<{ saved: string | null }>>;
  /** Where it has none: the address the file is fetched from. */
  offerFile(format: FileFormat, language: Language): Promise<Outcome<{ fileName: string; urlPath: string }>>;
}

export function createSynopsisStore(client: Client): SynopsisStore {
  const store = createStore<SynopsisState>(() => ({
    sessionId: null,
    chosen: null,
    version: null,
    versions: [],
    loaded: false,
    failure: null,
    requesting: false,
  }));

  const follower = followRevision({
    async load() {
      const { sessionId, chosen } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('synopses.open', { sessionId, versionId: chosen });
      if (result.ok) return { ...result.value, sessionId, chosen };
      if (store.getState().sessionId === sessionId) store.setState({ failure: result.error.code, loaded: true });
      return null;
    },
    onSnapshot(snapshot) {
      const now = store.getState();
      if (snapshot.sessionId !== now.sessionId || snapshot.chosen !== now.chosen) return;
      store.setState({ version: snapshot.version, versions: snapshot.versions, loaded: true, failure: null });
    },
    // The event says that something changed; what changed is read from main.
    onEvent: (event: EventPayload<'synopses.changed'>) => {
      if (event.sessionId === store.getState().sessionId) void follower.reload();
    },
  });
  client.onEvent('synopses.changed', follower.take);

  return {
    ...store,
    show(sessionId, versionId = null) {
      const now = store.getState();
      if (now.sessionId === sessionId && (versionId === null || now.chosen === versionId)) return Promise.resolve();
      store.setState({ sessionId, chosen: versionId, version: null, versions: [], loaded: false, failure: null });
      return follower.reload();
    },
    choose(versionId) {
      store.setState({ chosen: versionId });
      return follower.reload();
    },
    reload: follower.reload,
    async request(sessionId, options) {
      store.setState({ requesting: true });
      const result = await client.call('synopses.request', {
        sessionId,
        requestKey: crypto.randomUUID(),
        detail: options.detail,
        template: options.template,
        language: options.language,
        engine: options.engine,
      });
      store.setState({ requesting: false });
      if (!result.ok) return { ok: false, code: result.error.code };
      if (store.getState().sessionId === sessionId) {
        store.setState({ chosen: null });
        await follower.reload();
      }
      return { ok: true, value: { joined: result.value.joined } };
    },
    async exportMarkdown(language) {
      const { version } = store.getState();
      if (!version) return { ok: false, code: 'not_ready' };
      return outcomeOf(await client.call('synopses.exportMarkdown', { versionId: version.id, language }));
    },
    async saveFile(format, language) {
      const { version } = store.getState();
      if (!version) return { ok: false, code: 'not_ready' };
      return outcomeOf(await client.call('files.save', { versionId: version.id, format, language }));
    },
    async offerFile(format, language) {
      const { version } = store.getState();
      if (!version) return { ok: false, code: 'not_ready' };
      return outcomeOf(await client.call('files.offer', { versionId: version.id, format, language }));
    },
  };
}
