import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EffectNotDone } from '../../../shared/domain/task-failure.ts';

/** The rights to a file that are kept when it is replaced; never the bits that run it as another account. */
const rightsMask = 0o777;

/**
 * Puts a file in the place of one that is there: whole or not at all. A name that has become a link meanwhile is itself
 * replaced, not what it leads to. Throws `EffectNotDone`: nothing has changed.
 */
export async function replaceFile(target: string, bytes: Uint8Array, mode: number): Promise<void> {
  const part = join(dirname(target), `.konspekt-${randomUUID()}.part`);
  try {
    // SECURITY: `wx` neither follows nor opens anything that is there.
    const file = await open(part, 'wx', mode & rightsMask);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {});
    throw new EffectNotDone('not_written', 'The file could not be replaced. Check the free space and the rights to the folder.', {
      retryable: false,
      cause,
    });
  }
}
