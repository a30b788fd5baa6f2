import { tableFile } from '../../src/shared/export/table-file.ts';
import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import type { BrowserTraceEntry, BrowserView, ExtractedTable, PersonInput, Recipe } from '../../src/shared/domain/browser.ts';
import type { JobId, SessionId } from '../../src/shared/domain/ids.ts';
import { createMemoryLogins, type LoginRefusal } from './memory-logins.ts';
import type { JobView } from '../../src/shared/domain/job.ts';

type BrowserRefusal =
  | LoginRefusal
  | 'recipe_in_use'
  | 'not_found'
  | 'not_running'
  | 'not_holding'
  | 'unfit_recipe'
  | 'nothing_to_keep'
  | 'browser_missing'
  | 'no_model';

interface MemoryBrowserDeps {
  readonly uuid: () => string;
  readonly now: () => number;
  readonly refuse: (code: BrowserRefusal) => never;
  readonly changed: (jobId: JobId) => void;
  readonly loginsChanged: () => void;
  readonly newJob: (sessionId: SessionId, title: string) => JobView;
  readonly canAnswer: () => boolean;
  readonly chosenPath: () => string | null;
  readonly isScheduled: (recipeId: string) => boolean;
}

type BrowserCall = Extract<CallName, `browser.${string}`>;
type Picture = NonNullable<CallOutput<'browser.frame'>['picture']>;
type Saved = CallOutput<'browser.recipes'>['recipes'][number];
type Tables = CallOutput<'browser.tables'>;

/** A JPEG of one grey point. */
const greyPoint =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

const noTables: Tables = { tables: [], files: [] };

/** Browser tasks of the host in memory: a test says what they do and sees what they are told. */
export function createMemoryBrowser({
  uuid,
  now,
  refuse,
  changed,
  loginsChanged,
  newJob,
  canAnswer,
  chosenPath,
  isScheduled,
}: MemoryBrowserDeps) {
  const views = new Map<JobId, BrowserView>();
  const results = new Map<JobId, Tables>();
  const recipes = new Map<string, Saved>();
  const inputs: { readonly jobId: JobId; readonly events: readonly PersonInput[] }[] = [];
  let picture: Picture = { jpeg: greyPoint, width: 1280, height: 800 };
  let frameNumber = 1;
  let found: CallOutput<'browser.installed'>['found'] = [
    { name: 'Google Chrome', path: '/usr/bin/google-chrome', version: '149.0.7' },
    { name: 'Chromium', path: '/usr/bin/chromium', version: '150.0.1' },
  ];
  const have = (jobId: JobId): BrowserView => views.get(jobId) ?? refuse('not_found');
  const atWork = (jobId: JobId): BrowserView => (have(jobId).holder === 'nobody' ? refuse('not_running') : have(jobId));

  const tableOf = (jobId: JobId, step: string): ExtractedTable =>
    results.get(jobId)?.tables.find(table => table.step === step) ?? refuse('not_found');

  function put(view: BrowserView): BrowserView {
    views.set(view.jobId, view);
    changed(view.jobId);
    return view;
  }

  const logins = createMemoryLogins({ uuid, refuse, changed: loginsChanged });
  function draft(jobId: JobId, name: string): Recipe {
    const { sites, trace } = have(jobId);
    const steps = trace.flatMap(({ action, why, outcome }) => (outcome === 'done' && action.do !== 'snapshot' ? [{ action, why }] : []));
    return steps.length === 0 ? refuse('nothing_to_keep') : { name, sites, params: [], steps };
  }

  const handlers: { readonly [N in BrowserCall]: (args: CallArgs<N>) => CallOutput<N> } = {
    'browser.start': ({ sessionId, what, login }) => {
      if (login !== null) logins.have(login);
      if (found.length === 0) refuse('browser_missing');
      if (what.kind === 'task' && !canAnswer()) refuse('no_model');
      if (what.kind === 'recipe' && what.recipe.params.some(({ name, default: usual }) => (what.params[name] ?? usual ?? '') === ''))
        refuse('unfit_recipe');
      const job = newJob(sessionId, what.kind === 'task' ? what.task : what.recipe.name);
      put({
        jobId: job.id,
        holder: 'nobody',
        isPaused: false,
        sites: what.kind === 'recipe' ? what.recipe.sites : [],
        tabs: [],
        trace: [],
      });
      return job;
    },
    'browser.view': ({ jobId }) => have(jobId),
    'browser.frame': ({ jobId, after }) => {
      atWork(jobId);
      return { number: frameNumber, picture: after < frameNumber ? picture : null };
    },
    'browser.hold': ({ jobId, holder, paused }) => put({ ...atWork(jobId), holder, isPaused: paused }),
    'browser.input': ({ jobId, events }) => {
      if (atWork(jobId).holder !== 'person') refuse('not_holding');
      inputs.push({ jobId, events });
      return {};
    },
    'browser.screenshot': ({ jobId }) => {
      have(jobId);
      return { jpeg: picture.jpeg };
    },
    'browser.tables': ({ jobId }) => {
      have(jobId);
      return results.get(jobId) ?? noTables;
    },
    'browser.saveTable': ({ jobId, step, format }) => ({ saved: tableFile(tableOf(jobId, step), format).fileName }),
    'browser.offerTable': ({ jobId, step, format }) => ({
      fileName: tableFile(tableOf(jobId, step), format).fileName,
      urlPath: '/files/0',
    }),
    'browser.installed': () => ({ found, chosen: found.find(({ path }) => path === chosenPath())?.path ?? found[0]?.path ?? null }),
    'browser.recipes': () => ({ recipes: [...recipes.values()] }),
    'browser.draftRecipe': ({ jobId, name }) => ({ recipe: draft(jobId, name), lost: 0 }),
    'browser.saveRecipe': ({ id, recipe }) => {
      const saved = { id: id ?? crypto.randomUUID(), recipe, savedAtMs: now() };
      recipes.set(saved.id, saved);
      return saved;
    },
    ...logins.handlers,
    'browser.removeRecipe': ({ id }) => {
      if (isScheduled(id)) refuse('recipe_in_use');
      if (!recipes.delete(id)) refuse('not_found');
      return {};
    },
  };

  return {
    handlers,
    logins,
    inputs,
    put,
    viewOf: have,
    recipeName: (id: string): string | null => recipes.get(id)?.recipe.name ?? null,
    /** Another step, or what has come of the last one. */
    trace(jobId: JobId, entry: BrowserTraceEntry): void {
      const view = have(jobId);
      put({ ...view, trace: [...view.trace.filter(({ step }) => step !== entry.step), entry] });
    },
    putTables(jobId: JobId, tables: readonly ExtractedTable[], files: Tables['files'] = []): void {
      results.set(jobId, { tables: [...tables], files });
      changed(jobId);
    },
    /** What pages look like from now on. */
    setPicture(next: Picture): void {
      picture = next;
      frameNumber += 1;
    },
    setFound(next: typeof found): void {
      found = next;
    },
  };
}
