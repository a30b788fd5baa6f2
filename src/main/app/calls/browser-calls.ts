import { readFile } from 'node:fs/promises';
import { v4 } from 'uuid';
import { sha256Hex, type JobId, type LoginId } from '../../../shared/domain/ids.ts';
import { recipe as recipeSchema, type BrowserTraceEntry, type BrowserView, type ExtractedTable } from '../../../shared/domain/browser.ts';
import { tableFile } from '../../../shared/export/table-file.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { beginBrowserTask } from '../browser/begin-browser-task.ts';
import type { BrowserDesk } from '../browser/browser-desk.ts';
import type { Logins } from '../browser/logins.ts';
import { filledRecipe } from '../browser/filled-recipe.ts';
import { chosenBrowser, type InstalledBrowser } from '../browser/find-browsers.ts';
import { joinTables } from '../../../shared/domain/joined-tables.ts';
import { settledTrace } from '../browser/settled-trace.ts';
import { recipeOfTrace, type RecipeOfTrace } from '../browser/recipe-of-trace.ts';
import { saveExport } from '../export/save-export.ts';
import { offerText } from '../files/hand-over.ts';
import { browserRunPayload } from '../kinds/browser-run.ts';
import { titleOf } from '../title-of.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';
import { loginCalls } from './login-calls.ts';

/** As the schemas bound them. */
const traceLimit = 1_000;
const tableLimit = 100;
const fileLimit = 500;
const recipeLimit = 500;
const saveRoute = 'browser.saveRecipe';

export interface BrowserCallsParams {
  readonly desk: BrowserDesk;
  readonly findBrowsers: () => Promise<readonly InstalledBrowser[]>;
  readonly logins: Logins;
  /** The names of schedules that a recipe is run by. */
  readonly schedulesOf: (recipeId: string) => readonly string[];
  readonly schedulesOfLogin: (login: LoginId) => readonly string[];
}

/** What stands for words that nobody is shown. */
const hiddenWords = '••••••';

/** SECURITY: what was typed into a field that hides it stays where the next attempt of the task needs it. */
function toldEntry(entry: BrowserTraceEntry): BrowserTraceEntry {
  const { action, isSecret } = entry;
  if (isSecret !== true || action.do !== 'type') return entry;
  return { ...entry, action: { ...action, value: { text: hiddenWords } } };
}

export function browserCalls(
  context: CallContext,
  { desk, findBrowsers, logins, schedulesOf, schedulesOfLogin }: BrowserCallsParams,
): HandlersOf<'browser'> {
  const { store, jobViews, settings, now } = context;

  function task(id: JobId): JobId {
    expectFound(jobViews.view(id)?.kind === 'browser.run' ? id : null, 'browser task', id);
    return id;
  }
  /** Null for a task that waits or has ended. */
  function standsNow(id: JobId): ReturnType<BrowserDesk['stands']> {
    return jobViews.view(id)?.state === 'running' ? desk.stands(id) : null;
  }
  function atWork(id: JobId): NonNullable<ReturnType<BrowserDesk['stands']>> {
    const stands = standsNow(task(id));
    if (stands === null) throw new ExpectedError('not_running', 'The browser of this task is not at work now.');
    return stands;
  }
  function failedRecipe(id: JobId): string | undefined {
    if (jobViews.view(id)?.state !== 'failed') return undefined;
    const what = browserRunPayload.safeParse(jobViews.payload(id)).data?.what;
    const used = what?.kind === 'recipe' ? what.recipeId : undefined;
    return used !== undefined && store.browserRecipes.find(used) !== null ? used : undefined;
  }
  function view(id: JobId): BrowserView {
    const stands = standsNow(id) ?? { holder: 'nobody' as const, isPaused: false, tabs: [] };
    const trace = settledTrace(
      store.browserTasks.steps(id, traceLimit).map(({ entry }) => toldEntry(entry)),
      store.browserTasks.open(id),
      jobViews.view(id)?.state === 'running',
    );
    const recipeId = failedRecipe(id);
    return {
      jobId: id,
      ...stands,
      sites: [...store.browserTasks.sites(id)],
      trace,
      ...(recipeId === undefined ? {} : { recipeId }),
    };
  }
  const tablesOf = (id: JobId) => joinTables(store.browserTasks.tables(task(id), tableLimit), context.language());
  function tableOf(id: JobId, step: string): ExtractedTable {
    return expectFound(tablesOf(id).find(table => table.step === step) ?? null, 'table', step);
  }
  function draft({ jobId, name }: { readonly jobId: JobId; readonly name: string }): RecipeOfTrace {
    const id = task(jobId);
    const made = recipeOfTrace(name, store.browserTasks.sites(id), store.browserTasks.steps(id, traceLimit));
    if (made === null) throw new ExpectedError('nothing_to_keep', 'This task has done nothing that could be done again.');
    return { ...made, recipe: recipeSchema.parse(made.recipe) };
  }

  return {
    ...loginCalls(context, logins, schedulesOfLogin),
    'browser.start': async ({ requestKey, sessionId, what, login }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      if (login !== null) expectFound(store.browserLogins.find(login), 'login', login);
      const jobId = await beginBrowserTask(context, findBrowsers, {
        sessionId,
        title: what.kind === 'task' ? titleOf(what.task) : what.recipe.name,
        what:
          what.kind === 'task'
            ? what
            : {
                kind: what.kind,
                recipe: filledRecipe(what.recipe, what.params),
                ...(what.recipeId === undefined ? {} : { recipeId: what.recipeId }),
              },
        login,
        requestKey,
      });
      return expectFound(jobViews.view(jobId), 'job', jobId);
    },
    'browser.view': ({ jobId }) => view(task(jobId)),
    'browser.frame': async ({ jobId, after }, { signal }) => {
      atWork(jobId);
      return desk.look(jobId, after, signal);
    },
    'browser.hold': ({ jobId, holder, paused }) => {
      atWork(jobId);
      desk.hold(jobId, holder, paused);
      return view(jobId);
    },
    'browser.input': ({ jobId, events }) => {
      if (atWork(jobId).holder !== 'person') throw new ExpectedError('not_holding', 'The task has the page; take over first.');
      desk.input(jobId, events);
      return {};
    },
    'browser.screenshot': async ({ jobId, sha256 }) => {
      const wanted = sha256Hex.safeParse(sha256);
      // SECURITY: a picture of this task, and no other file of the artifacts.
      const known = wanted.success && store.browserTasks.hasPicture(task(jobId), wanted.data) ? wanted.data : null;
      const path = store.artifacts.files.path(expectFound(known, 'picture', sha256));
      const bytes = await readFile(path).catch(() => null);
      return { jpeg: expectFound(bytes, 'picture', sha256).toString('base64') };
    },
    'browser.tables': ({ jobId }) => ({
      tables: [...tablesOf(jobId)],
      files: store.browserTasks.files(jobId, fileLimit),
    }),
    'browser.saveTable': ({ jobId, step, format }) => saveExport(tableFile(tableOf(jobId, step), format), context.chooseFile),
    'browser.offerTable': ({ jobId, step, format }) => offerText(tableFile(tableOf(jobId, step), format), context),
    'browser.installed': async () => {
      const found = await findBrowsers();
      return { found: [...found], chosen: chosenBrowser(found, settings.get().browserPath) };
    },
    'browser.recipes': () => ({ recipes: store.browserRecipes.list().slice(0, recipeLimit) }),
    'browser.draftRecipe': ({ jobId, name }) => draft({ jobId, name }),
    'browser.saveRecipe': ({ requestKey, id, recipe }) =>
      store.inTransaction(() => {
        const earlier = store.requests.find(saveRoute, requestKey);
        if (earlier !== null) return expectFound(store.browserRecipes.find(earlier), 'recipe', earlier);
        const isThere = id !== null && store.browserRecipes.find(id) !== null;
        if (!isThere && store.browserRecipes.list().length >= recipeLimit)
          throw new ExpectedError('too_many', `${recipeLimit} recipes are kept; remove one first.`);
        const saved = { id: id ?? v4(), recipe, savedAtMs: now() };
        store.browserRecipes.put(saved);
        store.requests.record({ route: saveRoute, requestKey, resultId: saved.id, atMs: now() });
        return saved;
      }),
    'browser.removeRecipe': ({ id }) => {
      const [used] = schedulesOf(id);
      if (used !== undefined)
        throw new ExpectedError('recipe_in_use', `The schedule "${used}" runs this recipe. Remove the schedule first.`);
      if (!store.browserRecipes.remove(id)) throw new ExpectedError('not_found', `There is no recipe ${id}.`);
      return {};
    },
  };
}
