import { constants } from 'node:fs';
import { access, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError, exitCodes } from './exit-codes.ts';
import type { Words } from './words.ts';

/** Where the Markdown goes; null is standard output. */
export type OutputFile = string | null;

/**
 * Looks whether the file can be written once the work is done, which may be in an hour. Throws a `CommandError` with the
 * cure; the disk may still fill up until then.
 */
export async function checkOutputFile(out: string | null, sources: readonly string[], words: Words): Promise<OutputFile> {
  if (out === null || out === '-') return null;
  if (out === '') throw new CommandError(exitCodes.usage, words.noName);
  const path = resolve(out);
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory() === true) throw new CommandError(exitCodes.usage, words.outIsFolder(out));
  const folder = dirname(path);
  const parent = await stat(folder).catch(() => null);
  if (parent === null || !parent.isDirectory()) throw new CommandError(exitCodes.usage, words.outFolderMissing(folder));
  try {
    await access(there === null ? folder : path, constants.W_OK);
  } catch {
    throw new CommandError(exitCodes.usage, words.outNotWritable(out));
  }
  if (there !== null) {
    const real = await realpath(path);
    for (const source of sources) if ((await realpath(source)) === real) throw new CommandError(exitCodes.usage, words.outIsSource(out));
  }
  return path;
}

export async function writeOutputFile(path: string, markdown: string, words: Words): Promise<void> {
  await writeFile(path, markdown).catch((error: unknown) => {
    throw new CommandError(exitCodes.usage, words.cannotWrite(path, error instanceof Error ? error.message : String(error)));
  });
}
