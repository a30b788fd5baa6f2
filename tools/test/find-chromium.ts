import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type * as PlaywrightCore from 'playwright-core';

export interface BrowserPlaces {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where Playwright would have put its own. */
  readonly playwrights: () => string;
}

/** Their commands on Linux, in the order we prefer them. */
const COMMANDS = ['google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge', 'chromium', 'chromium-browser'];

/** Where the three browsers of the family install themselves on macOS. */
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** And on Windows, in each of the folders for programs. */
const WINDOWS_PATHS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

function installedPlaces({ platform, env }: BrowserPlaces): readonly string[] {
  switch (platform) {
    case 'darwin':
      return MAC_PATHS;
    case 'win32':
      return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
        .filter(folder => folder !== undefined)
        .flatMap(folder => WINDOWS_PATHS.map(parts => join(folder, ...parts)));
    default: {
      const folders = (env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
      return COMMANDS.flatMap(command => [...folders, '/usr/bin'].map(folder => join(folder, command)));
    }
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Loaded only when it is asked: it is large, and the stand-in looks for a browser at each start. */
function playwrightsOwn(): string {
  const { chromium } = createRequire(import.meta.url)('playwright-core') as typeof PlaywrightCore;
  return chromium.executablePath();
}

/**
 * The Chromium that tests and the stand-in drive: an explicit path (`KONSPEKT_CHROMIUM`), then Chrome, Edge or Chromium as
 * installed, then Playwright's own. `undefined` when there is none; throws when the explicit path is no program.
 */
export function findChromium(
  places: BrowserPlaces = { platform: process.platform, env: process.env, playwrights: playwrightsOwn },
): string | undefined {
  const explicit = places.env['KONSPEKT_CHROMIUM'];
  if (explicit !== undefined && explicit !== '') {
    if (isExecutable(explicit)) return explicit;
    throw new Error(`KONSPEKT_CHROMIUM names "${explicit}", which is not an executable file: correct or unset it.`);
  }
  const installed = installedPlaces(places).find(isExecutable);
  if (installed !== undefined) return installed;
  const own = places.playwrights();
  return isExecutable(own) ? own : undefined;
}
