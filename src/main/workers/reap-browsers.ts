import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { isStillRunning } from '../../system/process-table.ts';

/** What a worker writes beside its browser before it opens a page. */
const lifeline = z.object({ pid: z.int().positive(), startedAt: z.string().min(1), marker: z.string().min(20), jobId: z.string() });

/**
 * Ends browsers that an earlier run of the program has left behind: only a process of that number, begun at that moment, with that task's mark
 * on its command line. Their other processes end with the first one. Returns the jobs they belonged to.
 */
export async function reapOrphans(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const reaped: string[] = [];
  for (const name of names.filter(each => each.endsWith('.json'))) {
    const path = join(folder, name);
    const known = lifeline.safeParse(readJson(await readFile(path, 'utf8').catch(() => '')));
    if (known.success && (await isStillRunning(known.data, known.data.marker))) {
      process.kill(known.data.pid, 'SIGKILL');
      reaped.push(known.data.jobId);
    }
    if (known.success) await removeSocketFolder(join(folder, known.data.jobId, 'profile'));
    await rm(path, { force: true });
  }
  return reaped;
}

/**
 * On Linux and macOS Chromium keeps a socket in a folder of the system's temporary one, which only it removes, and names it in its profile.
 * SECURITY: what a profile names is removed only where it is such a folder.
 */
async function removeSocketFolder(profile: string): Promise<void> {
  const socket = await readlink(join(profile, 'SingletonSocket')).catch(() => null);
  if (socket === null) return;
  const folder = dirname(socket);
  if (dirname(folder) === tmpdir() && /^(?:org\.chromium|com\.google|com\.microsoft)\./iu.test(basename(folder)))
    await rm(folder, { recursive: true, force: true });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
