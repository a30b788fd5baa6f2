import { constants } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { existingPath, PathRefused, refuse, type PathInFolder } from './granted-path.ts';

/** Waiting for the other end of a pipe, or following a link put there after the look, is refused by the system itself. */
const readOnly = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a file of a granted folder for reading, to be closed by the caller.
 * SECURITY: the path is looked up again after the file is open, and has to be the same file: a folder on the way that was swapped
 * for a link in between is noticed, and nothing was read yet.
 *
 * @throws PathRefused
 */
export async function openChecked(
  place: PathInFolder,
): Promise<{ readonly file: FileHandle; readonly byteCount: number; readonly modifiedMs: number }> {
  const { shown } = place;
  const real = await existingPath(place);
  const before = await stat(real).catch(refuse(shown));
  if (before.isDirectory()) throw new PathRefused('is_folder', shown);
  if (!before.isFile()) throw new PathRefused('no_file', shown);
  const file = await open(real, readOnly).catch(refuse(shown));
  try {
    const opened = await file.stat();
    const again = await realpath(real).catch(refuse(shown));
    const now = await stat(again).catch(refuse(shown));
    if (again !== real || now.ino !== opened.ino || now.dev !== opened.dev) throw new PathRefused('leads_out', shown);
    if (!opened.isFile()) throw new PathRefused('no_file', shown);
    return { file, byteCount: opened.size, modifiedMs: opened.mtimeMs };
  } catch (error) {
    await file.close();
    throw error;
  }
}
