/**
 * The one door to every command of the project. It is plain JavaScript that runs on Node 18 and later: npm runs scripts on
 * whatever Node the machine has, so this file first continues itself on a Node that can run the program.
 *
 *   node tools/bootstrap/launch.mjs <start | konspekt | test | check | build> [parameters]
 */
import { fileURLToPath } from 'node:url';
import { newerNode } from './newer-node.mjs';
import { nodeIsRecentEnough } from './node-version.mjs';
import { root } from './root.mjs';
import { runAttached } from './run-attached.mjs';
import { say } from './say.mjs';

/** Every command: what has to be ready before it, and the module whose `run(parameters)` resolves with the exit code. */
const COMMANDS = {
  start: { needsBuild: true, module: './start.mjs' },
  konspekt: { needsBuild: true, module: './konspekt.mjs' },
  build: { needsBuild: true, module: undefined },
  check: { needsBuild: false, module: '../gates/run.mjs' },
  test: { needsBuild: false, module: '../test/run.mjs' },
};

const runHere = async (command, parameters) => {
  const { ensureDependencies } = await import('./dependencies.mjs');
  await ensureDependencies();
  if (command.needsBuild) {
    const { ensureBuild } = await import('./build.mjs');
    await ensureBuild();
  }
  if (!command.module) return 0;
  const { run } = await import(command.module);
  return run(parameters);
};

const runOnNewerNode = async (name, parameters) => runAttached(await newerNode(), [fileURLToPath(import.meta.url), name, ...parameters]);

/** Runs one command; the process ends with its exit code once nothing is left to do. */
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
    if (error?.name !== 'SetupFailure') throw error;
    if (error.log) process.stderr.write(`${error.log.trimEnd()}\n`);
    say(error.message);
    process.exitCode = 1;
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] !== 'konspekt') process.chdir(root);
  await launch(process.argv[2] ?? '', process.argv.slice(3));
}
