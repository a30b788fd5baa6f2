import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Names a browser of the person's choice, by path. */
export const browserVariable = 'KONSPEKT_BROWSER';

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

/** The first Chrome, Edge or Chromium that is installed; null when none is. */
export async function findBrowser(): Promise<string | null> {
  const chosen = process.env[browserVariable];
  const names = chosen === undefined || chosen === '' ? (places[process.platform]?.() ?? []) : [chosen];
  for (const name of names) {
    const candidates = isAbsolute(name) ? [name] : (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, name));
    for (const path of candidates) {
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
  }
  return null;
}
