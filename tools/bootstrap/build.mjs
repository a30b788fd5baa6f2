import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolderLock } from './folder-lock.mjs';
import { root } from './root.mjs';
import { runQuietly } from './run-quietly.mjs';
import { say } from './say.mjs';
import { SetupFailure } from './setup-failure.mjs';

/** Whatever can change the bundles. A folder is read to its depth; tests inside it are not part of any bundle. */
const SOURCES = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const stampFile = join(root, 'out', '.build-stamp');

const readStamp = () => {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return '';
  }
};

/** @type {(hash: import('node:crypto').Hash, relative: string) => void} */
const addToHash = (hash, relative) => {
  const path = join(root, relative);
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind?.isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (!/\.test\.tsx?$/.test(name)) addToHash(hash, `${relative}/${name}`);
    }
  } else if (kind?.isFile()) {
    const content = readFileSync(path);
    hash.update(`${relative}\0${content.length}\0`).update(content);
  }
};

/** Contents, not times: a checkout or a copied folder changes the times of files that are the same. */
const sourcesHash = () => {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest('hex');
};

/** Builds the program when its sources are not those of the last build. */
export const ensureBuild = async () => {
  const upToDate = () => readStamp() === sourcesHash();
  if (upToDate()) return;
  await withFolderLock(join(root, '.cache', 'setup.lock'), async () => {
    if (upToDate()) return;
    say('building the program (a few seconds).');
    const hash = sourcesHash();
    // A build that breaks off leaves half an output: from here on there is no finished build until the stamp is written again.
    rmSync(stampFile, { force: true });
    const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const { code, log } = await runQuietly(process.execPath, [electronVite, 'build'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (code !== 0) throw new SetupFailure('The program could not be built.', log);
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(stampFile, hash);
  });
};
