import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';

/** Names a browser of the person's choice, by path. */
const browserVariable = 'KONSPEKT_BROWSER';
/** Time a browser has to say its version, 5 s: a cold disk. */
const versionMs = 5_000;

const programFiles = () => ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(name => process.env[name] ?? []);

/** Where each system installs them; a bare name is looked for on the PATH. */
const places: Partial<Readonly<Record<NodeJS.Platform, () => readonly string[]>>> = {
  linux: () => ['google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge', 'chromium', 'chromium-browser'],
  darwin: () => ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: () =>
    programFiles().flatMap(folder => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
    ]),
};

/** By what is in the program's name. */
const names: readonly (readonly [RegExp, string])[] = [
  [/edge/iu, 'Microsoft Edge'],
  [/chromium/iu, 'Chromium'],
  [/chrome/iu, 'Google Chrome'],
];

export interface InstalledBrowser {
  readonly name: string;
  readonly path: string;
  /** Null where it does not say without opening a window. */
  readonly version: string | null;
}

/** Every path at which a Chrome, Edge or Chromium can be started, in the order of preference; one for each program. */
async function browserPaths(): Promise<string[]> {
  const chosen = process.env[browserVariable];
  const wanted = chosen === undefined || chosen === '' ? (places[process.platform]?.() ?? []) : [chosen];
  const found = new Map<string, string>();
  for (const name of wanted) {
    const candidates = isAbsolute(name) ? [name] : (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, name));
    for (const path of candidates) {
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      const real = isThere ? await realpath(path).catch(() => path) : null;
      if (real !== null && !found.has(real)) found.set(real, path);
    }
  }
  return [...found.values()];
}

/** The first Chrome, Edge or Chromium that is installed; null when none is. */
export async function findBrowser(): Promise<string | null> {
  return (await browserPaths())[0] ?? null;
}

/** All that are installed. */
export async function findBrowsers(): Promise<InstalledBrowser[]> {
  return Promise.all(
    (await browserPaths()).map(async path => ({
      name: (names.find(([words]) => words.test(path))?.[1] ?? basename(path)).slice(0, 100),
      path,
      version: await versionOf(path),
    })),
  );
}

async function versionOf(path: string): Promise<string | null> {
  // There it opens a window instead of answering.
  if (process.platform === 'win32') return null;
  const said = await promisify(execFile)(path, ['--version'], { timeout: versionMs }).catch(() => null);
  return said === null ? null : (/\d+(?:\.\d+)+/u.exec(said.stdout)?.[0] ?? null);
}

/** The one that the person has chosen where it is still there, else the first; null for none. */
export function chosenBrowser(found: readonly InstalledBrowser[], wanted: string | null): string | null {
  return found.find(({ path }) => path === wanted)?.path ?? found[0]?.path ?? null;
}
