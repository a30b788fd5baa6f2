import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root as projectRoot } from '../bootstrap/root.mjs';
import { runAttached } from '../bootstrap/run-attached.mjs';
import { type Counts, summary } from '../test/counts.ts';
import { type GateName, gateNames, gates } from './gates.ts';
import { runChecks } from './run-checks.ts';
import { startedDirectly } from '../bootstrap/started-directly.mjs';

const isGateName = (name: string): name is GateName => Object.hasOwn(gates, name);

/** Runs the named gates and says how each check went, with the output of those that failed. */
export const runGates = async (names: readonly GateName[], folder: string): Promise<Counts> => {
  const results = await runChecks(
    names.flatMap(name => gates[name]),
    folder,
    ({ name, passed, log }) => {
      console.log(passed ? `  passed  ${name}` : `  FAILED  ${name}\n${log.trimEnd()}\n`);
    },
  );
  const failures = results.filter(result => !result.passed).map(({ name }) => name);
  return { passed: results.length - failures.length, failures };
};

/** `npm run check [-- gate…] [--write] [--root <folder>]`; resolves with the exit code. */
export const run = async (parameters: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, root: { type: 'string' } },
  });
  const unknown = positionals.find(name => !isGateName(name));
  if (unknown !== undefined) {
    console.error(`"${unknown}" is not a gate; the gates are ${gateNames.join(', ')}.`);
    return 2;
  }
  const folder = resolve(values.root ?? projectRoot);
  if (values.write) return runAttached(process.execPath, [join(projectRoot, 'node_modules/oxfmt/bin/oxfmt')], { cwd: folder });
  const asked = positionals.filter(isGateName);
  const counts = await runGates(asked.length > 0 ? asked : gateNames, folder);
  console.log(summary(counts));
  return counts.failures.length === 0 ? 0 : 1;
};

if (startedDirectly(import.meta.url)) process.exitCode = await run(process.argv.slice(2));
