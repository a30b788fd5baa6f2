import { v4 as newUuid } from 'uuid';
import { paramName } from '../../../shared/domain/browser.ts';
import { offeredParams, withParams } from '../../../shared/domain/recipe-params.ts';
import { tablesText } from '../../../shared/export/table-text.ts';
import { withProgram } from '../attach.ts';
import { browserWordsFor } from '../browser-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { valuesByName } from '../recipe-arguments.ts';
import { unwrap } from '../unwrap.ts';
import { findJob } from './jobs.ts';

export interface TableOptions {
  readonly format: 'csv' | 'json';
  /** Which one, from 1; all of them without it. */
  readonly table?: number;
}

/** Prints what a browser task has read into tables. */
export function printTables(context: CommandContext, given: string, { format, table }: TableOptions): Promise<ExitCode> {
  const own = browserWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const jobId = await findJob(client, given, context);
    const { tables } = unwrap(await client.call('browser.tables', { jobId }), context.words);
    const wanted = table === undefined ? tables : tables.slice(table - 1, table);
    if (wanted.length === 0) throw new CommandError(exitCodes.notFound, own.noTable(tables.length));
    context.out.write(tablesText(wanted, format));
    return exitCodes.done;
  });
}

export interface KeepOptions {
  readonly name: string;
  /** `name=value`: the value as it was in the task. */
  readonly param: readonly string[];
}

/** Keeps what a browser task has done as a recipe, with these of its words as parameters. */
export function keepRecipe(context: CommandContext, given: string, { name, param }: KeepOptions): Promise<ExitCode> {
  const { words, out, locale } = context;
  const own = browserWordsFor(locale);
  const requestKey = newUuid();
  const chosen = Object.entries(valuesByName(param, context)).map(([called, value]) => ({ name: called, value }));
  return withProgram(context, { works: false }, async ({ client }) => {
    const jobId = await findJob(client, given, context);
    const { recipe, lost } = unwrap(await client.call('browser.draftRecipe', { jobId, name }), words);
    const offered = offeredParams(recipe);
    for (const { name: called, value } of chosen)
      if (!paramName.safeParse(called).success || !offered.some(each => each.value === value))
        throw new CommandError(
          exitCodes.usage,
          own.noSuchWord(`${called}=${value}`, offered.map(each => printable(each.value)).join('; ')),
        );
    const made = withParams(recipe, chosen);
    const saved = unwrap(await client.call('browser.saveRecipe', { requestKey, recipe: made }), words);
    out.write(`${own.kept(printable(saved.recipe.name), saved.recipe.steps.length)}\n`);
    for (const { name: called, default: usual } of saved.recipe.params)
      out.write(`  ${called}${usual === null ? '' : `: ${printable(usual)}`}\n`);
    if (lost > 0) out.write(`${own.lost(lost)}\n`);
    return exitCodes.done;
  });
}
