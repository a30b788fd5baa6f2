import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolderLock } from './folder-lock.mjs';
import { installLocked } from './npm.mjs';
import { root } from './root.mjs';
import { say } from './say.mjs';
import { SetupFailure } from './setup-failure.mjs';

const lockFile = join(root, 'package-lock.json');
const installed = join(root, 'node_modules');
const stampFile = join(installed, '.konspekt-stamp');
/** npm's own record of what lies in node_modules; it is written last. */
const installedRecord = join(installed, '.package-lock.json');

/** Changes with the lock file and with the platform its binaries were chosen for (a folder shared with a container, say). */
const wantedStamp = () => createHash('sha256').update(`${process.platform}-${process.arch}\n`).update(readFileSync(lockFile)).digest('hex');

const readStamp = () => {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
};

/** Whether somebody's own `npm ci` already installed exactly what is locked. */
const alreadyAsLocked = () => {
  if (!existsSync(installedRecord)) return false;
  const there = JSON.parse(readFileSync(installedRecord, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const required = Object.entries(wanted).filter(([path, entry]) => path !== '' && !entry.optional && !entry.link);
  return (
    required.every(([path, entry]) => there[path]?.version === entry.version) &&
    Object.entries(there).every(([path, entry]) => wanted[path]?.version === entry.version) &&
    // The optional packages that were installed are the platform's binaries: at least one of them must be for this platform.
    Object.values(there).some(entry => entry.optional && entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch))
  );
};

/** Installs the dependencies when they are missing or are not what the lock file says. */
export const ensureDependencies = async () => {
  const stamp = wantedStamp();
  if (readStamp() === stamp) return;
  await withFolderLock(join(root, '.cache', 'setup.lock'), async () => {
    if (readStamp() === stamp) return;
    if (!alreadyAsLocked()) {
      say('installing the dependencies (about 20 seconds).');
      const { code, log } = await installLocked(root);
      if (code !== 0) {
        throw new SetupFailure('The dependencies could not be installed: check the connection to the npm registry and try again.', log);
      }
    }
    writeFileSync(stampFile, stamp);
  });
};
