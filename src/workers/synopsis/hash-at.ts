import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes of a file that an export could have written, many times over; a larger one under its name is somebody else's. */
const largestRead = 256 * 1024 * 1024;

/**
 * SHA-256 of the file at this path, null when there is none. Throws when its folder is not there, as on a disk that was
 * taken out: what lies in it is then not known.
 */
export async function hashAt(path: string): Promise<string | null> {
  const found = await stat(path).catch(async (error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await stat(dirname(path));
    return null;
  });
  if (found === null) return null;
  if (!found.isFile() || found.size > largestRead) return 'no file of ours';
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
