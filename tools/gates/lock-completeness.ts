/**
 * A lock file made on a machine whose registry does not offer every platform's binary (a partial mirror, say) leaves those
 * optional packages out, and `npm ci` then refuses the lock on every machine. This gate finds such holes; `--fix` fills them with
 * the exact version their parent asks for and the platform their name states, so that other platforms install them and this one
 * skips them. The filled entries carry no integrity hash until `npm install` runs on a machine that can see the package.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startedDirectly } from '../bootstrap/started-directly.mjs';

/** What npm writes about one package, as far as this gate reads it (npm's documentation, package-lock.json, `packages`). */
interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** An optional package that is asked for and not locked. */
export interface Hole {
  readonly name: string;
  readonly version: string;
  /** The path in the lock of the package that asks. */
  readonly askedBy: string;
  readonly dev: boolean;
}

/** The `os` values npm knows that appear in package names of this dependency tree. */
const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
/** The `cpu` values npm knows that appear in package names of this dependency tree. */
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];
/** Name endings that say which C library a Linux binary links against. */
const C_LIBRARIES: Readonly<Record<string, string>> = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** The platform a binary package serves, read off its name; `undefined` when the name states none. */
const platformOf = (name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> | undefined => {
  const words = name.split(/[/-]/);
  const os = words.find(word => OPERATING_SYSTEMS.includes(word));
  const cpu = words.find(word => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = C_LIBRARIES[words.at(-1) ?? ''];
  return { cpu: [cpu], ...(os === 'linux' && libc !== undefined ? { libc: [libc] } : {}), os: [os] };
};

/** Where Node would look for `name` required from the package at `from`, nearest first. */
const candidatePaths = (from: string, name: string): readonly string[] => {
  const here = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (from === '') return [here];
  return [here, ...candidatePaths(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)];
};

/** Every optional dependency some locked package asks for and the lock has no version of. */
export const findHoles = (lock: LockFile): readonly Hole[] =>
  Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !candidatePaths(path, name).some(candidate => lock.packages[candidate]?.version !== undefined))
      .map(([name, version]) => ({ name, version, askedBy: path === '' ? 'package.json' : path, dev: entry.dev === true })),
  );

/** A copy of the lock with every hole filled that asks for an exact version and names a platform; the rest is `unfilled`. */
export const fillHoles = <L extends LockFile>(lock: L): { readonly lock: L; readonly unfilled: readonly Hole[] } => {
  const packages: Record<string, LockedPackage> = { ...lock.packages };
  const unfilled: Hole[] = [];
  for (const hole of findHoles(lock)) {
    const platform = platformOf(hole.name);
    if (platform === undefined || !/^\d+\.\d+\.\d+/.test(hole.version)) {
      unfilled.push(hole);
      continue;
    }
    const { cpu, libc, os } = platform;
    packages[`node_modules/${hole.name}`] = {
      version: hole.version,
      ...(cpu ? { cpu } : {}),
      ...(hole.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      ...(os ? { os } : {}),
    };
  }
  // npm writes the packages in path order; keeping it makes the next `npm install` a small diff.
  const sorted = Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, unfilled };
};

/** npm writes and reads this file; a wrong shape there is npm's to report, so only the part used here is looked at. */
const readLock = (path: string): LockFile => {
  const lock = JSON.parse(readFileSync(path, 'utf8')) as LockFile;
  if (typeof lock.packages !== 'object') throw new Error(`${path} has no "packages": make it again with npm 7 or later.`);
  return lock;
};

const main = (): void => {
  const { values, positionals } = parseArgs({ options: { fix: { type: 'boolean', default: false } }, allowPositionals: true });
  let open = 0;
  for (const path of positionals.length > 0 ? positionals : ['package-lock.json', 'tools/node24/package-lock.json']) {
    const lock = readLock(path);
    const filled = values.fix ? fillHoles(lock) : { lock, unfilled: findHoles(lock) };
    if (values.fix) writeFileSync(path, `${JSON.stringify(filled.lock, null, 2)}\n`);
    for (const { askedBy, name, version } of filled.unfilled) {
      console.error(`${path}: ${askedBy} asks for ${name}@${version}, which the lock does not hold.`);
    }
    open += filled.unfilled.length;
  }
  if (open === 0) return;
  console.error('"npm ci" would refuse the lock: run "node tools/gates/lock-completeness.ts --fix".');
  process.exitCode = 1;
};

if (startedDirectly(import.meta.url)) main();
