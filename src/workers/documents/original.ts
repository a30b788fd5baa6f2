import { open, readFile, stat } from 'node:fs/promises';
import { documentByteLimit } from '../../shared/domain/document.ts';
import { DocumentRefused } from './document-refused.ts';

/** The bytes to read, always a file: given by the person, or fetched into the staging folder. */
export interface Original {
  readonly path: string;
  readonly name: string;
  readonly byteCount: number;
  /** As the server declared them; null for a file. */
  readonly mime: string | null;
  readonly charset: string | null;
}

/** Faults of a file that trying again does not cure, with the code the person sees. */
const fileFaults: Readonly<Record<string, 'not_found' | 'unreadable'>> = {
  ENOENT: 'not_found',
  ENOTDIR: 'not_found',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
  EISDIR: 'unreadable',
  ELOOP: 'unreadable',
};

/** @throws DocumentRefused `not_found`, `unreadable`, `empty` or `too_large` */
export async function openOriginal(
  path: string,
  name: string,
  declared: { mime: string | null; charset: string | null },
): Promise<Original> {
  const stats = await stat(path).catch(refuseFault);
  if (!stats.isFile()) throw new DocumentRefused('unreadable', 'not a regular file');
  if (stats.size === 0) throw new DocumentRefused('empty');
  if (stats.size > documentByteLimit) throw new DocumentRefused('too_large', `${stats.size} bytes, at most ${documentByteLimit} are read`);
  return { path, name, byteCount: stats.size, ...declared };
}

/** The first `limit` bytes, or all of a shorter file. */
export async function readStart(original: Original, limit: number): Promise<Buffer> {
  if (original.byteCount <= limit) return await readFile(original.path).catch(refuseFault);
  const file = await open(original.path, 'r').catch(refuseFault);
  try {
    const buffer = Buffer.allocUnsafe(limit);
    let filled = 0;
    while (filled < limit) {
      const { bytesRead } = await file.read(buffer, filled, limit - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

function refuseFault(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fault = fileFaults[code];
  if (fault === undefined) throw error;
  throw new DocumentRefused(fault, code, error);
}
