import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runQuietly } from './run-quietly.mjs';
import { say } from './say.mjs';

const packageFolder = join(root, 'node_modules', 'electron');

/** The Electron program that is on this machine, `undefined` when there is none. */
const installedElectron = () => {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const nameFile = join(packageFolder, 'path.txt');
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'electron';
  const program = override ? join(override, name) : join(packageFolder, 'dist', name);
  return existsSync(program) ? program : undefined;
};

/** Whether a window could appear: macOS and Windows always have a screen, on Linux a display server must have been announced. */
const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Electron's sandbox refuses to start for the administrator on Linux, and we never start it without its sandbox. */
const sandboxRefuses = () => process.platform === 'linux' && process.getuid?.() === 0 && !process.env.ELECTRON_OVERRIDE_DIST_PATH;

/**
 * The program when the window can be opened, else the reason, a clause that finishes "… because …".
 * @type {() => Promise<{ program: string, reason?: undefined } | { program?: undefined, reason: string }>}
 */
export const electronRuntime = async () => {
  if (!hasDisplay()) return { reason: 'this machine has no display' };
  if (sandboxRefuses()) return { reason: 'Electron does not run as root' };
  const there = installedElectron();
  if (there) return { program: there };
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    return { reason: `there is no Electron in ELECTRON_OVERRIDE_DIST_PATH (${process.env.ELECTRON_OVERRIDE_DIST_PATH})` };
  }
  say('fetching Electron (once, about 110 MB).');
  const { code } = await runQuietly(process.execPath, [join(packageFolder, 'install.js')], { cwd: root, env: process.env });
  const fetched = code === 0 ? installedElectron() : undefined;
  return fetched ? { program: fetched } : { reason: 'Electron could not be downloaded from github.com' };
};
