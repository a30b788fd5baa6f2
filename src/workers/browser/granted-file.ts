import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { existingPath, pathInFolder, PathRefused, refuse, type PathFault } from '../agent/folders/granted-path.ts';
import { BrowserFault } from './browser-session.ts';

/** A file that a page may be given. */
export interface GrantedFile {
  /** Its real place. */
  readonly path: string;
  readonly name: string;
  readonly byteCount: number;
}

/** Of these the person has to grant nothing: there is no such file. */
const missing: ReadonlySet<PathFault> = new Set(['not_there', 'no_file', 'is_folder', 'bad_name']);

/**
 * The file that a path means, which begins with the name of a granted folder or is a whole path within one. SECURITY: looked up anew
 * at each use, with every link followed, so that none leads out of a folder that was granted. Throws a `BrowserFault`: `not_found` or
 * `not_allowed`.
 */
export async function grantedFile(path: string, folders: readonly string[]): Promise<GrantedFile> {
  try {
    const place = pathInFolder(
      path,
      folders.map(folder => ({ path: folder, mayWrite: false })),
    );
    const real = await existingPath(place);
    const stats = await stat(real).catch(refuse(place.shown));
    if (!stats.isFile()) throw new PathRefused('no_file', place.shown);
    return { path: real, name: basename(real), byteCount: stats.size };
  } catch (error) {
    if (!(error instanceof PathRefused)) throw error;
    if (missing.has(error.fault)) throw new BrowserFault('not_found', `There is no file ${path} in a folder that agents may reach.`);
    throw new BrowserFault(
      'not_allowed',
      `${path} is in no folder that agents may reach: the person grants folders in the settings.`,
      path,
    );
  }
}
