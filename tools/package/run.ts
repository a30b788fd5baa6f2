import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { maintainerVariable, noticesFolder, packageConfig } from './config.ts';
import { writeNotices } from './notices.ts';
import { shippedPackages } from './shipped-packages.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * `npm run package`: packages for the system it runs on, into `dist/`; `-- --dir` stops at the unpacked folder. Each system packages
 * itself: prebuilt parts are installed for the one that npm runs on.
 */
export async function run(parameters: readonly string[]): Promise<number> {
  const unknown = parameters.find(parameter => parameter !== '--dir');
  if (unknown !== undefined) return refuse(`"${unknown}" is no parameter of package. There is --dir, for the unpacked folder alone.`);
  const isFolder = parameters.includes('--dir');
  if (process.platform === 'linux' && !isFolder && process.env[maintainerVariable] === undefined)
    return refuse(`A .deb names its maintainer: set ${maintainerVariable} to "Name <address>".`);
  let config;
  try {
    config = packageConfig(process.env);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  prepareNotices();
  const made = await build({
    projectDir: root,
    targets: isFolder ? Platform.current().createTarget('dir') : Platform.current().createTarget(),
    config,
    // Nothing is put anywhere by the packager itself; who releases uploads what is in dist/.
    publish: 'never',
  });
  console.log(isFolder ? 'The unpacked program is in dist/.' : made.join('\n'));
  return 0;
}

/** What the packages are made of changes with every build, so it is written for each. */
export function prepareNotices(): void {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  writeNotices(join(root, noticesFolder), { name, version }, shippedPackages(root));
}

function refuse(why: string): number {
  console.error(why);
  return 2;
}
