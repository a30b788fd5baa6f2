import { realpathSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, parse, relative, sep } from 'node:path';
import { isHiddenName } from '../../../shared/domain/hidden-name.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';

/** What such a folder is refused for. */
const refusals = {
  grant: { code: 'folder_not_grantable', why: 'cannot be granted' },
  export: { code: 'folder_not_for_export', why: 'cannot take synopses' },
} as const;

/**
 * The real path of a folder that agents may be let into, or synopses be written into by themselves.
 * SECURITY: not the disk, not the person's home or what holds it, nothing hidden (`~/.ssh`), and neither the program's own data
 * nor what holds that: there are the keys and every chat.
 *
 * @throws ExpectedError `bad_folder`, or for such a folder what `wanted` says: `folder_not_grantable` or `folder_not_for_export`
 */
export async function grantableFolder(path: string, dataDir: string, wanted: keyof typeof refusals = 'grant'): Promise<string> {
  const bad = (why: string) => new ExpectedError('bad_folder', `"${path}" ${why}. Name a folder that is there, with its whole path.`);
  if (!isAbsolute(path)) throw bad('is not a whole path');
  const real = await realpath(path).catch(() => {
    throw bad('is not there');
  });
  if (!(await stat(real)).isDirectory()) throw bad('is no folder');
  const home = await realpath(homedir()).catch(() => homedir());
  const data = await realpath(dataDir).catch(() => dataDir);
  const isHidden = isHiddenName(basename(real)) || real.split(sep).some(name => name.startsWith('.'));
  if (real === parse(real).root || isHidden || holds(real, home) || holds(real, data) || holds(data, real))
    throw new ExpectedError(
      refusals[wanted].code,
      `"${path}" ${refusals[wanted].why}: it is the disk, your home, the program's own data or a hidden folder. Choose an ordinary folder within.`,
    );
  return real;
}

/**
 * Whether a folder holds the program's data or lies in it, as both are at this moment: one of them may have come to lie elsewhere since
 * the folder was granted, by a restored backup of another computer, a link, or another data folder.
 */
export function meetsData(path: string, dataDir: string): boolean {
  const [folder, data] = [realNow(path), realNow(dataDir)];
  return holds(folder, data) || holds(data, folder);
}

/** The path as it is given where nothing is there. */
function realNow(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whether `inner` is `outer` or beneath it; both are real paths. */
function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
