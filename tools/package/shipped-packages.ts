import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundledPackagesFile } from '../build/bundled-packages.ts';

/** A package whose code is in the program, installed beside it or taken into a bundle. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as the package says. */
  readonly licence: string;
  /** Its own words; null where it brings none. */
  readonly licenceText: string | null;
}

const bundles = ['main', 'preload', 'renderer'] as const;
/** Beside the usual names, those by which packages keep the notices that they have to pass on. */
const licenceFile = /^(?:licen[cs]e|copying|notice|third[-_]?party[-_]?licen[cs]es)(?:[-.].*)?$/iu;

/** Everything that is shipped, by name. Wants the dependencies installed and the bundles built. */
export function shippedPackages(root: string): ShippedPackage[] {
  const byId = new Map<string, ShippedPackage>();
  for (const folder of [...installed(root), ...bundled(root)]) {
    const shipped = readPackage(join(root, folder));
    byId.set(`${shipped.name}@${shipped.version}`, shipped);
  }
  return [...byId.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

/** Folders of the packages that `npm ci --omit=dev` would install, for this system. */
function installed(root: string): string[] {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const printed = execFileSync(npm, ['ls', '--omit=dev', '--all', '--parseable'], {
    cwd: root,
    encoding: 'utf8',
    // A `.cmd` is started by a shell alone.
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return printed
    .split('\n')
    .map(line => relative(root, line.trim()))
    .filter(folder => folder !== '' && !folder.startsWith('..'));
}

function bundled(root: string): string[] {
  return bundles.flatMap(bundle => JSON.parse(readFileSync(join(root, 'out', bundle, bundledPackagesFile), 'utf8')) as string[]);
}

function readPackage(folder: string): ShippedPackage {
  const { name, version, license, licenses } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string | { readonly type: string };
    readonly licenses?: readonly { readonly type: string }[];
  };
  const said = typeof license === 'object' ? license.type : (license ?? licenses?.map(({ type }) => type).join(' OR '));
  if (said === undefined) throw new Error(`${name}@${version} does not say its licence; it cannot be shipped until somebody has looked.`);
  const files = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isFile() && licenceFile.test(entry.name))
    : [];
  const texts = files.map(({ name: file }) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, licence: said, licenceText: texts.length === 0 ? null : texts.join('\n\n') };
}
