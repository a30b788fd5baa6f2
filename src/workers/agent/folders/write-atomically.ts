import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EffectNotDone } from '../../../shared/domain/task-failure.ts';

/** File systems without hard links, as on a memory stick, say one of these. */
const noLinks: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'UNKNOWN']);
/** What a person's own rights to a file are kept of when it is replaced; never the bits that run it as another account. */
const rightsMask = 0o777;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Makes a file that is not there: whole or not at all. Throws `EffectNotDone` while nothing has this name (`is_there`: something has). */
export async function writeFileOnce(target: string, bytes: Uint8Array): Promise<void> {
  await withPart(target, bytes, 0o666, async part => {
    await link(part, target).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw isThere(error);
      if (!noLinks.has(codeOf(error))) throw notWritten(error);
      await copyFile(part, target, constants.COPYFILE_EXCL).catch((copyError: unknown) => {
        // Any other error may have left the beginning of the file behind.
        throw codeOf(copyError) === 'EEXIST' ? isThere(copyError) : copyError;
      });
    });
  });
}

/** Puts a file in the place of one that is there. A name that has become a link meanwhile is itself replaced, not what it leads to. */
export async function replaceFile(target: string, bytes: Uint8Array, mode: number): Promise<void> {
  await withPart(target, bytes, mode & rightsMask, async part => {
    await rename(part, target).catch((error: unknown) => {
      throw notWritten(error);
    });
  });
}

/** The bytes are on the disk under a name that nobody can foresee before `use` gives them theirs. */
async function withPart(target: string, bytes: Uint8Array, mode: number, use: (part: string) => Promise<void>): Promise<void> {
  const part = join(dirname(target), `.konspekt-${randomUUID()}.part`);
  try {
    try {
      // SECURITY: `wx` neither follows nor opens anything that is there.
      const file = await open(part, 'wx', mode);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    } catch (error) {
      throw notWritten(error);
    }
    await use(part);
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
}

function isThere(cause: unknown): EffectNotDone {
  return new EffectNotDone('is_there', 'A file of this name has appeared meanwhile.', { retryable: false, cause });
}

function notWritten(cause: unknown): EffectNotDone {
  return new EffectNotDone('not_written', 'The file could not be written. Check the free space and the rights to the folder.', {
    retryable: false,
    cause,
  });
}
