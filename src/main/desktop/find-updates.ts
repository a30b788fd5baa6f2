import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { NoUpdatesReason } from '../../shared/contract/updates.ts';
import type { UpdateSource } from '../app/updates/update-source.ts';
import { updatesFrom } from './updates-from.ts';

/** Beside a packaged program whose build was given an address of updates; electron-builder writes it. */
const addressFile = 'app-update.yml';
/** Says `deb` in what a .deb has installed; electron-builder writes it. */
const packageTypeFile = 'package-type';

/** Where this program's updates come from, or why there are none. */
export function findUpdates(): UpdateSource | NoUpdatesReason {
  if (!app.isPackaged) return 'not_installed';
  if (!existsSync(join(process.resourcesPath, addressFile))) return 'no_address';
  const isAppImage = process.env['APPIMAGE'] !== undefined;
  // An unpacked folder has nothing that could be replaced.
  if (process.platform === 'linux' && !isAppImage && !isDeb()) return 'not_installed';
  // It takes tens of milliseconds to load and is needed a minute after the start at the earliest.
  return updatesFrom(async () => (await import('electron-updater')).default.autoUpdater, process.platform === 'win32' || isAppImage);
}

function isDeb(): boolean {
  try {
    return readFileSync(join(process.resourcesPath, packageTypeFile), 'utf8').trim() === 'deb';
  } catch {
    return false;
  }
}
