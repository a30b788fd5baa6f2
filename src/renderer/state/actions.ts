import { chooseFolderFiles, nothingLeftOut, sayLeftOut, type FolderFile, type LeftOut } from '../../shared/domain/folder-files.ts';
import type { SessionId, VersionId } from '../../shared/domain/ids.ts';
import type { DetailLevel, SynopsisEngine } from '../../shared/domain/synopsis.ts';
import type { Language } from '../../shared/domain/language.ts';
import { bundleExtension } from '../../shared/export/file-formats.ts';
import type { AddFrom, FileLike } from './documents-store.ts';
import type { JobView } from '../../shared/domain/job.ts';
import type { BrowserStart } from './browser-store.ts';
import { hasChat } from './go-to.ts';
import type { Services } from './services.ts';
import { newestOf } from './synopsis-store.ts';
import type { Sentence } from './toast-store.ts';

export interface Actions {
  newChat(): Promise<SessionId | null>;
  /** The person asks for another chat: what they type from now on is said there, also while it is being made. */
  leaveForNewChat(): Promise<SessionId | null>;
  openDemo(): Promise<void>;
  removeSession(sessionId: SessionId): Promise<void>;
  /** Adds files to the open chat, or to a new one; a bundle opens as a chat of its own. Each failure is named with its file. */
  addFiles(files: readonly FileLike[]): Promise<void>;
  /** What of a folder can be read; what is left out is said. */
  addFolder(name: string, files: readonly InFolder[], leftOut?: LeftOut): Promise<void>;
  addUrl(url: string): Promise<boolean>;
  addText(text: string): Promise<boolean>;
  /** Resolves once what is being added to this chat has been added or could not be: what is said next comes after it. */
  whenAdded(sessionId: SessionId): Promise<void>;
  /** Starts a synopsis of the open chat, or joins the one being made, and shows it. */
  requestSynopsis(options?: { detail: DetailLevel; language: Language | null; engine?: SynopsisEngine | null }): Promise<void>;
  /** Shows the synopsis; makes the first one when there is none. */
  openOrMakeSynopsis(): Promise<void>;
  /** Puts the synopsis away where it is shown, else as `openOrMakeSynopsis`. */
  toggleSynopsis(): Promise<void>;
  /** Takes the last change of the open chat's synopsis back; doing it again brings it back. */
  undoSynopsis(undoes?: VersionId | null): Promise<void>;
  /** Begins a browser task in the open chat, or in a new one; null when it did not begin, of which the person was told. */
  startBrowser(what: BrowserStart['what'], requestKey: string, login?: BrowserStart['login']): Promise<JobView | null>;
  /** Saves every finished synopsis into a folder that the person picks. The desktop alone can ask for one. */
  exportAll(): Promise<void>;
  copyText(text: string, said: Sentence): Promise<void>;
  /** Back to where the person was, or forward again; a chat that is gone is passed over. */
  travel(step: -1 | 1): Promise<void>;
}

/** A file with its place in the folder it was given with. */
export interface InFolder extends FolderFile {
  readonly file: FileLike;
}

const isBundle = ({ name }: FileLike) => name.toLowerCase().endsWith(`.${bundleExtension}`);

/** Files sent at the same time: main writes them one chunk after the other, more would only wait. */
const parallelUploads = 2;

/** What more than one part of the window does with more than one store. */
export function createActions(services: Services): Actions {
  const { app, sessions, documents, drafts, synopsis, view, toasts } = services;
  const speech = () => app.getState().speech;

  function sayError(code: string, about?: string): void {
    toasts.say({ key: `error:${code}`, text: said => (about ? `${about}: ${said.error(code)}` : said.error(code)), tone: 'problem' });
  }

  /** What the chat has already is no problem, only nothing new. */
  function sayNotAdded(code: string, about?: string): void {
    if (code !== 'already_here') return sayError(code, about);
    toasts.say({ key: `here:${about ?? ''}`, text: said => (about ? `${about}: ${said.error(code)}` : said.error(code)) });
  }

  /** The chat that is on its way; null when none is. */
  let making: Promise<SessionId | null> | null = null;

  /** Whoever asks while a chat is being made gets that one: two files dropped one after the other do not make two chats. */
  function newChat(): Promise<SessionId | null> {
    const open = view.getState().sessionId;
    // An empty chat is what was asked for.
    if (making === null && open !== null && isEmpty(open)) return Promise.resolve(open);
    making ??= makeChat().finally(() => {
      making = null;
    });
    return making;
  }

  async function leaveForNewChat(): Promise<SessionId | null> {
    const left = view.getState().sessionId;
    const made = newChat();
    if (making === null) return made;
    view.openSession(null);
    const target = await made;
    if (target === null && view.getState().sessionId === null) view.openSession(left);
    return target;
  }

  function isEmpty(sessionId: SessionId): boolean {
    if (sessions.getState().byId.get(sessionId)?.isEmpty !== true) return false;
    // What is on its way is not yet known to main.
    return ![...adding.keys()].some(one => one.sessionId === sessionId);
  }

  async function ensureSession(): Promise<SessionId | null> {
    return making ?? view.getState().sessionId ?? newChat();
  }

  async function makeChat(): Promise<SessionId | null> {
    const created = await sessions.create();
    if (!created.ok) {
      sayError(created.code);
      return null;
    }
    const { id } = created.value;
    // Typed before the chat was there, for whatever comes next.
    const typed = drafts.of(null);
    if (typed !== '') {
      drafts.put(id, typed);
      drafts.put(null, '');
    }
    view.openSession(id);
    return id;
  }

  /** What is on its way into a chat; `sessionId` is null until the chat is there. */
  interface Adding {
    sessionId: SessionId | null;
  }
  const adding = new Map<Adding, Promise<unknown>>();

  /** Counted from the call on, not from when the chat is there: a question sent right after it must find it. */
  function addTo<T>(work: (sessionId: SessionId) => Promise<T>, without: T): Promise<T> {
    const one: Adding = { sessionId: null };
    const done = ensureSession()
      .then(sessionId => {
        one.sessionId = sessionId;
        return sessionId ? work(sessionId) : without;
      })
      .finally(() => adding.delete(one));
    adding.set(one, done);
    return done;
  }

  async function whenAdded(sessionId: SessionId): Promise<void> {
    const before = [...adding].filter(([one]) => one.sessionId === null || one.sessionId === sessionId);
    await Promise.allSettled(before.map(([, done]) => done));
  }

  /** Why no synopsis was begun; where the documents are to blame, with the first of them and its own reason. */
  function sayRefusal(code: string): void {
    const unread = (documents.getState().documents ?? []).filter(document => document.state === 'failed');
    const first = unread[0];
    if (code !== 'nothing_readable' || !first?.error) return sayError(code);
    const { title, error } = first;
    toasts.say({
      key: `error:${code}`,
      text: ({ t }) => t.synopsis.notRead(title, t.documents.error[error.code](error.detail), unread.length - 1),
      tone: 'problem',
    });
  }

  async function requestSynopsis(options?: {
    detail: DetailLevel;
    language: Language | null;
    engine?: SynopsisEngine | null;
  }): Promise<void> {
    const sessionId = view.getState().sessionId;
    if (!sessionId) return;
    // The chat's own, asked for before anything is waited for: another chat may be open by then.
    const { template } = view.getState();
    const newest = synopsis.getState().sessionId === sessionId ? newestOf(synopsis.getState()) : null;
    await whenAdded(sessionId);
    const detail = options?.detail ?? newest?.detail ?? app.getState().settings?.synopsisDetail ?? 'standard';
    const outcome = await synopsis.request(sessionId, {
      detail,
      template,
      language: options?.language ?? null,
      engine: options?.engine ?? null,
    });
    if (!outcome.ok) return sayRefusal(outcome.code);
    if (outcome.value.joined) toasts.say({ key: 'synopsis-joined', text: said => said.t.synopsis.joined });
    if (view.getState().sessionId === sessionId) view.showSynopsis();
  }

  async function openOrMakeSynopsis(): Promise<void> {
    const { sessionId } = view.getState();
    if (!sessionId) return;
    // Just opened, a chat does not yet tell whether it has a synopsis.
    if (!synopsis.getState().loaded) await synopsis.reload();
    if (view.getState().sessionId !== sessionId) return;
    const { version, versions, loaded, failure } = synopsis.getState();
    if (loaded && failure === null && !version && versions.length === 0) return requestSynopsis();
    view.showSynopsis();
  }

  function addOne(from: AddFrom): Promise<boolean> {
    return addTo(async sessionId => {
      const outcome = await documents.add(sessionId, from);
      if (!outcome.ok) sayNotAdded(outcome.code);
      return outcome.ok;
    }, false);
  }

  async function showImported(sessionId: SessionId, name: string): Promise<void> {
    await sessions.reload();
    view.openSession(sessionId);
    view.showSynopsis();
    toasts.say({ key: 'imported', text: said => said.t.synopsis.imported(name) });
  }

  async function addFiles(given: readonly FileLike[]): Promise<void> {
    const bundles = given.filter(isBundle);
    for (const bundle of bundles) {
      const opened = await documents.openBundle(bundle);
      if (!opened.ok) sayError(opened.code, bundle.name);
      else await showImported(opened.value, bundle.name);
    }
    const files = given.filter(file => !isBundle(file));
    if (files.length === 0) return;
    await addTo(async sessionId => {
      const waiting = [...files];
      let turn: Promise<unknown> = Promise.resolve();
      async function sendNext(): Promise<void> {
        for (let file = waiting.shift(); file; file = waiting.shift()) {
          const added = documents.upload(sessionId, file, turn);
          turn = added;
          const outcome = await added;
          if (!outcome.ok) sayNotAdded(outcome.code, file.name);
        }
      }
      await Promise.all(Array.from({ length: parallelUploads }, sendNext));
    }, undefined);
  }

  return {
    newChat,
    leaveForNewChat,
    requestSynopsis,
    whenAdded,

    async openDemo() {
      const demo = await sessions.openDemo(speech().language);
      if (demo.ok) view.openSession(demo.value.id);
      else sayError(demo.code);
    },

    async removeSession(sessionId) {
      const title = sessions.getState().byId.get(sessionId)?.title ?? speech().t.common.untitledChat;
      const removed = await sessions.remove(sessionId);
      if (!removed.ok) return sayError(removed.code);
      const wasOpen = view.getState().sessionId === sessionId;
      if (wasOpen) view.openSession(null);
      toasts.say({
        key: `removed:${sessionId}`,
        text: said => said.t.sidebar.removed(title, removed.value.cancelledJobs),
        action: {
          label: said => said.t.common.undo,
          run: () =>
            void sessions.restore(sessionId).then(code => {
              if (code !== null) sayError(code);
              else if (wasOpen) view.openSession(sessionId);
            }),
        },
      });
    },

    addFiles,

    async addFolder(name, files, leftOut = nothingLeftOut) {
      const chosen = chooseFolderFiles(files, leftOut);
      const count = chosen.taken.length;
      const said = sayLeftOut(name, chosen.leftOut, count, speech().language);
      if (said !== null)
        toasts.say({
          key: `folder:${name}`,
          text: ({ language }) => sayLeftOut(name, chosen.leftOut, count, language) ?? said,
          ...(count === 0 ? { tone: 'problem' as const } : {}),
        });
      await addFiles(chosen.taken.map(({ file }) => file));
    },

    addUrl: url => addOne({ kind: 'url', url }),

    addText(text) {
      const now = Date.now();
      return addOne({ kind: 'text', name: speech().t.composer.pastedName(speech().date(now, now)), text });
    },

    openOrMakeSynopsis,

    toggleSynopsis() {
      if (!view.isSynopsisShown()) return openOrMakeSynopsis();
      view.closeSynopsis();
      return Promise.resolve();
    },

    async undoSynopsis(undoes = null) {
      const code = await synopsis.undo(undoes);
      if (code !== null) return sayError(code);
      toasts.say({ key: 'synopsis-undone', text: said => said.t.versions.undone });
    },

    async startBrowser(what, requestKey, login = null) {
      const sessionId = await ensureSession();
      if (sessionId === null) return null;
      await whenAdded(sessionId);
      const started = await services.browser.start({ requestKey, sessionId, what, login });
      if (started.ok) return started.value;
      sayError(started.code);
      return null;
    },

    async exportAll() {
      const result = await services.client.call('synopses.exportAll', {});
      if (!result.ok) return sayError(result.error.code);
      const { started } = result.value;
      if (started === null) return;
      toasts.say({
        key: 'export-all',
        text: said => said.t.exportAll.started(started.count, started.job.title),
        action: { label: said => said.t.away.show, run: () => view.inspect(started.job.id) },
      });
    },

    async travel(step) {
      await view.travel(step, chat => hasChat(services.client, chat));
    },

    async copyText(text, said) {
      try {
        await navigator.clipboard.writeText(text);
        toasts.say({ key: 'copied', text: said });
      } catch {
        // The clipboard may be refused while the window has no focus.
        sayError('internal');
      }
    },
  };
}
