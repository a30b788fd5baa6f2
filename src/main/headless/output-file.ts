import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, open, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
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
  await proveWritable(path, there).catch((error: unknown) => {
    throw new CommandError(exitCodes.usage, words.outNotWritable(out, reasonOf(error)));
  });
  if (there !== null) {
    const real = await realpath(path);
    for (const source of sources) if ((await realpath(source)) === real) throw new CommandError(exitCodes.usage, words.outIsSource(out));
  }
  return path;
}

export async function writeOutputFile(path: string, markdown: string, words: Words): Promise<void> {
  await writeFile(path, markdown).catch((error: unknown) => {
    throw new CommandError(exitCodes.usage, words.cannotWrite(path, reasonOf(error)));
  });
}

/**
 * Does what writing will do without touching what is there: rights alone do not tell of a file system that takes no files
 * (`/proc`, a read-only medium). A device or a pipe is left alone, since opening it is already using it.
 */
async function proveWritable(path: string, there: Stats | null): Promise<void> {
  if (there === null) {
    const probe = join(dirname(path), `.konspekt-${randomUUID()}`);
    await (await open(probe, 'wx')).close();
    await rm(probe);
  } else if (there.isFile()) await (await open(path, 'r+')).close();
  else await access(path, constants.W_OK);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof Error ? (code === '' ? error.message : code) : String(error);
}
