import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput, EventPayload } from '../../shared/contract/contract.ts';
import type { NoteId, SessionId, VersionId } from '../../shared/domain/ids.ts';
import type { StaleSection } from '../../shared/domain/stale-sections.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { DetailLevel, SectionKind, SynopsisEngine, SynopsisVersion, Template, VersionHead } from '../../shared/domain/synopsis.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { FileFormat } from '../../shared/export/file-formats.ts';
import { followRevision } from './follow-revision.ts';
import { failureOf, outcomeOf, type Outcome } from './outcome.ts';

type Proposal = NonNullable<CallOutput<'synopses.open'>['proposal']>;

/** Two versions side by side; `before` is the one that is compared with the one shown. */
export interface Comparison {
  readonly before: SynopsisVersion;
  readonly after: SynopsisVersion;
}

/** A person drops several files or says several things in a row. */
const settleMs = 500;

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
  /** Sections made anew beside the current version. */
  readonly proposal: Proposal | null;
  /** Sections of the current version that do not know of all there is, as it was last asked. */
  readonly stale: readonly StaleSection[];
  readonly comparison: Comparison | null;
}

/** What the open chat's newest synopsis was made with; null where there is none. */
export function newestOf({ versions }: Pick<SynopsisState, 'versions'>): VersionHead | null {
  return versions.reduce<VersionHead | null>((found, head) => (found && found.number > head.number ? found : head), null);
}

/** The version that stands now; what is being made or failed stands above it. Null where none is finished. */
export function currentOf({ versions }: Pick<SynopsisState, 'versions'>): VersionHead | null {
  return versions.find(head => head.state === 'ready') ?? null;
}

export interface SynopsisStore extends StoreApi<SynopsisState> {
  show(sessionId: SessionId | null, versionId?: VersionId | null): Promise<void>;
  choose(versionId: VersionId | null): Promise<void>;
  reload(): Promise<void>;
  /** Which sections are outdated. */
  checkFreshness(): Promise<void>;
  /** Makes the outdated sections anew as a proposal, or those that are named. */
  refresh(only: readonly SectionKind[] | null): Promise<string | null>;
  regenerate(kind: SectionKind, instruction: string | null): Promise<string | null>;
  decide(kinds: readonly SectionKind[], accept: boolean): Promise<string | null>;
  /** The number of the version that was restored. */
  restore(versionId: VersionId): Promise<Outcome<{ number: number }>>;
  /** `undoes`: only if that one is still the current version; null for whichever it is. */
  undo(undoes: VersionId | null): Promise<string | null>;
  putNote(note: { noteId: NoteId | null; after: SectionKind | null; text: string }): Promise<string | null>;
  removeNote(noteId: NoteId): Promise<string | null>;
  /** Shows what became of the earlier version in the later one. */
  compare(earlier: VersionId, later: VersionId): Promise<string | null>;
  stopComparing(): void;
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
    proposal: null,
    stale: [],
    comparison: null,
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
      store.setState({
        version: snapshot.version,
        versions: snapshot.versions,
        proposal: snapshot.proposal,
        loaded: true,
        failure: null,
      });
      if (snapshot.version !== null) void checkFreshness();
    },
    // The event says that something changed; what changed is read from main.
    onEvent: (event: EventPayload<'synopses.changed'>) => {
      if (event.sessionId === store.getState().sessionId) void follower.reload();
    },
  });
  client.onEvent('synopses.changed', follower.take);

  let settling: ReturnType<typeof setTimeout> | undefined;
  /** What the chat holds is another; several things in a row are asked about once. */
  function materialChanged(sessionId: SessionId): void {
    const now = store.getState();
    if (now.sessionId !== sessionId || now.version === null) return;
    clearTimeout(settling);
    settling = setTimeout(() => void checkFreshness(), settleMs);
  }
  client.onEvent('documents.changed', ({ sessionId }) => materialChanged(sessionId));
  client.onEvent('messages.changed', ({ sessionId, messages, branched }) => {
    if (branched === true || messages.some(({ role }) => role === 'person')) materialChanged(sessionId);
  });

  async function checkFreshness(): Promise<void> {
    const { sessionId } = store.getState();
    if (!sessionId) return;
    const result = await client.call('synopses.freshness', { sessionId });
    if (result.ok && store.getState().sessionId === sessionId) store.setState({ stale: result.value.stale });
  }

  /** What was done to the current version is shown with it. */
  async function changed(result: { readonly ok: boolean }): Promise<void> {
    if (!result.ok) return;
    store.setState({ chosen: null, comparison: null });
    await follower.reload();
  }

  async function readVersion(versionId: VersionId): Promise<SynopsisVersion | string> {
    const { sessionId, version } = store.getState();
    if (version?.id === versionId) return version;
    if (!sessionId) return 'not_found';
    const result = await client.call('synopses.open', { sessionId, versionId });
    return result.ok ? (result.value.version ?? 'not_found') : result.error.code;
  }

  return {
    ...store,
    show(sessionId, versionId = null) {
      const now = store.getState();
      if (now.sessionId === sessionId && (versionId === null || now.chosen === versionId)) return Promise.resolve();
      store.setState({
        sessionId,
        chosen: versionId,
        version: null,
        versions: [],
        loaded: false,
        failure: null,
        proposal: null,
        stale: [],
        comparison: null,
      });
      return follower.reload();
    },
    choose(versionId) {
      store.setState({ chosen: versionId, comparison: null });
      return follower.reload();
    },
    reload: follower.reload,
    checkFreshness,
    async refresh(only) {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('synopses.refresh', {
        sessionId,
        requestKey: crypto.randomUUID(),
        only: only === null ? null : [...only],
      });
      await changed(result);
      return failureOf(result);
    },
    async regenerate(kind, instruction) {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('synopses.regenerate', { sessionId, requestKey: crypto.randomUUID(), kind, instruction });
      await changed(result);
      return failureOf(result);
    },
    async decide(kinds, accept) {
      const { proposal } = store.getState();
      if (proposal === null || kinds.length === 0) return null;
      const input = { requestKey: crypto.randomUUID(), proposalId: proposal.version.id, kinds: [...kinds], accept };
      const result = await client.call('synopses.decide', input);
      await changed(result);
      return failureOf(result);
    },
    async restore(versionId) {
      const result = await client.call('synopses.restore', { requestKey: crypto.randomUUID(), versionId });
      await changed(result);
      return result.ok ? { ok: true, value: { number: result.value.version.number } } : { ok: false, code: result.error.code };
    },
    async undo(undoes) {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('synopses.undo', { requestKey: crypto.randomUUID(), sessionId, undoes });
      await changed(result);
      return failureOf(result);
    },
    async putNote({ noteId, after, text }) {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('synopses.putNote', { requestKey: crypto.randomUUID(), sessionId, noteId, after, text });
      await changed(result);
      return failureOf(result);
    },
    async removeNote(noteId) {
      const { sessionId } = store.getState();
      if (!sessionId) return null;
      const result = await client.call('synopses.removeNote', { requestKey: crypto.randomUUID(), sessionId, noteId });
      await changed(result);
      return failureOf(result);
    },
    async compare(earlier, later) {
      const [before, after] = await Promise.all([readVersion(earlier), readVersion(later)]);
      if (typeof before === 'string') return before;
      if (typeof after === 'string') return after;
      if (before.sessionId === store.getState().sessionId) store.setState({ comparison: { before, after } });
      return null;
    },
    stopComparing: () => store.setState({ comparison: null }),
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
