import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobId, type JobId } from '../../../shared/domain/ids.ts';
import { reapOrphans } from '../../workers/reap-browsers.ts';

/**
 * At the start, before any task: browsers that an earlier run has left behind are ended, profiles of tasks that are over go, and with
 * tasks that nobody remembers all that they had downloaded.
 */
export async function tidyBrowsers(folder: string, stateOf: (job: JobId) => 'live' | 'over' | 'unknown'): Promise<readonly string[]> {
  const reaped = await reapOrphans(folder);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const id = jobId.safeParse(entry.name);
    if (!entry.isDirectory() || !id.success) continue;
    const state = stateOf(id.data);
    if (state !== 'live') await rm(join(folder, entry.name, ...(state === 'over' ? ['profile'] : [])), { recursive: true, force: true });
  }
  return reaped;
}
