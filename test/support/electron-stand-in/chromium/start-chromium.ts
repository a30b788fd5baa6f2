import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../../../../tools/test/find-chromium.ts';
import { connectCdp, type CdpConnection } from './cdp-connection.ts';
import { watchdog } from './watchdog.ts';

/** Chromium says within a second that it listens; ten times that on a busy machine means that it never will. */
const START_LIMIT_MS = 20_000;

/** Makes Chromium silent and repeatable: no calls of its own, no first-run pages, no window until the app makes one. */
const QUIET_SWITCHES = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-extensions',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-dev-shm-usage',
  // Timers and painting must not depend on which of several headless windows is in front.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  // Electron's pages hear `close` on a MessagePort; plain Chromium keeps that event behind a switch.
  '--enable-blink-features=MessagePortCloseEvent',
  // Electron has no popup blocker: setWindowOpenHandler decides.
  '--disable-popup-blocking',
  // Nothing but this machine can be reached from a window, whatever the page tries.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE [::1] , EXCLUDE localhost',
] as const;

export interface Chromium {
  readonly cdp: CdpConnection;
  /** What Playwright connects to; announced on standard error in Chromium's own words. */
  readonly devToolsUrl: string;
}

/**
 * Starts a headless Chromium with a profile of its own that dies with this process.
 * @throws when none is installed or it does not come up.
 */
export async function startChromium(): Promise<Chromium> {
  const program = findChromium();
  if (program === undefined) throw new Error('stand-in: no Chrome, Edge or Chromium found; install one or name it in KONSPEKT_CHROMIUM.');
  const profile = mkdtempSync(join(tmpdir(), 'konspekt-stand-in-'));
  const asRoot = process.getuid?.() === 0;
  const switches = [
    ...(process.env['KONSPEKT_STANDIN_HEADED'] === '1' ? [] : ['--headless']),
    ...(asRoot ? ['--no-sandbox'] : []),
    ...QUIET_SWITCHES,
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ];
  watchdog().removeFolder(profile);
  const child = spawn(program, switches, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: profile }, // its own leavings in the temporary folder go with the profile
  });
  const { pid } = child;
  if (pid !== undefined) {
    watchdog().add(-pid);
    child.once('exit', () => watchdog().del(-pid));
  }
  process.on('exit', () => {
    try {
      if (pid !== undefined && child.exitCode === null) process.kill(-pid, 'SIGKILL');
      rmSync(profile, { recursive: true, force: true });
    } catch {
      // Something still writes into the profile; the watchdog, which outlives this process, tries again.
    }
  });
  const devToolsUrl = await new Promise<string>((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => reject(new Error(`stand-in: Chromium ${why}. It said: ${said.trim() || 'nothing'}`));
    const limit = setTimeout(() => fail(`did not listen within ${START_LIMIT_MS} ms`), START_LIMIT_MS);
    child.once('error', error => fail(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => fail(`ended with ${signal ?? `code ${code}`}`));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(limit);
      child.stderr.removeAllListeners('data').resume();
      resolve(url);
    });
  });
  return { cdp: await connectCdp(devToolsUrl), devToolsUrl };
}
