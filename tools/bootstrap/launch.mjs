/**
 * The one door to every command of the project. It is plain JavaScript that runs on Node 20 and later: npm runs scripts on
 * whatever Node the machine has, so this file first continues itself on a Node that can run the program.
 *
 *   node tools/bootstrap/launch.mjs <start | konspekt | build | check | test | chaos | mutants | bench | bench:quality | package> [parameters]
 */
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newerNode } from './newer-node.mjs';
import { nodeIsRecentEnough } from './node-version.mjs';
import { root } from './root.mjs';
import { runAttached } from './run-attached.mjs';
import { say } from './say.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { startedDirectly } from './started-directly.mjs';

/**
 * @typedef {object} Command
 * @property {boolean} needsBuild Whether the bundles have to be there before it; the dependencies always have.
 * @property {() => Promise<{ run: (parameters: string[]) => Promise<number | void> }>} load Its module, loaded once that is so.
 */

/**
 * By address, since the tools stand without the benches, the suites and the packager: the gates' own tests run them in a folder that has none.
 * @type {(path: string) => Promise<{ run: (parameters: string[]) => Promise<number | void> }>}
 */
const byAddress = path => import(new URL(`../../${path}`, import.meta.url).href);

/** @type {Readonly<Record<string, Command>>} */
const COMMANDS = {
  start: { needsBuild: true, load: () => import('./start.mjs') },
  konspekt: { needsBuild: true, load: () => import('./konspekt.mjs') },
  build: { needsBuild: true, load: async () => ({ run: async () => 0 }) },
  check: { needsBuild: false, load: () => import('../gates/run.ts') },
  test: { needsBuild: false, load: () => import('../test/run.ts') },
  chaos: { needsBuild: true, load: () => byAddress('test/reliability/chaos.ts') },
  mutants: { needsBuild: false, load: () => byAddress('test/reliability/mutants/run.ts') },
  bench: { needsBuild: true, load: () => byAddress('test/bench/run.ts') },
  'bench:quality': { needsBuild: false, load: () => byAddress('test/bench/quality/run.ts') },
  package: { needsBuild: true, load: () => byAddress('tools/package/run.ts') },
};

/** @type {(command: Command, parameters: string[]) => Promise<number | void>} */
const runHere = async (command, parameters) => {
  const { ensureDependencies } = await import('./dependencies.mjs');
  await ensureDependencies();
  if (command.needsBuild) {
    const { ensureBuild } = await import('./build.mjs');
    await ensureBuild();
  }
  const { run } = await command.load();
  return run(parameters);
};

/** @type {(name: string, parameters: string[]) => Promise<number>} */
const runOnNewerNode = async (name, parameters) => {
  const program = await newerNode();
  // What the command starts as `node` has to be the same one: the tests' Electron stand-in does.
  const path = [dirname(program), process.env['PATH'] ?? ''].join(delimiter);
  return runAttached(program, [fileURLToPath(import.meta.url), name, ...parameters], { env: { ...process.env, PATH: path } });
};

/** @type {(name: string, failure: SetupFailure) => void} */
const report = (name, failure) => {
  if (failure.log) process.stderr.write(`${failure.log.trimEnd()}\n`);
  say(failure.message);
  // Whoever reads the last line of the tests gets one even when they could not begin.
  if (name === 'test') console.log('0 passed, 1 failed');
};

/**
 * Runs one command; the process ends with its exit code once nothing is left to do.
 * @type {(name: string, parameters: string[]) => Promise<void>}
 */
export const launch = async (name, parameters) => {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    say(`"${name}" is not a command; the commands are ${Object.keys(COMMANDS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  try {
    const code = nodeIsRecentEnough(process.versions) ? await runHere(command, parameters) : await runOnNewerNode(name, parameters);
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    report(name, error);
    process.exitCode = 1;
  }
};

if (startedDirectly(import.meta.url)) {
  const [name = '', ...parameters] = process.argv.slice(2);
  // The program's own commands run where the person is; everything else is about the project's folder.
  if (name !== 'konspekt') process.chdir(root);
  await launch(name, parameters);
}
