import { lstat, rm } from 'node:fs/promises';
import type { FileChange } from '../../../shared/domain/file-change.ts';
import { RetryableError } from '../../../shared/domain/task-failure.ts';
import type { UndoContext } from '../../runtime/task-context.ts';
import { hashAt } from '../../synopsis/hash-at.ts';
import { replaceFile } from '../folders/replace-file.ts';

/**
 * Takes a written file back: removes a new one, puts back what a replaced one held. One that somebody has changed or removed
 * since is theirs, and is left as it is; so undoing twice is undoing once.
 */
export async function restoreFile({ path, sha256, before }: FileChange, context: Pick<UndoContext, 'hostCall'>): Promise<void> {
  if ((await orGone(hashAt(path))) !== sha256) return;
  const bytes = before === null ? null : await bytesOf(before, context);
  await orGone(bytes === null ? rm(path) : lstat(path).then(({ mode }) => replaceFile(path, bytes, mode)));
}

async function bytesOf(before: NonNullable<FileChange['before']>, context: Pick<UndoContext, 'hostCall'>): Promise<Uint8Array> {
  if (typeof before === 'string') return Buffer.from(before, 'utf8');
  return Buffer.from((await context.hostCall('file.kept', { sha256: before.kept })).base64, 'base64');
}

async function orGone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new RetryableError(
      'folder_gone',
      'A written file could not be taken back: its folder is not there or not writable.',
      null,
      error,
    );
  }
}
