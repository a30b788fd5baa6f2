import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { searchWordsFor } from '../search-words.ts';
import { unwrap } from '../unwrap.ts';

/** The most main gives at once. */
export const rowLimit = 50;
/** Main waits some seconds each time; a million passages are read in less than so many of those. */
const asksWhileLoading = 10;

export interface SearchOptions {
  readonly wordsOnly: boolean;
  readonly limit: number;
  readonly json: boolean;
}

export function searchMaterial(context: CommandContext, typed: string, { wordsOnly, limit, json }: SearchOptions): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const asked = { typed, byMeaning: !wordsOnly, limit: Math.min(limit, rowLimit) };
    let { found, isLoading } = unwrap(await client.call('search.material', asked), context.words);
    // A program that was started for this command alone has the index in memory only if it is waited for.
    for (let asks = 1; isLoading && asks < asksWhileLoading; asks += 1)
      ({ found, isLoading } = unwrap(await client.call('search.material', asked), context.words));
    if (isLoading) context.err.write(`${searchWordsFor(context.locale).wordsAlone}\n`);
    for (const row of found) {
      const place = row.page === null ? row.title : `${row.title}, ${searchWordsFor(context.locale).page(row.page)}`;
      context.out.write(`${json ? JSON.stringify(row) : printable(`${row.sessionId}  ${place}  ${row.snippet.text}`)}\n`);
    }
    if (found.length === 0 && !json) context.err.write(`${searchWordsFor(context.locale).nothing}\n`);
    return exitCodes.done;
  });
}

export function showSearchHealth(context: CommandContext, { json }: Pick<SearchOptions, 'json'>): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const health = unwrap(await client.call('search.health', {}), context.words);
    const words = searchWordsFor(context.locale);
    const error = health.meaning?.error ?? null;
    const stop = error === null ? null : (context.words.refusals[error.code] ?? context.words.refused(error.message));
    const lines = json ? [JSON.stringify(health)] : [words.texts(health.textsToIndex), words.meaning(health.meaning, stop)];
    for (const line of lines) context.out.write(`${printable(line)}\n`);
    return exitCodes.done;
  });
}
