import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { findProcess } from '../../system/process-table.ts';
import type { OpenSession } from './browser-session.ts';
import { watchMemory } from './watch-memory.ts';

/** What every page is shown in: a small laptop's window, which sites are made for. */
export const viewport = { width: 1_280, height: 800 } as const;

/** No calls of the browser's own, nothing that goes around the proxy, nothing that asks. */
const quiet: readonly string[] = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--no-pings',
  // SECURITY: WebRTC opens sockets of its own, past the proxy.
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy',
  // SECURITY: names are looked up by the proxy, which checks where they lead.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** Milliseconds a browser may take to start: a cold disk under load. */
const startLimitMs = 30_000;

/**
 * What the process of a page may hold: half of what a small machine has, and several times what the largest shops, maps and mail
 * programs take.
 */
const pageMemoryBytes = 2_048 * 1_048_576;

export interface LaunchedBrowser {
  readonly context: BrowserContext;
  /** What a page held whose process was ended for it, since the last call; null for none. */
  takeOverfull(): number | null;
  /** The browser, its processes and its lifeline are gone afterwards. */
  close(): Promise<void>;
}

/** Where what is downloaded arrives, in folders of the library's own, before it is put aside. */
export const arrivingFolder = ({ profileDir }: Pick<OpenSession, 'profileDir'>): string => join(profileDir, 'artifacts');

/** Names the processes of one browser on their command line, so that they are known again after a crash of the program. */
const markerSwitch = '--konspekt-task';

/** Starts a browser of this task's own and writes down how to find it before any page is opened. */
export async function launchBrowser(given: OpenSession, proxyPort: number): Promise<LaunchedBrowser> {
  const marker = `${markerSwitch}=${randomUUID()}`;
  await mkdir(given.profileDir, { recursive: true, mode: 0o700 });
  const context = await chromium.launchPersistentContext(given.profileDir, {
    executablePath: given.browserPath,
    headless: true,
    // Chromium's own sandbox; it refuses to work for root, who has none to lose it to.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quiet, marker],
    // On Linux it writes into the home folder beside its profile, whatever it is told.
    ...(process.platform === 'linux' ? { env: { ...process.env, HOME: given.profileDir } } : {}),
    // SECURITY: loopback too goes through the proxy, which is the only way out.
    proxy: { server: `http://127.0.0.1:${proxyPort}`, bypass: '<-loopback>' },
    serviceWorkers: 'block',
    acceptDownloads: true,
    // Beside the profile, with which it goes: after a kill nobody would clean the system's own folder.
    artifactsDir: arrivingFolder(given),
    viewport,
    timeout: startLimitMs,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  let lifeline = false;
  let overfull: number | null = null;
  let stopWatching = (): void => undefined;
  async function close(): Promise<void> {
    stopWatching();
    await context.close().catch(() => undefined);
    if (lifeline) await rm(given.lifelineFile, { force: true });
  }
  try {
    const found = await findProcess(marker);
    if (found === null) throw new Error('The browser has started and is in no list of processes.');
    await mkdir(dirname(given.lifelineFile), { recursive: true, mode: 0o700 });
    await writeFile(given.lifelineFile, JSON.stringify({ ...found, marker, jobId: given.jobId }), { mode: 0o600 });
    lifeline = true;
    stopWatching = watchMemory({
      browser: found.pid,
      limitBytes: given.pageMemory ?? pageMemoryBytes,
      ended(heldBytes) {
        overfull = heldBytes;
      },
    });
    return {
      context,
      takeOverfull() {
        const held = overfull;
        overfull = null;
        return held;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
