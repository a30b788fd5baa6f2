import { z } from 'zod';
import { browserView, extractedTable, pageAddress, paramValues, personInput, recipe, recipeId } from '../domain/browser.ts';
import { loginHostLimit, loginName, loginSecret, loginsView, loginView } from '../domain/browser-login.ts';
import { epochMs, jobId, loginId, requestKey, sessionId } from '../domain/ids.ts';
import { jobView } from '../domain/job.ts';
import { tableFormat } from '../export/table-file.ts';
import { call, event, offeredFile, savedFile } from './define.ts';
import { enqueueErrors } from './enqueue.ts';
import { revision } from './pagination.ts';

const savedRecipe = z.strictObject({ id: recipeId, recipe, savedAtMs: epochMs });

/** Saved recipes: more than a person keeps an eye on. */
const keptLimit = 500;

/** `step` is the one that read it. */
const oneTable = z.strictObject({ jobId, step: extractedTable.shape.step, format: tableFormat });

export const browserRoutes = {
  /** A task for the browser agent in words, or a recipe. The same key again starts nothing. */
  'browser.start': call({
    input: z.strictObject({
      requestKey,
      sessionId,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('task'), task: z.string().min(1).max(20_000) }),
        /** `recipeId` says which saved one it is. */
        z.strictObject({ kind: z.literal('recipe'), recipe, recipeId: recipeId.optional(), params: paramValues }),
      ]),
      /** A login whose sites it is signed in to; null for none. Of several tasks with one login the next waits for the one before. */
      login: loginId.nullable().default(null),
    }),
    output: jobView,
    errors: ['no_model', 'browser_missing', 'not_found', 'unfit_recipe', ...enqueueErrors],
  }),
  'browser.view': call({ input: z.strictObject({ jobId }), output: browserView, errors: ['not_found'] }),
  /**
   * The next picture of what the page shows, a JPEG as base64, after the one of number `after`; null where nothing changed within some
   * seconds. Pictures are made while somebody asks for them and at no other time.
   */
  'browser.frame': call({
    input: z.strictObject({ jobId, after: z.int().nonnegative() }),
    output: z.strictObject({
      number: z.int().nonnegative(),
      picture: z.strictObject({ jpeg: z.base64(), width: z.int().positive(), height: z.int().positive() }).nullable(),
    }),
    errors: ['not_found', 'not_running'],
  }),
  /** A person takes the mouse, or gives it back. The time between is not the task's. */
  'browser.hold': call({
    input: z.strictObject({ jobId, holder: z.enum(['task', 'person']), paused: z.boolean().default(false) }),
    output: browserView,
    errors: ['not_found', 'not_running'],
  }),
  'browser.input': call({
    input: z.strictObject({ jobId, events: z.array(personInput).min(1).max(200) }),
    output: z.strictObject({}),
    errors: ['not_found', 'not_running', 'not_holding'],
  }),
  /** A picture of the trace, a JPEG as base64. */
  'browser.screenshot': call({
    input: z.strictObject({ jobId, sha256: z.string().length(64) }),
    output: z.strictObject({ jpeg: z.base64() }),
    errors: ['not_found'],
  }),
  /** What a task has read into tables and downloaded, oldest first. */
  'browser.tables': call({
    input: z.strictObject({ jobId }),
    output: z.strictObject({
      tables: z.array(extractedTable).max(100),
      files: z.array(z.strictObject({ name: z.string().max(255), path: z.string().max(4_096), byteCount: z.int().nonnegative() })).max(500),
    }),
    errors: ['not_found'],
  }),
  /** Asks with the system's dialog where one of the tables goes, and writes it there. The desktop alone has such a dialog. */
  'browser.saveTable': call({ input: oneTable, output: savedFile, errors: ['not_found', 'no_dialog', 'cannot_write'] }),
  'browser.offerTable': call({ input: oneTable, output: offeredFile, errors: ['not_found', 'storage_full'] }),
  /** Browsers of this machine; `chosen` is the one that tasks use, null when there is none. */
  'browser.installed': call({
    input: z.strictObject({}),
    output: z.strictObject({
      found: z.array(z.strictObject({ name: z.string().max(100), path: pageAddress, version: z.string().max(100).nullable() })).max(20),
      chosen: pageAddress.nullable(),
    }),
  }),
  'browser.recipes': call({ input: z.strictObject({}), output: z.strictObject({ recipes: z.array(savedRecipe).max(keptLimit) }) }),
  /** What a task has done as a recipe, with its secrets as parameters and no other ones; `lost` counts steps that cannot be done again. */
  'browser.draftRecipe': call({
    input: z.strictObject({ jobId, name: z.string().min(1).max(200) }),
    output: z.strictObject({ recipe, lost: z.int().nonnegative() }),
    errors: ['not_found', 'nothing_to_keep'],
  }),
  /** With an id it takes the place of that one, also of one that was removed. */
  'browser.saveRecipe': call({
    input: z.strictObject({
      requestKey,
      id: recipeId.nullable().default(null),
      recipe,
    }),
    output: savedRecipe,
    errors: ['not_found', 'too_many', 'storage_full'],
  }),
  'browser.removeRecipe': call({
    input: z.strictObject({ id: recipeId }),
    output: z.strictObject({}),
    errors: ['not_found', 'recipe_in_use', 'storage_full'],
  }),
  /** Logins that the person keeps for tasks. SECURITY: words of a login come in and never go out. */
  'browser.logins': call({ input: z.strictObject({}), output: loginsView }),
  'browser.saveLogin': call({
    input: z.strictObject({
      requestKey,
      name: loginName,
      /** Hosts, or addresses of pages on them. */
      sites: z.array(z.string().min(1).max(2_048)).min(1).max(loginHostLimit),
      /** Null where a person signs in by hand. */
      user: loginSecret.nullable().default(null),
      password: loginSecret.nullable().default(null),
      acceptWeak: z.boolean().default(false),
    }),
    output: loginView,
    errors: ['bad_login_site', 'login_name_taken', 'too_many_logins', 'secrets_weak', 'secrets_unavailable', 'storage_full'],
  }),
  'browser.removeLogin': call({
    input: z.strictObject({ id: loginId }),
    output: z.strictObject({}),
    errors: ['not_found', 'login_in_use', 'login_scheduled', 'storage_full'],
  }),
  /** Its sites are no longer signed in to; its words stay. */
  'browser.forgetSession': call({
    input: z.strictObject({ id: loginId }),
    output: loginView,
    errors: ['not_found', 'login_in_use', 'storage_full'],
  }),
  /** Of the logins: one was added, is gone, was signed in. */
  'logins.changed': event(z.strictObject({ revision })),
  /** Of one task: it did a step, changed hands, opened a tab. */
  'browser.changed': event(z.strictObject({ revision, jobId })),
} as const;
