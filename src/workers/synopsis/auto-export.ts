import { lstat, open, readFile, readdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, extname, join, posix, sep } from 'node:path';
import type { AutoExported, TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import { EffectNotDone, RetryableError, TaskFailure } from '../../shared/domain/task-failure.ts';
import type { TaskContext } from '../runtime/task-context.ts';
import { findMarked } from './find-marked.ts';
import { hashAt } from './hash-at.ts';
import { writeFault } from './write-fault.ts';
import { writeNewFile } from './write-new-file.ts';

/** Names tried for one file; more of one title is another question. */
const namesTried = 1_000;

type Wanted = TaskInput<'synopsis.autoexport'>['files'][number];
type Known = NonNullable<Wanted['known']>;

/**
 * Brings a folder of the person's up to date. A file is written over only while it holds what was last written there, so an
 * attempt that follows a crash finds its own text and writes nothing twice.
 *
 * @throws TaskFailure `folder_gone`, `folder_full`, `folder_read_only`, `not_written`, `name_taken`
 */
export async function autoExport(
  { folder, mode, restore, files }: TaskInput<'synopsis.autoexport'>,
  context: TaskContext<'synopsis.autoexport'>,
): Promise<TaskOutput<'synopsis.autoexport'>> {
  let written = 0;
  let left = 0;
  for (const [done, file] of files.entries()) {
    context.signal.throwIfAborted();
    context.report({ phase: 'saving', label: file.fileName.slice(0, 200), done, total: files.length });
    const { did } = await context.effect(`file:${file.versionId}`, {
      assumed: { ...isNow(file, 'unchanged', file.known?.name ?? file.fileName) },
      run: () => exportFile(file, { folder, mode, restore }),
    });
    if (did === 'written') written += 1;
    if (did === 'left') left += 1;
  }
  return { written, left };
}

type Into = Pick<TaskInput<'synopsis.autoexport'>, 'folder' | 'mode' | 'restore'>;

/** Safe to do again: what an attempt that was cut off has written is found and taken for what it is. */
export async function exportFile(file: Wanted, into: Into): Promise<AutoExported> {
  await assertFolder(into.folder);
  const { known } = file;
  if (known === null) return writeBeside(file, into.folder, '', null);
  const found = await findKnown(known, file, into.folder);
  if (found === null) {
    if (!into.restore) return { ...isNow(file, 'left', known.name), sha256: known.sha256, state: 'deleted' };
    const restored = await writeBeside(file, into.folder, folderOf(known.name), null);
    // Under another name when that one has become free: the deleted one is this file, and is told as deleted no more.
    return restored.name === known.name ? restored : { ...restored, before: { name: known.name, now: restored.name, isEdited: false } };
  }
  const moved = found.name === known.name ? null : { name: known.name, now: found.name, isEdited: false };
  if (found.sha256 === file.sha256) return { ...isNow(file, 'unchanged', found.name), before: moved };
  if (found.sha256 === known.sha256) {
    // The same version, which another version of the program would only word otherwise.
    if (known.isSameVersion || into.mode === 'append')
      return { ...isNow(file, 'unchanged', found.name), sha256: known.sha256, before: moved };
    await replace(join(into.folder, ...found.name.split('/')), known.sha256, await readFile(file.staged));
    return { ...isNow(file, 'written', found.name), before: moved };
  }
  // The person's own words are in it, and the version is there already.
  if (known.isSameVersion) return { ...isNow(file, 'left', found.name), sha256: known.sha256, state: 'edited', before: moved };
  return writeBeside(file, into.folder, folderOf(found.name), { name: known.name, now: found.name, isEdited: true });
}

function isNow({ versionId, sessionId, sha256 }: Wanted, did: AutoExported['did'], name: string): AutoExported {
  return { versionId, sessionId, did, name, sha256, state: 'written', before: null };
}

const folderOf = (name: string): string => (posix.dirname(name) === '.' ? '' : posix.dirname(name));

/** Where a known file lies now and what it holds; null when the person has deleted it. */
async function findKnown(known: Known, file: Wanted, folder: string): Promise<{ name: string; sha256: string } | null> {
  const there = await hashOf(folder, known.name);
  if (there !== null) return { name: known.name, sha256: there };
  const candidates: { name: string; sha256: string }[] = [];
  for (const name of await findMarked(folder, file.mark)) {
    const sha256 = await hashOf(folder, name);
    if (sha256 !== null) candidates.push({ name, sha256 });
  }
  // A copy that the person works in is not taken for the file itself.
  return candidates.find(({ sha256 }) => sha256 === known.sha256) ?? candidates[0] ?? null;
}

/** Null where nothing of this name lies in the folder, also where it lies behind a link. */
async function hashOf(folder: string, name: string): Promise<string | null> {
  const path = join(folder, ...name.split('/'));
  // SECURITY: neither a link in place of the file nor one on the way to it leads out of the folder.
  const found = await lstat(path).catch(() => null);
  if (found === null) return null;
  if (found.isSymbolicLink() || !(await isWithin(dirname(path), folder))) return 'no file of ours';
  return await hashAt(path).catch((cause: unknown) => {
    throw new RetryableError('folder_gone', 'The folder for the exported files cannot be read.', null, cause);
  });
}

async function isWithin(inner: string, folder: string): Promise<boolean> {
  const real = await realpath(inner).catch(() => null);
  return real !== null && (real === folder || real.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`));
}

/** SECURITY: the folder is the one that was chosen, not a link that was put in its place since. */
async function assertFolder(folder: string): Promise<void> {
  const real = await realpath(folder).catch(() => null);
  const found = real === folder ? await lstat(folder).catch(() => null) : null;
  if (found?.isDirectory() !== true) throw gone();
}

function gone(cause?: unknown): TaskFailure {
  return new RetryableError('folder_gone', 'The folder for the exported files is not there.', null, cause);
}

/** Under the first name that is free; one that holds the very text already is the file itself. */
async function writeBeside(file: Wanted, folder: string, within: string, before: AutoExported['before']): Promise<AutoExported> {
  const extension = extname(file.fileName);
  const stem = file.fileName.slice(0, file.fileName.length - extension.length);
  const target = join(folder, ...(within === '' ? [] : within.split('/')));
  const place = (await isWithin(target, folder)) ? { path: target, within } : { path: folder, within: '' };
  const taken = await namesIn(place.path);
  for (let n = 1; n <= namesTried; n += 1) {
    const fileName = n === 1 ? file.fileName : `${stem} (${file.besideWord} ${n})${extension}`;
    const name = place.within === '' ? fileName : `${place.within}/${fileName}`;
    if (taken.has(folded(fileName))) {
      if ((await hashOf(folder, name)) === file.sha256) return { ...isNow(file, 'unchanged', name), before };
      continue;
    }
    await writeNewFile(join(place.path, fileName), await readFile(file.staged));
    return { ...isNow(file, 'written', name), before };
  }
  throw new TaskFailure('name_taken', `There are ${namesTried} files named like one of the synopses already.`, { retryable: false });
}

async function namesIn(path: string): Promise<ReadonlySet<string>> {
  const names = await readdir(path).catch((cause: unknown) => {
    throw gone(cause);
  });
  return new Set(names.map(folded));
}

/** Two of the three systems tell neither upper from lower case nor one spelling of й from the other. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Puts the new text in place of the old in one go, unless somebody has changed that in this moment. */
async function replace(path: string, expected: string, bytes: Uint8Array): Promise<void> {
  const part = join(dirname(path), `.${expected.slice(0, 16)}.konspekt-part`);
  try {
    // SECURITY: never written through what lies there, as in `writeNewFile`.
    await rm(part, { force: true });
    const handle = await open(part, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if ((await hashAt(path)) !== expected)
      throw new EffectNotDone('not_written', 'The file was changed in this moment; it is looked at again.', { retryable: true });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {});
    throw cause instanceof EffectNotDone ? cause : writeFault(cause);
  }
}
