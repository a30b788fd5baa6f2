import { accessSync, chmodSync, constants, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { privateFileMode, privateFolderMode } from './durable-file.ts';

/** Where everything of one data folder is. */
export interface DataFolder {
  readonly root: string;
  readonly database: string;
  /** Held locked while the program runs. */
  readonly lock: string;
  /** How the last run ended; its presence also says that there was a database. */
  readonly runState: string;
  /** What a running program says of itself to a second one: its process id, its address. Written by the hosts. */
  readonly control: string;
  readonly artifacts: string;
  readonly staging: string;
  /** A folder for each browser task: its profile, and what it has downloaded. */
  readonly browsers: string;
  readonly backups: string;
  /** Which backup the person wants back; carried out at the next start, then gone. */
  readonly restoreRequest: string;
  /** Damaged databases that were replaced by a backup; never deleted by the program. */
  readonly setAside: string;
}

/** The folder cannot be used for writing; the person chooses another or mends its rights. */
export class DataFolderUnwritableError extends Error {
  override readonly name = 'DataFolderUnwritableError';
  readonly code = 'unwritable';
  readonly folder: string;
  constructor(folder: string, cause: unknown) {
    super(
      `The data folder ${folder} cannot be written (${cause instanceof Error ? cause.message : String(cause)}). Allow writing to it, or choose another folder.`,
      { cause },
    );
    this.folder = folder;
  }
}

export function dataFolder(root: string): DataFolder {
  return {
    root,
    database: join(root, 'konspekt.db'),
    lock: join(root, 'lock.db'),
    runState: join(root, 'run-state.json'),
    control: join(root, 'control.json'),
    artifacts: join(root, 'artifacts'),
    staging: join(root, 'staging'),
    browsers: join(root, 'browsers'),
    backups: join(root, 'backups'),
    restoreRequest: join(root, 'restore-request.json'),
    setAside: join(root, 'set-aside'),
  };
}

/** Makes the folders, private to the person, and proves that a file can be written. Throws `DataFolderUnwritableError`. */
export function prepareDataFolder(folder: DataFolder): void {
  try {
    for (const path of [folder.root, folder.artifacts, folder.staging, folder.backups]) {
      makePrivateFolder(path);
      // SECURITY: the folder may have been made by an older build or by hand with wider rights.
      if (process.platform !== 'win32') chmodSync(path, privateFolderMode);
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    }
    const probe = join(folder.root, '.write-probe');
    writeFileSync(probe, '', { mode: privateFileMode });
    rmSync(probe);
  } catch (error) {
    throw new DataFolderUnwritableError(folder.root, error);
  }
}

/**
 * Makes the folder and those above it that are missing, private to the person. Node's own recursive `mkdirSync` is not asked
 * for them: where a system refuses a folder with ENOENT though the one above is there (`/proc`), it tries again for ever.
 */
export function makePrivateFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makePrivateFolder(above);
  try {
    mkdirSync(path, { mode: privateFolderMode });
  } catch (error) {
    // Another start may have been quicker.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
