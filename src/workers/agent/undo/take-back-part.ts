import type { FileChange } from '../../../shared/domain/file-change.ts';
import type { CompensationHandler } from '../../runtime/task-context.ts';
import { restoreFile } from './restore-file.ts';

/** Takes back what a finished part of a plan has changed, the last change first. A part that did not finish undoes its own. */
export const takeBackPart: CompensationHandler<{ readonly key: string }> = async ({ data }, context) => {
  for (let from: number | null = 0; from !== null;) {
    const { changes, next }: { readonly changes: readonly FileChange[]; readonly next: number | null } = await context.hostCall(
      'part.changes',
      { key: data.key, from },
    );
    for (const change of changes) {
      context.signal.throwIfAborted();
      await restoreFile(change, context);
    }
    from = next;
  }
};
