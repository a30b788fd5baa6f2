import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runQuietly } from './run-quietly.mjs';

/**
 * What an install must be whatever the person's or the machine's npm settings say: everything that is locked, in the usual
 * layout, in this folder, with no questions asked.
 */
const SETTINGS_THAT_WIN = [
  '--include=prod',
  '--include=dev',
  '--include=optional',
  '--no-global',
  '--package-lock=true',
  '--package-lock-only=false',
  '--dry-run=false',
  '--install-strategy=hoisted',
  '--strict-peer-deps=false',
  '--legacy-peer-deps=false',
  '--engine-strict=false',
  '--workspaces=false',
  '--audit=false',
  '--fund=false',
  '--update-notifier=false',
  '--progress=false',
  '--loglevel=error',
];

/**
 * Variables `npm run` hands to its script that would turn an inner npm towards the outer project, and the switch that makes npm
 * leave development packages out.
 * @type {(name: string) => boolean}
 */
const isOuterSetting = name =>
  /^npm_(lifecycle|package|command)/i.test(name) ||
  /^npm_config_(local_prefix|prefix|global|workspace|workspaces|omit|production|only|include|dry_run)$/i.test(name) ||
  name === 'NODE_ENV' ||
  name === 'INIT_CWD';

/** The environment for an inner npm that runs on the Node of this process. */
const npmEnvironment = () => {
  const kept = Object.entries(process.env).filter(([name]) => !isOuterSetting(name));
  const environment = Object.fromEntries(kept);
  const pathName = kept.find(([name]) => name.toUpperCase() === 'PATH')?.[0] ?? 'PATH';
  environment[pathName] = `${dirname(process.execPath)}${delimiter}${environment[pathName] ?? ''}`;
  return environment;
};

/** npm's own script: the one that started us, else the one beside a `npm` on the path; `undefined` where only a command is left. */
const npmScript = () => {
  const started = process.env.npm_execpath;
  if (started && /npm-cli\.c?js$/.test(started) && existsSync(started)) return started;
  for (const folder of (process.env.PATH ?? process.env.Path ?? '').split(delimiter)) {
    for (const beside of ['npm', join('node_modules', 'npm', 'bin', 'npm-cli.js')]) {
      const candidate = join(folder, beside);
      if (!folder || !existsSync(candidate)) continue;
      const real = realpathSync(candidate);
      if (/npm-cli\.c?js$/.test(real)) return real;
    }
  }
  return undefined;
};

/** @type {(parameters: string[], folder: string) => ReturnType<typeof runQuietly>} */
const runNpm = (parameters, folder) => {
  const script = npmScript();
  const options = { cwd: folder, env: npmEnvironment() };
  if (script) return runQuietly(process.execPath, [script, ...parameters, ...SETTINGS_THAT_WIN], options);
  return runQuietly('npm', [...parameters, ...SETTINGS_THAT_WIN], { ...options, shell: process.platform === 'win32' });
};

/**
 * Installs exactly what the folder's lock file says. A lock made where the registry offered only some platforms' binaries has
 * holes that `npm ci` refuses; then the same locked versions are installed by `npm install`, which leaves the lock alone.
 * @type {(folder: string) => ReturnType<typeof runQuietly>}
 */
export const installLocked = async folder => {
  const strict = await runNpm(['ci'], folder);
  if (strict.code === 0 || !/Missing: .* from lock file/.test(strict.log)) return strict;
  return runNpm(['install', '--no-save'], folder);
};
