import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { RetryableError, TaskFailure } from '../../shared/domain/task-failure.ts';
import type { Effect, TaskContext } from '../runtime/task-context.ts';
import { hashAt } from './hash-at.ts';
import { writeNewFile } from './write-new-file.ts';

/** Names tried for one file: `Title.md`, `Title (2).md` and so on; more of one title is another question. */
const namesTried = 1_000;

type ExportFile = TaskInput<'synopses.export'>['files'][number];
type Planned = ExportFile & { readonly path: string; readonly isThere: boolean };

/**
 * Writes each synopsis into the person's folder, an effect each. Their paths are chosen and recorded first, so that a
 * later attempt knows its own files from others; nothing that is there is written over.
 *
 * @throws TaskFailure `folder_gone`, `folder_full`, `folder_read_only`, `not_written`, `name_taken`
 */
export async function exportSynopses(
  input: TaskInput<'synopses.export'>,
  context: TaskContext<'synopses.export'>,
): Promise<TaskOutput<'synopses.export'>> {
  const chosen = await context.step('plan', () => choosePaths(input));
  const files = new Map(input.files.map(file => [file.versionId, file]));
  const planned = chosen.flatMap((choice): Planned[] => {
    const file = files.get(choice.versionId);
    return file === undefined ? [] : [{ ...file, ...choice }];
  });
  const toWrite = planned.filter(file => !file.isThere);
  for (const [done, file] of toWrite.entries()) {
    context.signal.throwIfAborted();
    context.report({ phase: 'saving', label: file.fileName.slice(0, 200), done, total: toWrite.length });
    await context.effect(`file:${file.versionId}`, writing(file));
  }
  return { written: toWrite.length, there: planned.length - toWrite.length };
}

function writing({ path, staged, sha256 }: Planned): Effect<'synopses.export', { path: string }> {
  return {
    assumed: { path },
    compensate: { name: 'remove-file', data: { path, sha256 } },
    async check() {
      const there = await hashAt(path);
      if (there === null) return { happened: false };
      // Half a file, or one that somebody else has put there since: who can tell.
      return there === sha256 ? { happened: true, output: { path } } : { happened: 'unknown' };
    },
    async run() {
      await writeNewFile(path, await readFile(staged));
      return { path };
    },
  };
}

/** A free path for each file, or that of a file that holds the same text already. */
async function choosePaths({ folder, files }: TaskInput<'synopses.export'>) {
  const taken = new Set<string>();
  const choices: { versionId: ExportFile['versionId']; path: string; isThere: boolean }[] = [];
  for (const { versionId, fileName, sha256 } of files) {
    const choice = await choosePath(folder, fileName, sha256, taken);
    // File systems of two of the three systems do not tell upper case from lower case.
    taken.add(choice.path.toLowerCase());
    choices.push({ versionId, ...choice });
  }
  return choices;
}

async function choosePath(folder: string, fileName: string, sha256: string, taken: ReadonlySet<string>) {
  const extension = extname(fileName);
  const stem = fileName.slice(0, fileName.length - extension.length);
  for (let n = 1; n <= namesTried; n += 1) {
    const path = join(folder, n === 1 ? fileName : `${stem} (${n})${extension}`);
    if (taken.has(path.toLowerCase())) continue;
    const there = await hashAt(path).catch((error: unknown) => {
      throw new RetryableError('folder_gone', 'The folder for the exported files cannot be read.', null, error);
    });
    if (there === null || there === sha256) return { path, isThere: there !== null };
  }
  throw new TaskFailure('name_taken', `There are ${namesTried} files named like one of the synopses already.`, { retryable: false });
}
