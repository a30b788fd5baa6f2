import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../../../tools/test/find-chromium.ts';
import { openSession } from '../../../src/workers/browser/open-session.ts';
import type { BrowserSession, OpenSession } from '../../../src/workers/browser/browser-session.ts';
import { tempFolder } from '../temp-folder.ts';

export const browserPath: string | null = findChromium() ?? null;

export interface TestSession extends AsyncDisposable {
  readonly session: BrowserSession;
  readonly lifelineFile: string;
  readonly folder: string;
  /** Of the plan; what is added counts at once. */
  readonly sites: string[];
}

/** A session on local sites, whose addresses are private and therefore allowed by name. */
export async function testSession(sites: readonly string[], given: Partial<OpenSession> = {}): Promise<TestSession> {
  if (browserPath === null) throw new Error('No browser is installed.');
  const temporary = tempFolder();
  const planned = [...sites];
  const lifelineFile = join(temporary.path, 'browsers', 'task.json');
  const session = await openSession({
    browserPath,
    profileDir: join(temporary.path, 'profile'),
    quarantineDir: join(temporary.path, 'quarantine'),
    lifelineFile,
    jobId: 'a-test',
    policy: { sites: () => planned, allowedHosts: sites, uploadFolders: [] },
    login: null,
    signal: new AbortController().signal,
    ...given,
  });
  return {
    session,
    lifelineFile,
    folder: temporary.path,
    sites: planned,
    async [Symbol.asyncDispose]() {
      await session.close();
      if (existsSync(lifelineFile)) throw new Error('The lifeline outlived its browser.');
      temporary.remove();
    },
  };
}
