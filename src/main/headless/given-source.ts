import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Client } from '../../shared/contract/client.ts';
import { uploadChunkBytes } from '../../shared/contract/documents.ts';
import { documentByteLimit } from '../../shared/domain/document.ts';
import { sayLeftOut } from '../../shared/domain/folder-files.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { readFolder } from './folder-sources.ts';
import { printable } from './printable.ts';
import { unwrap } from './unwrap.ts';
import type { Words } from './words.ts';

/** One source as it stands on the command line, with a fingerprint that is the same for the same material. */
export type GivenSource =
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly byteCount: number; readonly fingerprint: string }
  | { readonly kind: 'url'; readonly url: string; readonly name: string; readonly fingerprint: string };

const addressLike = /^[a-z][a-z0-9+.-]+:\/\//iu;
const bytesPerMebibyte = 1024 * 1024;

/**
 * The sources in the given order, each once; of a folder the files in it that can be read, and a word on the others. Throws a
 * `CommandError` for the first that cannot be one.
 */
export async function readGivenSources(
  given: readonly string[],
  { words, err, locale }: Pick<CommandContext, 'words' | 'err' | 'locale'>,
): Promise<GivenSource[]> {
  const sources = new Map<string, GivenSource>();
  for (const argument of given) {
    for (const path of addressLike.test(argument) ? [argument] : await filesOf(argument)) {
      const source = addressLike.test(argument) ? readAddress(argument, words) : await readFileSource(path, words);
      sources.set(source.fingerprint, source);
    }
  }
  return [...sources.values()];

  async function filesOf(argument: string): Promise<readonly string[]> {
    const isFolder =
      argument !== '' &&
      (await stat(resolve(argument)).then(
        found => found.isDirectory(),
        () => false,
      ));
    if (!isFolder) return [argument];
    const folder = await readFolder(resolve(argument)).catch((error: unknown) => {
      throw fileError(argument, error, words);
    });
    const said = sayLeftOut(printable(folder.name), folder.leftOut, folder.paths.length, spokenLanguage(locale));
    if (said !== null && folder.paths.length === 0) throw new CommandError(exitCodes.usage, said);
    if (said !== null) err.write(`${said}\n`);
    return folder.paths;
  }
}

function readAddress(argument: string, words: Words): GivenSource {
  const url = URL.parse(argument);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new CommandError(exitCodes.usage, words.badAddress(argument));
  return { kind: 'url', url: url.href, name: url.href, fingerprint: `url ${url.href}` };
}

async function readFileSource(argument: string, words: Words): Promise<GivenSource> {
  if (argument === '') throw new CommandError(exitCodes.usage, words.noName);
  const path = resolve(argument);
  try {
    const found = await stat(path);
    // A pipe gives its bytes once, and they are read twice here.
    if (!found.isFile()) throw new CommandError(exitCodes.usage, words.notAFile(argument));
    if (found.size > documentByteLimit)
      throw new CommandError(exitCodes.usage, words.fileTooLarge(argument, `${documentByteLimit / bytesPerMebibyte} MiB`));
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return { kind: 'file', path, name: basename(path), byteCount: found.size, fingerprint: `file ${hash.digest('hex')} ${basename(path)}` };
  } catch (error) {
    throw error instanceof CommandError ? error : fileError(argument, error, words);
  }
}

function fileError(argument: string, error: unknown, words: Words): CommandError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' && argument === '-') return new CommandError(exitCodes.usage, words.notFromInput);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new CommandError(exitCodes.usage, words.fileNotFound(argument));
  return new CommandError(exitCodes.usage, words.fileUnreadable(argument, error instanceof Error ? error.message : String(error)));
}

/** Hands the bytes of a file to the program, which may be another process, chunk by chunk. Returns the upload's id. */
export async function uploadFile(client: Client, source: Extract<GivenSource, { kind: 'file' }>, words: Words): Promise<string> {
  const { uploadId } = unwrap(await client.call('uploads.begin', { name: source.name, byteCount: source.byteCount }), words);
  const file = await open(source.path, 'r').catch((error: unknown) => {
    throw fileError(source.path, error, words);
  });
  try {
    const buffer = new Uint8Array(uploadChunkBytes);
    for (let offset = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, offset);
      if (bytesRead === 0) return uploadId;
      unwrap(await client.call('uploads.append', { uploadId, offset, bytes: buffer.slice(0, bytesRead) }), words);
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
}
