import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '../../../shared/contract/client.ts';
import type { ReachView } from '../../../shared/domain/reach.ts';
import type { WebSearchKind } from '../../../shared/domain/web-search.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { givenKey } from '../given-key.ts';
import { modelWordsFor } from '../model-words.ts';
import { printable } from '../printable.ts';
import { reachWordsFor, type ReachWords } from '../reach-words.ts';
import { unwrap } from '../unwrap.ts';

export function listReach(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  const words = reachWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const all = await current(client, context);
    if (options.json) context.out.write(`${JSON.stringify({ webSearch: all.webSearch, folders: all.folders, secrets: all.secrets })}\n`);
    else {
      context.out.write(`${printable(searchLine(all, words))}\n`);
      if (all.folders.length === 0) context.out.write(`${words.noFolders}\n`);
      for (const { path, mayWrite } of all.folders) context.out.write(`${printable(path)}  ${mayWrite ? words.writes : words.reads}\n`);
    }
    return exitCodes.done;
  });
}

export async function setSearch(
  context: CommandContext,
  address: string | null,
  options: { readonly kind: WebSearchKind; readonly keyEnv?: string; readonly keyStdin: boolean },
): Promise<ExitCode> {
  const words = reachWordsFor(context.locale);
  if (address === null && options.kind === 'searxng') throw new CommandError(exitCodes.usage, words.needsAddress);
  const key = await givenKey(options, context);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { secrets } = await current(client, context);
    if (key?.is === 'new' && secrets === 'weak') context.err.write(`${modelWordsFor(context.locale).weak}\n`);
    const call = { kind: options.kind, url: address, ...(key === undefined ? {} : { key }) };
    const all = unwrap(await client.call('reach.saveSearch', call), context.words);
    context.out.write(`${printable(searchLine(all, words))}\n`);
    return exitCodes.done;
  });
}

export function removeSearch(context: CommandContext): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    unwrap(await client.call('reach.removeSearch', {}), context.words);
    context.out.write(`${reachWordsFor(context.locale).searchRemoved}\n`);
    return exitCodes.done;
  });
}

export function testSearch(context: CommandContext): Promise<ExitCode> {
  const words = reachWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    if ((await current(client, context)).webSearch === null) throw new CommandError(exitCodes.notFound, words.noSearch);
    const { count, ms } = unwrap(await client.call('reach.testSearch', {}), context.words);
    context.out.write(`${words.tested(count, ms)}\n`);
    return exitCodes.done;
  });
}

export function grantFolder(context: CommandContext, folder: string, mayWrite: boolean): Promise<ExitCode> {
  const words = reachWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const path = resolve(folder);
    unwrap(await client.call('reach.grantFolder', { path, mayWrite }), context.words);
    context.out.write(`${printable(words.granted(path, mayWrite ? words.writes : words.reads))}\n`);
    return exitCodes.done;
  });
}

export function revokeFolder(context: CommandContext, folder: string): Promise<ExitCode> {
  const words = reachWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const path = resolve(folder);
    const { folders } = await current(client, context);
    // One that is gone from the disk can still be taken back.
    const found = folders.find(each => each.path === path || each.path === realOf(path));
    if (found === undefined) throw new CommandError(exitCodes.notFound, words.notGranted(printable(path)));
    unwrap(await client.call('reach.removeFolder', { folderId: found.id }), context.words);
    context.out.write(`${printable(words.revoked(found.path))}\n`);
    return exitCodes.done;
  });
}

async function current(client: Client, { words }: CommandContext): Promise<ReachView> {
  return unwrap(await client.call('reach.get', {}), words);
}

function searchLine({ webSearch }: ReachView, words: ReachWords): string {
  if (webSearch === null) return words.noSearch;
  return `${words.search(webSearch.kind, webSearch.url)}${webSearch.hasKey ? `  ${words.withKey}` : ''}`;
}

function realOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
