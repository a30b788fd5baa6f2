import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

/** Playwright's own limit for a launch is 30 s; the stand-in needs about one, the real Electron on a busy CI machine some. */
const LAUNCH_LIMIT_MS = 30_000;

export interface LaunchDesktop {
  /** Where the program keeps everything; each test has its own. */
  readonly dataDir: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The app to start: a folder with a package.json. The project itself by default, with what `npm run build` made. */
  readonly appDir?: string;
  /** A CommonJS module that runs in the main process before the app's entry (`electron -r`): what a start asks can only be answered from there. */
  readonly preload?: string;
  /** Command-line arguments for the app. */
  readonly args?: readonly string[];
}

/** Whether specs run on the Electron stand-in. `STANDIN=0` runs the same specs on the real Electron. */
export const onStandIn: boolean = process.env['STANDIN'] !== '0';

function environment({ dataDir, env }: LaunchDesktop): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), XDG_CONFIG_HOME: dataDir, KONSPEKT_DATA: dataDir, ...env };
}

/** Starts the app without waiting for a window, for example a second instance that has none. */
export async function launchWithoutWindow(options: LaunchDesktop): Promise<ElectronApplication> {
  if (onStandIn) {
    if (process.platform === 'win32')
      throw new Error('The Electron stand-in does not run on Windows; set STANDIN=0 to run on the real Electron.');
    // Read by electron/index.js when Playwright asks where Electron is.
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(import.meta.dirname, 'electron-stand-in');
  }
  return _electron.launch({
    args: [
      ...(options.preload === undefined ? [] : ['-r', options.preload]),
      options.appDir ?? '.',
      `--user-data-dir=${options.dataDir}`,
      ...(options.args ?? []),
    ],
    cwd: join(import.meta.dirname, '..', '..'),
    env: environment(options),
    colorScheme: null, // the program's own choice of theme is what specs look at
    timeout: LAUNCH_LIMIT_MS,
  });
}

/** Starts the desktop program and waits for its first window. The caller closes `app`. */
export async function launchDesktop(options: LaunchDesktop): Promise<{ app: ElectronApplication; page: Page }> {
  const app = await launchWithoutWindow(options);
  return { app, page: await app.firstWindow() };
}
