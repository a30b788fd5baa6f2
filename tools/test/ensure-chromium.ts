import { existsSync } from 'node:fs';
import { runQuietly } from '../bootstrap/run-quietly.mjs';
import { say } from '../bootstrap/say.mjs';
import { SetupFailure } from '../bootstrap/setup-failure.mjs';
import { findChromium } from './find-chromium.ts';

const canUseApt = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

/** The path of a Chromium, installed from Debian's own packages where we are allowed to; throws `SetupFailure` with the cure. */
export const ensureChromium = async (): Promise<string> => {
  const found = findChromium();
  if (found !== undefined) return found;
  let log = '';
  if (canUseApt()) {
    say('installing Chromium from Debian for the tests in a window (about 20 seconds).');
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    const update = await runQuietly('apt-get', ['update', '-qq'], options);
    const install = await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
    log = update.log + install.log;
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new SetupFailure(
    'The tests in a window need a Chromium: install Chrome, Edge or Chromium, or run "npx playwright install chromium", or name one in KONSPEKT_CHROMIUM.',
    log,
  );
};
