import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** SECURITY: what the program stores is the person's own; other accounts of the machine read none of it. No effect on Windows. */
export const privateFileMode = 0o600;
export const privateFolderMode = 0o700;

/**
 * Makes a rename or an unlink in `folder` survive a power loss. Windows cannot open a folder for this and its journal
 * orders renames by itself.
 */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes what was written to a file survive a power loss, before the caller goes on. */
export function syncFileNow(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same off the main thread. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces a small file as a whole: after a kill or a power loss it holds the old text or the new one, never a part. */
export function writeFileDurably(file: string, text: string): void {
  const next = `${file}.next`;
  const handle = openSync(next, 'w', privateFileMode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, file);
  syncFolder(dirname(file));
}
