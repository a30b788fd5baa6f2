/**
 * A lock file made on a machine whose registry does not offer every platform's binary (a partial mirror, say) leaves those
 * optional packages out, and `npm ci` then refuses the lock on every machine. This gate finds such holes; `--fix` fills them with
 * the exact version their parent asks for and the platform their name states, so that other platforms install them and this one
 * skips them. The filled entries carry no integrity hash until `npm install` runs on a machine that can see the package.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The `os` values npm knows that appear in package names of this dependency tree. */
const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
/** The `cpu` values npm knows that appear in package names of this dependency tree. */
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];
/** Name suffixes that say which C library a Linux binary links against. */
const C_LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** The platform a binary package serves, read off its name; `undefined` when the name states none. */
const platformOf = (name) => {
  const words = name.split(/[/-]/);
  const os = words.find((word) => OPERATING_SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (!os || !cpu) return undefined;
  const libc = C_LIBRARIES[words.at(-1)];
  return { os: [os], cpu: [cpu], ...(os === 'linux' && libc ? { libc: [libc] } : {}) };
};

/** Where Node would look for `name` required from the package at `from`, nearest first. */
const candidatePaths = (from, name) => {
  const paths = [];
  let folder = from;
  for (;;) {
    paths.push(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (folder === '') return paths;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
};

/** Every optional dependency some locked package asks for and the lock has no entry for. */
export const findHoles = (lock) =>
  Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !candidatePaths(path, name).some((candidate) => lock.packages[candidate]?.version))
      .map(([name, version]) => ({ name, version, askedBy: path === '' ? 'package.json' : path, dev: entry.dev === true })),
  );

/** A copy of the lock with every hole filled that names an exact version and a platform; the rest is returned as `unfilled`. */
export const fillHoles = (lock) => {
  const packages = { ...lock.packages };
  const unfilled = [];
  for (const hole of findHoles(lock)) {
    const platform = platformOf(hole.name);
    if (!platform || !/^\d+\.\d+\.\d+/.test(hole.version)) {
      unfilled.push(hole);
      continue;
    }
    packages[`node_modules/${hole.name}`] = {
      version: hole.version,
      cpu: platform.cpu,
      ...(hole.dev ? { dev: true } : {}),
      ...(platform.libc ? { libc: platform.libc } : {}),
      optional: true,
      os: platform.os,
    };
  }
  // npm writes the packages in path order; keeping it makes the next `npm install` a small diff.
  const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  return { lock: { ...lock, packages: sorted }, unfilled };
};

const main = () => {
  const fix = process.argv.includes('--fix');
  const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const root = fileURLToPath(new URL('../../', import.meta.url));
  let holes = 0;
  for (const file of files.length > 0 ? files : ['package-lock.json', 'tools/node24/package-lock.json']) {
    const path = resolve(root, file);
    const lock = JSON.parse(readFileSync(path, 'utf8'));
    const filled = fix ? fillHoles(lock) : { lock, unfilled: findHoles(lock) };
    if (fix) writeFileSync(path, `${JSON.stringify(filled.lock, null, 2)}\n`);
    for (const hole of filled.unfilled)
      console.error(`${file}: ${hole.askedBy} asks for ${hole.name}@${hole.version}, which the lock does not hold.`);
    holes += filled.unfilled.length;
  }
  if (holes > 0)
    console.error(
      `${holes} optional packages are missing from the lock, so "npm ci" would refuse it: run "node tools/gates/lock-completeness.mjs --fix".`,
    );
  process.exitCode = holes > 0 ? 1 : 0;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
