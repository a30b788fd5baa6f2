import { constants } from 'node:fs';
import { copyFile, link, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EffectNotDone } from '../../shared/domain/task-failure.ts';
import { codeOf, writeFault } from './write-fault.ts';

/** File systems without hard links, as on a memory stick, say one of these. */
const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN']);

/**
 * Makes a file that is not there yet, whole and on the disk, under a name of its own first. Throws `EffectNotDone` while
 * nothing has this path; any other error leaves it open.
 */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const part = join(dirname(path), `.${basename(path).slice(0, 100)}.konspekt-part`);
  try {
    // SECURITY: never written through. A folder that others share may hold a link of this name to a file of the person's; what
    // an attempt that was cut off has left goes the same way.
    await rm(part, { force: true });
    const file = await open(part, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw notDone(error);
  }
  try {
    await link(part, path).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw notDone(error);
      if (!noLinks.has(codeOf(error))) throw error;
      await copyFile(part, path, constants.COPYFILE_EXCL).catch((copyError: unknown) => {
        // Any other error may have left the beginning of the file behind.
        throw codeOf(copyError) === 'EEXIST' ? notDone(copyError) : copyError;
      });
    });
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
}

function notDone(error: unknown): EffectNotDone {
  return codeOf(error) === 'EEXIST'
    ? new EffectNotDone('not_written', 'A file of this name has appeared meanwhile; begin again from the first step.', {
        retryable: false,
        cause: error,
      })
    : writeFault(error);
}
