// A small app of its own on the ground that the desktop specs stand on: what the program may rely on in Electron is so here
// too. Its specs use public Electron API only, so that `STANDIN=0` runs them on the real one; the few tests that look at the
// stand-in's record say so and are skipped there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { launchDesktop } from '../../support/launch-desktop.ts';

export const appDir = join(import.meta.dirname, '../../support/electron-stand-in/fixture');

/** What the fixture's preload exposes. */
interface Api {
  invoke(channel: string, value?: unknown): Promise<unknown>;
  send(channel: string, value?: unknown): void;
  listen(listener: (value: unknown) => void): () => void;
  localEcho<T>(value: T): T;
  throws(): never;
  applyTwice(change: (value: number) => number, value: number): number;
  unmodelled(): unknown;
  requires(id: string): string;
  readonly constant: { readonly deep: { readonly list: readonly number[]; readonly at: Date } };
}
declare global {
  // In the page.
  var api: Api;
  var pageRan: boolean | undefined;
  var inlineRan: boolean | undefined;
  var workerPort: MessagePort;
  var portClosed: boolean | undefined;
  // In the fixture's main process.
  var started: boolean | undefined;
  var seen: Readonly<Record<string, unknown>>;
  var mainWindow: Electron.BrowserWindow;
  var worker: Electron.UtilityProcess;
  var workerOutput: string;
  var workerExit: number | undefined;
  var paused: boolean | undefined;
  var notified: string | undefined;
  var notify: () => void;
}

export interface FixtureApp {
  /** Of the one that was started last; throws before that. */
  readonly app: ElectronApplication;
  readonly page: Page;
  dataDir(): string;
  start(env?: Record<string, string>): Promise<void>;
  /** What the fixture's main process has recorded under this name. */
  seen<T = unknown>(name: string): Promise<T>;
  /** Leaves out of the tidying what has ended by itself, for whose end Playwright would wait for ever. */
  forget(): void;
}

/** To be called once in a spec: each test has a data folder of its own, and what it starts is closed after it. */
export function createFixtureApp(): FixtureApp {
  let dataDir = '';
  let current: { readonly app: ElectronApplication; readonly page: Page } | null = null;
  const open: ElectronApplication[] = [];
  const started = () => {
    if (current === null) throw new Error('The test has not started the fixture app.');
    return current;
  };

  test.beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'konspekt-fixture-'));
  });
  test.afterEach(async () => {
    for (const running of open.splice(0)) await running.close().catch(() => {});
    current = null;
    rmSync(dataDir, { recursive: true, force: true });
  });

  return {
    get app() {
      return started().app;
    },
    get page() {
      return started().page;
    },
    dataDir: () => dataDir,
    async start(env = {}) {
      const { app, page } = await launchDesktop({ dataDir, appDir, env });
      current = { app, page };
      open.push(app);
      await page.waitForLoadState();
      await expect.poll(() => app.evaluate(() => globalThis.started)).toBe(true);
    },
    seen: <T>(name: string) => started().app.evaluate((_electron, key) => globalThis.seen[key], name) as Promise<T>,
    forget() {
      open.length = 0;
    },
  };
}
