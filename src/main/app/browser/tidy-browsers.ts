import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobId, type JobId } from '../../../shared/domain/ids.ts';
import { endOrphan, reapOrphans } from '../../workers/reap-browsers.ts';

/**
 * At the start, before any task: browsers that an earlier run has left behind are ended, profiles of tasks that are over or have a login
 * go, and with tasks that nobody remembers all that they had downloaded.
 */
export async function tidyBrowsers(
  folder: string,
  stateOf: (job: JobId) => 'live' | 'has_login' | 'over' | 'unknown',
): Promise<readonly string[]> {
  // SECURITY: whatever becomes of the browsers, what they have left of a login goes.
  const [reaped] = await Promise.allSettled([reapOrphans(folder)]);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const id = jobId.safeParse(entry.name);
    if (!entry.isDirectory() || !id.success) continue;
    const state = stateOf(id.data);
    if (state === 'live') continue;
    if (state === 'unknown') await rm(join(folder, entry.name), { recursive: true, force: true });
    else await removeProfile(folder, id.data);
  }
  if (reaped.status === 'rejected') throw reaped.reason;
  return reaped.value;
}

/** A worker is gone without having closed the browser of a task that has a login: nothing of it is left that is not sealed. */
export async function endBrowserWithLogin(folder: string, job: JobId): Promise<void> {
  await endOrphan(folder, `${job}.json`);
  await removeProfile(folder, job);
}

/** A browser's other processes end a moment after the first, and may write until then. */
async function removeProfile(folder: string, job: JobId): Promise<void> {
  await rm(join(folder, job, 'profile'), { recursive: true, force: true, maxRetries: 5 });
}
