import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benches, isBenchName, type BenchName } from './catalogue.ts';
import { machineClass, othersBusy } from './report/machine.ts';
import { benchRow, type BenchRow } from './report/row.ts';
import { isMissed, markdownTable, percent, textTable, type BenchResult } from './report/table.ts';

const folder = import.meta.dirname;

/**
 * `npm run bench [-- --only NAME[,NAME] --json FILE --write FILE]`: one bench after the other, never two at once. Resolves with
 * exit code 0 when every bench ran to its end, whatever its figures say: a figure of a busy machine is no failure.
 */
export async function run(parameters: string[]): Promise<number> {
  const { values } = parseArgs({
    args: parameters,
    options: { only: { type: 'string' }, json: { type: 'string' }, write: { type: 'string' } },
  });
  const names = values.only?.split(',') ?? Object.keys(benches);
  const unknown = names.find(name => !isBenchName(name));
  if (unknown !== undefined) {
    console.error(`"${unknown}" is not a bench; the benches are ${Object.keys(benches).join(', ')}.`);
    return 2;
  }
  console.log(machineClass());
  const results: BenchResult[] = [];
  const broken: string[] = [];
  for (const name of names.filter(isBenchName)) {
    const busy = await othersBusy();
    console.log(`\n${name}: ${benches[name].title}; others use ${percent(busy)} of the machine, load ${loadavg()[0]?.toFixed(1) ?? '?'}`);
    const { rows, exitCode } = await runBench(name);
    results.push({ bench: name, othersBusy: busy, rows });
    if (exitCode !== 0) broken.push(name);
  }
  console.log(`\n${textTable(results)}\n`);
  const missed = results.flatMap(({ rows }) => rows.filter(isMissed));
  console.log(missed.length === 0 ? 'Every target is met.' : `${missed.length} missed: ${missed.map(({ what }) => what).join('; ')}.`);
  if (broken.length > 0) console.log(`Broke off: ${broken.join(', ')}.`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine: machineClass(), atMs: Date.now(), results }, null, 2)}\n`);
  if (values.write !== undefined) writeFileSync(values.write, page(results, values.only, values.write));
  return broken.length === 0 ? 0 : 1;
}

async function runBench(name: BenchName): Promise<{ readonly rows: readonly BenchRow[]; readonly exitCode: number }> {
  const rows: BenchRow[] = [];
  const child = fork(join(folder, benches[name].script), [], { execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'] });
  child.on('message', message => {
    rows.push(benchRow.parse(message));
  });
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { rows, exitCode: code ?? 1 };
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function page(results: readonly BenchResult[], only: string | undefined, file: string): string {
  const parameters = [...(only === undefined ? [] : ['--only', only]), '--write', file];
  return `# Benchmarks

Written by \`npm run bench -- ${parameters.join(' ')}\` on ${new Date().toISOString().slice(0, 10)}. Timings vary by ±30 % from run to run,
and more on a machine that others use: "others busy" is the share of all processors in use in the second before a bench began.

Machine: ${machineClass()}.

${markdownTable(results)}

The quality of the built-in summaries is measured by \`npm run bench:quality\`.
`;
}
