import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { TableFormat } from '../../shared/export/table-file.ts';
import type { CallInput, CallOutput } from '../../shared/contract/contract.ts';
import type { BrowserView, PersonInput, Recipe } from '../../shared/domain/browser.ts';
import type { LoginsView, LoginView } from '../../shared/domain/browser-login.ts';
import type { JobId, LoginId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import { failureOf, outcomeOf, type Outcome } from './outcome.ts';

export type SavedRecipe = CallOutput<'browser.recipes'>['recipes'][number];
export type RecipeDraft = CallOutput<'browser.draftRecipe'>;
export type InstalledBrowsers = CallOutput<'browser.installed'>;
export type BrowserTables = CallOutput<'browser.tables'>;
export type BrowserFrame = CallOutput<'browser.frame'>;
export type BrowserStart = CallInput<'browser.start'>;

export interface BrowserState {
  /** Of tasks that are looked at, and of those that were. */
  readonly views: ReadonlyMap<JobId, BrowserView>;
  /** Why a task cannot be shown, as an error code. */
  readonly failures: ReadonlyMap<JobId, string>;
  /** Null until they were read: without anybody looking they are not asked for. */
  readonly recipes: readonly SavedRecipe[] | null;
  readonly recipesFailure: string | null;
  readonly installed: InstalledBrowsers | null;
  /** As the recipes. */
  readonly logins: LoginsView | null;
}

export interface BrowserStore extends StoreApi<BrowserState> {
  start(what: BrowserStart): Promise<Outcome<JobView>>;
  /** Keeps the view of a task up to date until the returned function is called. */
  watch(jobId: JobId): () => void;
  hold(jobId: JobId, holder: 'task' | 'person', paused: boolean): Promise<string | null>;
  input(jobId: JobId, events: readonly PersonInput[]): Promise<string | null>;
  nextFrame(jobId: JobId, after: number): Promise<Outcome<BrowserFrame>>;
  /** A picture of the trace as an address for an image; null when it is gone. Asked for once. */
  screenshot(jobId: JobId, sha256: string): Promise<string | null>;
  tables(jobId: JobId): Promise<Outcome<BrowserTables>>;
  saveTable(jobId: JobId, step: string, format: TableFormat): Promise<Outcome<CallOutput<'browser.saveTable'>>>;
  offerTable(jobId: JobId, step: string, format: TableFormat): Promise<Outcome<CallOutput<'browser.offerTable'>>>;
  reloadRecipes(): Promise<void>;
  /** What a finished task has done, as a recipe. */
  draftRecipe(jobId: JobId, name: string): Promise<Outcome<RecipeDraft>>;
  /** With an id it takes the place of that one, also of one that was removed. */
  saveRecipe(recipe: Recipe, requestKey: string, id?: string | null): Promise<Outcome<SavedRecipe>>;
  removeRecipe(id: string): Promise<string | null>;
  reloadInstalled(): Promise<void>;
  reloadLogins(): Promise<void>;
  /** SECURITY: its words go to the program and stay nowhere in the window. */
  saveLogin(login: CallInput<'browser.saveLogin'>): Promise<Outcome<LoginView>>;
  removeLogin(id: LoginId): Promise<string | null>;
  forgetSession(id: LoginId): Promise<string | null>;
}

/** Pictures that are kept: those of a run that is looked through; each takes about a hundred kilobytes. */
const picturesKept = 60;

export const jpegAddress = (base64: string): string => `data:image/jpeg;base64,${base64}`;

/** Browser tasks: what they show and did, recipes, the browsers of this machine. Pictures are asked for by whoever looks. */
export function createBrowserStore(client: Client): BrowserStore {
  const store = createStore<BrowserState>(() => ({
    views: new Map(),
    failures: new Map(),
    recipes: null,
    recipesFailure: null,
    installed: null,
    logins: null,
  }));
  /** How many places look at a task. */
  const watched = new Map<JobId, number>();
  /** Reads that are under way; true when something has changed since they began. */
  const reading = new Map<JobId, boolean>();
  const pictures = new Map<string, Promise<string | null>>();

  function put(view: BrowserView): void {
    const { views, failures } = store.getState();
    const failed = new Map(failures);
    failed.delete(view.jobId);
    store.setState({ views: new Map(views).set(view.jobId, view), failures: failed });
  }

  /** One read at a time for each task: an older answer never takes the place of a newer one. */
  async function read(jobId: JobId): Promise<void> {
    if (reading.has(jobId)) return void reading.set(jobId, true);
    do {
      reading.set(jobId, false);
      const result = await client.call('browser.view', { jobId });
      if (result.ok) put(result.value);
      else store.setState({ failures: new Map(store.getState().failures).set(jobId, result.error.code) });
    } while (reading.get(jobId) === true);
    reading.delete(jobId);
  }

  client.onEvent('browser.changed', ({ jobId }) => {
    if (watched.has(jobId)) void read(jobId);
  });
  client.onState(state => {
    if (state === 'open') for (const jobId of watched.keys()) void read(jobId);
  });

  async function askForPicture(jobId: JobId, sha256: string): Promise<string | null> {
    const result = await client.call('browser.screenshot', { jobId, sha256 });
    return result.ok ? jpegAddress(result.value.jpeg) : null;
  }

  async function reloadRecipes(): Promise<void> {
    const result = await client.call('browser.recipes', {});
    store.setState(result.ok ? { recipes: result.value.recipes, recipesFailure: null } : { recipesFailure: result.error.code });
  }

  async function reloadLogins(): Promise<void> {
    const result = await client.call('browser.logins', {});
    if (result.ok) store.setState({ logins: result.value });
  }
  client.onEvent('logins.changed', () => {
    if (store.getState().logins !== null) void reloadLogins();
  });

  return {
    ...store,
    async start(what) {
      return outcomeOf(await client.call('browser.start', what));
    },
    watch(jobId) {
      watched.set(jobId, (watched.get(jobId) ?? 0) + 1);
      void read(jobId);
      return () => {
        const left = (watched.get(jobId) ?? 1) - 1;
        if (left > 0) watched.set(jobId, left);
        else watched.delete(jobId);
      };
    },
    async hold(jobId, holder, paused) {
      const result = await client.call('browser.hold', { jobId, holder, paused });
      if (result.ok) put(result.value);
      else void read(jobId);
      return failureOf(result);
    },
    async input(jobId, events) {
      const failed = failureOf(await client.call('browser.input', { jobId, events: [...events] }));
      if (failed !== null) void read(jobId);
      return failed;
    },
    async nextFrame(jobId, after) {
      return outcomeOf(await client.call('browser.frame', { jobId, after }));
    },
    screenshot(jobId, sha256) {
      const key = `${jobId}:${sha256}`;
      const known = pictures.get(key);
      // Used again, it is the last to be forgotten.
      pictures.delete(key);
      const picture = known ?? askForPicture(jobId, sha256);
      pictures.set(key, picture);
      const [oldest] = pictures.keys();
      if (pictures.size > picturesKept && oldest !== undefined) pictures.delete(oldest);
      return picture;
    },
    async tables(jobId) {
      return outcomeOf(await client.call('browser.tables', { jobId }));
    },
    async saveTable(jobId, step, format) {
      return outcomeOf(await client.call('browser.saveTable', { jobId, step, format }));
    },
    async offerTable(jobId, step, format) {
      return outcomeOf(await client.call('browser.offerTable', { jobId, step, format }));
    },
    reloadRecipes,
    async draftRecipe(jobId, name) {
      return outcomeOf(await client.call('browser.draftRecipe', { jobId, name }));
    },
    async saveRecipe(recipe, requestKey, id = null) {
      const saved = outcomeOf(await client.call('browser.saveRecipe', { requestKey, id, recipe }));
      if (saved.ok) await reloadRecipes();
      return saved;
    },
    async removeRecipe(id) {
      const failed = failureOf(await client.call('browser.removeRecipe', { id }));
      await reloadRecipes();
      return failed;
    },
    async reloadInstalled() {
      const result = await client.call('browser.installed', {});
      if (result.ok) store.setState({ installed: result.value });
    },
    reloadLogins,
    async saveLogin(login) {
      return outcomeOf(await client.call('browser.saveLogin', login));
    },
    async removeLogin(id) {
      return failureOf(await client.call('browser.removeLogin', { id }));
    },
    async forgetSession(id) {
      return failureOf(await client.call('browser.forgetSession', { id }));
    },
  };
}
