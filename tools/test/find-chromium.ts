import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Where the three browsers of the family install themselves, in the order we prefer them. */
const INSTALLED: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
    .filter(folder => folder !== undefined)
    .flatMap(folder => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
    ]),
};

/** Their commands on Linux. */
const COMMANDS = ['google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge', 'chromium', 'chromium-browser'];

const onPath = (): readonly string[] => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  return COMMANDS.flatMap(command => [...folders, '/usr/bin'].map(folder => join(folder, command)));
};

/**
 * The Chromium that tests drive: an explicit path (`KONSPEKT_CHROMIUM`), then Chrome, Edge or Chromium as installed, then
 * Playwright's own. `undefined` when there is none; throws when the explicit path leads nowhere.
 */
export const findChromium = (): string | undefined => {
  const explicit = process.env['KONSPEKT_CHROMIUM'];
  if (explicit !== undefined && explicit !== '') {
    if (!existsSync(explicit)) throw new Error(`KONSPEKT_CHROMIUM names "${explicit}", which does not exist: correct or unset it.`);
    return explicit;
  }
  const installed = process.platform === 'linux' ? onPath() : (INSTALLED[process.platform] ?? []);
  return [...installed, chromium.executablePath()].find(path => existsSync(path));
};
