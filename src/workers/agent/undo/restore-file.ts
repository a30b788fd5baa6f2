import { lstat, rm } from 'node:fs/promises';
import type { FileChange } from '../../../shared/domain/file-change.ts';
import { RetryableError } from '../../../shared/domain/task-failure.ts';
import { hashAt } from '../../synopsis/hash-at.ts';
import { replaceFile } from '../folders/replace-file.ts';

/**
 * Takes a written file back: removes a new one, puts back what a replaced one held. One that somebody has changed or removed
 * since is theirs, and is left as it is; so undoing twice is undoing once.
 */
export async function restoreFile({ path, sha256, before }: FileChange): Promise<void> {
  try {
    if ((await hashAt(path)) !== sha256) return;
    if (before === null) await rm(path);
    else await replaceFile(path, Buffer.from(before, 'utf8'), (await lstat(path)).mode);
  } catch (error) {
    throw new RetryableError(
      'folder_gone',
      'A written file could not be taken back: its folder is not there or not writable.',
      null,
      error,
    );
  }
}
