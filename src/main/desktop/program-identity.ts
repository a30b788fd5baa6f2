import { join } from 'node:path';
import { app } from 'electron';
import { makePrivateFolder } from '../store/data-folder.ts';
import { programId } from './program-id.ts';

/** Chromium's own files and the window's place, in a folder of their own in the data folder. */
export function windowFolder(dataDir: string): string {
  return join(dataDir, 'window');
}

/**
 * Before `ready` and before the single-instance lock, which Electron keys by this folder: two data folders are then two
 * programs, and everything of a person lies in one place.
 */
export function keepProfileIn(dataDir: string): void {
  if (process.platform === 'win32') app.setAppUserModelId(programId);
  const folder = windowFolder(dataDir);
  try {
    makePrivateFolder(folder);
  } catch {
    // Opening the data says why, in a dialog, which cannot be shown this early.
    return;
  }
  app.setPath('userData', folder);
}
