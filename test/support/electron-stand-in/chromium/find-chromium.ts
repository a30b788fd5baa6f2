import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names under which distributions and vendors install a Chromium, in the order of preference. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'] as const;

/** Where macOS keeps them; PATH does not name these. */
const MAC_PATHS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
] as const;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * The Chromium to draw the windows with: `KONSPEKT_CHROMIUM`, else the first that is installed.
 * @throws when there is none, or the named one cannot be run.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['KONSPEKT_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new Error(`stand-in: KONSPEKT_CHROMIUM names '${named}', which is not an executable file; correct it or unset it.`);
  }
  const folders = ['/usr/bin', ...(environment['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')];
  const candidates = [...NAMES.flatMap(name => folders.map(folder => join(folder, name))), ...MAC_PATHS];
  const found = candidates.find(isExecutable);
  if (found === undefined) {
    throw new Error(`stand-in: no Chromium found (looked for ${NAMES.join(', ')}); install one or name it in KONSPEKT_CHROMIUM.`);
  }
  return found;
}
