import { RetryableError } from '../../../shared/domain/task-failure.ts';
import type { CompensationHandler } from '../../runtime/task-context.ts';
import { restoreFile } from './restore-file.ts';

/** Takes back what a finished part of a plan has changed, the last change first. A part that did not finish undoes its own. */
export const takeBackPart: CompensationHandler<{ readonly key: string }> = async ({ data }, context) => {
  const changes = await context.hostCall('part.changes', { key: data.key });
  if (changes === null)
    throw new RetryableError('part_not_over', 'A part of the plan has not come to its end yet; it is taken back after that.');
  for (const change of changes) {
    context.signal.throwIfAborted();
    await restoreFile(change);
  }
};
