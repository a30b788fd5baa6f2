import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Client } from '../../shared/contract/client.ts';
import { uploadChunkBytes } from '../../shared/contract/documents.ts';
import { documentByteLimit } from '../../shared/domain/document.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { unwrap } from './unwrap.ts';
import type { Words } from './words.ts';

/** One source as it stands on the command line, with a fingerprint that is the same for the same material. */
export type GivenSource =
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly byteCount: number; readonly fingerprint: string }
  | { readonly kind: 'url'; readonly url: string; readonly name: string; readonly fingerprint: string };

const webAddress = /^https?:\/\//iu;
const bytesPerMebibyte = 1024 * 1024;

export async function readGivenSource(argument: string, words: Words): Promise<GivenSource> {
  if (webAddress.test(argument)) return { kind: 'url', url: argument, name: argument, fingerprint: `url ${argument}` };
  const path = resolve(argument);
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CommandError(exitCodes.usage, words.fileNotFound(argument));
  if (found.isDirectory()) throw new CommandError(exitCodes.usage, words.isFolder(argument));
  if (found.size > documentByteLimit) throw new CommandError(exitCodes.usage, words.fileTooLarge(argument, `${documentByteLimit / bytesPerMebibyte} MiB`));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { kind: 'file', path, name: basename(path), byteCount: found.size, fingerprint: `file ${hash.digest('hex')} ${basename(path)}` };
}

/** Hands the bytes of a file to the program, which may be another process, chunk by chunk. Returns the upload's id. */
export async function uploadFile(client: Client, source: Extract<GivenSource, { kind: 'file' }>, words: Words): Promise<string> {
  const { uploadId } = unwrap(await client.call('uploads.begin', { name: source.name, byteCount: source.byteCount }), words);
  const file = await open(source.path, 'r');
  try {
    const buffer = new Uint8Array(uploadChunkBytes);
    for (let offset = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, offset);
      if (bytesRead === 0) return uploadId;
      unwrap(await client.call('uploads.append', { uploadId, offset, bytes: buffer.slice(0, bytesRead) }), words);
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
}
