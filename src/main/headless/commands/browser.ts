import { readFile } from 'node:fs/promises';
import { v4 as newUuid } from 'uuid';
import type { Client } from '../../../shared/contract/client.ts';
import { recipe as recipeSchema, type Recipe } from '../../../shared/domain/browser.ts';
import { tablesText } from '../../../shared/export/table-text.ts';
import { z } from 'zod';
import type { JobView } from '../../../shared/domain/job.ts';
import { recipeFault } from '../../../shared/domain/recipe-fault.ts';
import { spokenLanguage } from '../../app/spoken-language.ts';
import { waitForStopSignal } from '../../app/stop-signal.ts';
import { withProgram } from '../attach.ts';
import { browserWordsFor } from '../browser-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { findLogin } from '../find-login.ts';
import { followJob } from '../follow-job.ts';
import { failureOf } from '../failure-words.ts';
import { printable, printableText } from '../printable.ts';
import { findRecipe, valuesByName } from '../recipe-arguments.ts';
import { createProgressLine } from '../progress-line.ts';
import { listenForKeys } from '../terminal-keys.ts';
import { unwrap } from '../unwrap.ts';

/** As a chat bounds its title. */
const titleLimit = 200;

export function listBrowsers(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  const words = browserWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { found, chosen } = unwrap(await client.call('browser.installed', {}), context.words);
    if (options.json) context.out.write(`${JSON.stringify({ found, chosen })}\n`);
    else if (found.length === 0) context.out.write(`${words.noBrowser}\n`);
    else
      for (const { name, path, version } of found)
        context.out.write(
          `${[name, version ?? '', printable(path), path === chosen ? words.chosen : ''].filter(part => part !== '').join('  ')}\n`,
        );
    return exitCodes.done;
  });
}

export function listRecipes(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  const words = browserWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { recipes } = unwrap(await client.call('browser.recipes', {}), context.words);
    if (options.json) context.out.write(`${JSON.stringify(recipes)}\n`);
    else if (recipes.length === 0) context.out.write(`${words.noRecipes}\n`);
    else
      for (const { recipe } of recipes)
        context.out.write(`${printable(recipe.name)}  ${words.steps(recipe.steps.length)}  ${printable(recipe.sites.join(', '))}\n`);
    return exitCodes.done;
  });
}

export interface RunRecipeOptions {
  /** `name=value`. */
  readonly param: readonly string[];
  readonly chat?: string;
  /** By name. */
  readonly login?: string;
  readonly format: 'text' | 'csv' | 'json';
}

/** Runs a recipe and prints what it has read. Ctrl+C stops it. */
export async function runRecipe(context: CommandContext, given: string, options: RunRecipeOptions): Promise<ExitCode> {
  const { words, out, err } = context;
  const own = browserWordsFor(context.locale);
  const params = valuesByName(options.param, context);
  const fromFile = await recipeFile(given, context);
  const requestKey = newUuid();
  const chatKey = newUuid();
  const stop = waitForStopSignal(listenForKeys);
  try {
    return await withProgram(context, { works: true, signal: stop.signal }, async ({ client }) => {
      const { recipe, id: recipeId } = fromFile === null ? await findRecipe(client, given, context) : { recipe: fromFile, id: undefined };
      const login = options.login === undefined ? null : (await findLogin(client, options.login, context)).id;
      const title = own.chatName(recipe.name).slice(0, titleLimit);
      const sessionId =
        options.chat === undefined
          ? unwrap(await client.call('sessions.create', { requestKey: chatKey, title }), words).id
          : await findChat(client, options.chat, context);
      const what = { kind: 'recipe' as const, recipe, params, ...(recipeId === undefined ? {} : { recipeId }) };
      const begun = unwrap(await client.call('browser.start', { requestKey, sessionId, what, login }), words);
      const cancel = () => {
        void client.call('jobs.cancel', { jobId: begun.id });
      };
      stop.signal.addEventListener('abort', cancel);
      const job = await followJob(client, begun.id, createProgressLine(err), words).finally(() => {
        stop.signal.removeEventListener('abort', cancel);
      });
      const { tables, files } = unwrap(await client.call('browser.tables', { jobId: begun.id }), words);
      const { messages } = unwrap(await client.call('messages.list', { sessionId }), words);
      const told = messages.find(({ jobId, note }) => jobId === begun.id && note === 'background_ready');
      if (options.format === 'text') out.write(`${printableText(told?.text ?? '').trimEnd()}\n`);
      else out.write(tablesText(tables, options.format));
      for (const { path } of files) err.write(`${printable(path)}\n`);
      if (job.state === 'cancelled') throw new CommandError(exitCodes.cancelled, words.cancelled);
      if (job.state === 'failed')
        throw new CommandError(exitCodes.failed, words.failed((await stopOf(client, job, context)) ?? failureOf(job, words)));
      return job.state === 'done' ? exitCodes.done : exitCodes.undecided;
    });
  } finally {
    stop.release();
  }
}

/** Why a recipe has stopped, in lines; null where it did not, or its trace does not tell. */
async function stopOf(client: Client, { id, error }: JobView, { words, locale }: CommandContext): Promise<string | null> {
  if (error?.code !== 'recipe_failed') return null;
  const fault = recipeFault(unwrap(await client.call('browser.view', { jobId: id }), words), spokenLanguage(locale));
  return fault === null ? null : printable(browserWordsFor(locale).stopped(fault));
}

/** Null for what is no file: then it is the name of a recipe. */
async function recipeFile(given: string, context: CommandContext): Promise<Recipe | null> {
  const own = browserWordsFor(context.locale);
  const text = await readFile(given, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = recipeSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new CommandError(exitCodes.usage, own.notARecipe(given, printable(z.prettifyError(parsed.error))));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
