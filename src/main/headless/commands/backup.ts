import { resolve } from 'node:path';
import type { Backups } from '../../../shared/contract/backups.ts';
import { backupName } from '../../../shared/domain/backup.ts';
import { programPaths } from '../../app/program-paths.ts';
import { withProgram } from '../attach.ts';
import { backupWordsFor, type BackupWords } from '../backup-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { startHost } from '../host.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';

const mebibyte = 1024 * 1024;

export function listBackups(context: CommandContext, { json }: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { backups, wanted } = unwrap(await client.call('backups.list', {}), context.words);
    if (json) context.out.write(`${JSON.stringify({ backups, wanted })}\n`);
    else for (const line of lines({ backups, wanted }, context)) context.out.write(`${line}\n`);
    return exitCodes.done;
  });
}

function lines({ backups, wanted }: Backups, { locale }: CommandContext): string[] {
  const words = backupWordsFor(locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  if (backups.length === 0) return [words.none];
  return backups.map(({ name, reason, atMs, bytes, isKnown, contents }) =>
    [
      name,
      date.format(atMs),
      words.mebibytes(short.format(bytes / mebibyte)),
      words.reason[reason],
      isKnown ? (contents === null ? words.unreadable : words.contents(contents)) : words.tooNew,
      ...(name === wanted ? [words.wanted] : []),
    ].join('  '),
  );
}

export function makeBackup(context: CommandContext): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { backups } = unwrap(await client.call('backups.make', {}), context.words);
    const [newest] = backups.filter(({ reason }) => reason === 'manual');
    context.out.write(`${backupWordsFor(context.locale).made(newest?.name ?? '')}\n`);
    return exitCodes.done;
  });
}

export function checkBackup(context: CommandContext, given: string): Promise<ExitCode> {
  const name = nameOf(given, context);
  return withProgram(context, { works: false }, async ({ client }) => {
    const words = backupWordsFor(context.locale);
    const { isSound } = unwrap(await client.call('backups.check', { name }), context.words);
    context.out.write(`${isSound ? words.sound : words.damaged}\n`);
    return isSound ? exitCodes.done : exitCodes.failed;
  });
}

export function exportEverything(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const words = backupWordsFor(context.locale);
    const copied = unwrap(await client.call('backups.writeCopy', { path: resolve(given) }), context.words);
    if (copied === null) throw new CommandError(exitCodes.cancelled, context.words.stopped);
    context.out.write(`${copied.folder}\n`);
    return told(copied.missingFiles, words, context);
  });
}

export function importEverything(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const words = backupWordsFor(context.locale);
    const taken = unwrap(await client.call('backups.takeIn', { path: resolve(given) }), context.words);
    if (taken === null) throw new CommandError(exitCodes.cancelled, context.words.stopped);
    context.out.write(`${words.takenIn(taken.name)}\n`);
    return told(taken.missingFiles, words, context);
  });
}

function told(missingFiles: number, words: BackupWords, { err }: CommandContext): ExitCode {
  if (missingFiles === 0) return exitCodes.done;
  err.write(`${words.missing(missingFiles)}\n`);
  return exitCodes.issues;
}

/** With a running program it is carried out when that starts again; without one, now. */
export async function restoreBackup(context: CommandContext, given: string): Promise<ExitCode> {
  const { words, out, locale, dataDir } = context;
  const name = nameOf(given, context);
  const own = backupWordsFor(locale);
  const isRunning = await withProgram(context, { works: false }, async ({ client, running }) => {
    unwrap(await client.call('backups.restore', { name }), words);
    return running !== null;
  });
  if (isRunning) {
    out.write(`${own.willRestore(name)}\n`);
    return exitCodes.done;
  }
  const host = await startHost({ dataDir, locale, withPage: false, port: 0, paths: programPaths(), stays: 'command', works: false });
  const { wanted } = host.app.opened;
  await host.close();
  if (wanted?.ok !== true) throw new CommandError(exitCodes.failed, own.notRestored);
  out.write(`${own.restored(new Date(wanted.takenAtMs), wanted.safety)}\n${own.paused}\n`);
  return exitCodes.done;
}

export function cancelRestore(context: CommandContext): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    unwrap(await client.call('backups.keepPresent', {}), context.words);
    context.out.write(`${backupWordsFor(context.locale).keptPresent}\n`);
    return exitCodes.done;
  });
}

function nameOf(given: string, { locale }: CommandContext): string {
  const name = backupName.safeParse(given);
  if (!name.success) throw new CommandError(exitCodes.notFound, backupWordsFor(locale).noSuch(printable(given)));
  return name.data;
}
