import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SnapshotInput } from '../../shared/contract/worker/task-values.ts';
import { snapshot, type Snapshot } from '../../shared/domain/snapshot.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';

/**
 * Reads a stored snapshot and proves it is the one that was asked for: a citation is an offset into exactly this text.
 *
 * @throws TaskFailure `snapshot_unreadable` (may pass) when the file cannot be read, `snapshot_damaged` when it is gone or
 *   not what its hash says
 */
export async function readSnapshot(input: SnapshotInput, signal: AbortSignal): Promise<Snapshot> {
  const damaged = (cause?: unknown): TaskFailure =>
    new TaskFailure('snapshot_damaged', `The stored text of "${input.title}" is not what was stored. Add the document again.`, {
      retryable: false,
      cause,
    });
  let text: string;
  try {
    text = await readFile(input.path, { encoding: 'utf8', signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw damaged(error);
    throw new TaskFailure('snapshot_unreadable', `The stored text of "${input.title}" cannot be read.`, { retryable: true, cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
  const parsed = snapshot.safeParse(value);
  if (!parsed.success) throw damaged(parsed.error);
  const hash = createHash('sha256').update(parsed.data.text, 'utf8').digest('hex');
  if (hash !== input.snapshotHash || hash !== parsed.data.hash) throw damaged();
  const { length } = parsed.data.text;
  for (const { start, end } of [...parsed.data.segments, ...parsed.data.pages]) if (start > end || end > length) throw damaged();
  return parsed.data;
}
