import { rm } from 'node:fs/promises';
import { RetryableError } from '../../shared/domain/task-failure.ts';
import type { CompensationHandler } from '../runtime/task-context.ts';
import { hashAt } from './hash-at.ts';

/** Takes an exported file back, unless the person has changed or removed it. */
export const removeFile: CompensationHandler<{ readonly path: string; readonly sha256: string }> = async ({ data }) => {
  try {
    if ((await hashAt(data.path)) === data.sha256) await rm(data.path);
  } catch (error) {
    throw new RetryableError('folder_gone', 'An exported file could not be removed: its folder is not there or not writable.', null, error);
  }
};
