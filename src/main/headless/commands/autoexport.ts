import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '../../../shared/contract/client.ts';
import type { AutoExportMode, AutoExportView } from '../../../shared/domain/auto-export.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import { withProgram } from '../attach.ts';
import { autoExportWordsFor } from '../autoexport-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';
import { ended, whileWaiting } from './jobs.ts';

export function listAutoExports(context: CommandContext, { json }: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { folders } = unwrap(await client.call('autoExports.list', {}), context.words);
    if (json) context.out.write(`${JSON.stringify(folders)}\n`);
    else print(folders, context);
    return exitCodes.done;
  });
}

function print(folders: readonly AutoExportView[], { out, locale, words: all }: CommandContext): void {
  const words = autoExportWordsFor(locale);
  if (folders.length === 0) out.write(`${words.none}\n`);
  for (const { path, mode, sessions, fileCount, edited, deleted, last } of folders) {
    const chats = sessions === null ? [] : [words.chats(sessions.length)];
    out.write(`${[printable(path), words.mode[mode], ...chats, words.files(fileCount)].join('  ')}\n`);
    if (last?.errorCode != null) out.write(`  ${words.trouble(all.jobErrors[last.errorCode] ?? last.errorCode)}\n`);
    for (const name of edited.names) out.write(`  ${words.edited(printable(name))}\n`);
    for (const name of deleted.names) out.write(`  ${words.deleted(printable(name))}\n`);
  }
}

export function addAutoExport(
  context: CommandContext,
  folder: string,
  { mode, chat: chats }: { readonly mode: AutoExportMode; readonly chat: readonly string[] },
): Promise<ExitCode> {
  return whileWaiting(context, signal =>
    withProgram(context, { works: true, signal }, async ({ client }) => {
      const sessions: SessionId[] = [];
      for (const chat of chats) sessions.push(await findChat(client, chat, context));
      const path = resolve(folder);
      const wanted = { path, mode, sessions: sessions.length === 0 ? null : sessions };
      const { jobId } = unwrap(await client.call('autoExports.add', wanted), context.words);
      context.err.write(`${printable(autoExportWordsFor(context.locale).added(path))}\n`);
      return await untilThere(client, path, jobId, context, signal);
    }),
  );
}

export function removeAutoExport(context: CommandContext, folder: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const found = await find(client, folder, context);
    unwrap(await client.call('autoExports.remove', { folderId: found.id }), context.words);
    context.out.write(`${printable(autoExportWordsFor(context.locale).removed(found.path))}\n`);
    return exitCodes.done;
  });
}

export function runAutoExport(context: CommandContext, folder: string, { restore }: { readonly restore: boolean }): Promise<ExitCode> {
  return whileWaiting(context, signal =>
    withProgram(context, { works: true, signal }, async ({ client }) => {
      const { id } = await find(client, folder, context);
      const { job } = unwrap(await client.call('autoExports.run', { folderId: id, restore }), context.words);
      return await untilThere(client, folder, job.id, context, signal);
    }),
  );
}

/** Waits for the end of the job, where there is one, and tells what is in the folder now. */
async function untilThere(
  client: Client,
  folder: string,
  jobId: JobId | null,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode> {
  const exit = jobId === null ? exitCodes.done : await ended(client, jobId, jobId, context, signal);
  print([await find(client, folder, context)], context);
  return exit;
}

async function find(client: Client, folder: string, { words, locale }: CommandContext): Promise<AutoExportView> {
  const path = resolve(folder);
  const { folders } = unwrap(await client.call('autoExports.list', {}), words);
  // One that is gone from the disk is still known by the path it had.
  const found = folders.find(each => each.path === path || each.path === realOf(path));
  if (found === undefined) throw new CommandError(exitCodes.notFound, autoExportWordsFor(locale).notThere(printable(path)));
  return found;
}

function realOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
