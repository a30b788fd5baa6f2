import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { isStillRunning } from '../../system/process-table.ts';

/** Milliseconds a browser has to end by itself once nobody drives it, and between two looks whether it has. */
const ownEndMs = 3_000;
const lookMs = 50;

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
    const job = await reapOrphan(folder, name);
    if (job !== null) reaped.push(job);
  }
  return reaped;
}

/**
 * The same of one lifeline's browser, whose worker has just gone. It mostly ends by itself then and is let do so: killed on its way it
 * leaves what it was about to remove.
 */
export async function endOrphan(folder: string, lifelineName: string): Promise<void> {
  const known = lifeline.safeParse(readJson(await readFile(join(folder, lifelineName), 'utf8').catch(() => '')));
  const until = performance.now() + ownEndMs;
  while (known.success && performance.now() < until && (await isStillRunning(known.data, known.data.marker))) await setTimeout(lookMs);
  await reapOrphan(folder, lifelineName);
}

/** Null when it did not run any more. */
async function reapOrphan(folder: string, lifelineName: string): Promise<string | null> {
  const path = join(folder, lifelineName);
  const known = lifeline.safeParse(readJson(await readFile(path, 'utf8').catch(() => '')));
  const isLeft = known.success && (await isStillRunning(known.data, known.data.marker));
  if (isLeft) endProcess(known.data.pid);
  if (known.success) await removeSocketFolder(join(folder, known.data.jobId, 'profile'));
  await rm(path, { force: true });
  return isLeft ? known.data.jobId : null;
}

/** It may have ended by itself since it was looked at. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
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
