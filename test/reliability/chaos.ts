import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { othersBusy } from '../bench/report/machine.ts';
import { readVitestReport } from '../../tools/test/read-report.ts';
import { reliabilityPage } from './reliability-page.ts';
import type { SuiteRow } from './reliability-page.ts';
import { suites } from './suites/all.ts';
import type { Suite } from './suites/suite.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { FileSuite } from './vitest-suites.ts';
import { fileSuites, modelFile } from './vitest-suites.ts';

const root = join(import.meta.dirname, '..', '..');

/** Minutes that the long suites share when nobody says how many. */
const defaultMinutes = 10;
/** Sequences of the model test in a second, as measured with two processors; the run asks for so many as fit its share. */
const modelRunsPerSecond = 4;
/** What RELIABILITY asks of the model test; more time is spent by the other suites. */
const modelRunsAtMost = 10_000;
/** A test that is only slow, because others use the machine, is no test that fails. */
const testTimeoutMs = 300_000;
/** Failures printed of one suite: the first ones tell what is wrong. */
const failuresShown = 10;

/**
 * `npm run chaos [-- --minutes N --seed S --only 1,4 --write FILE]`: every numbered suite, the long versions for N minutes
 * altogether. The same seed tries the same points in the same order. Resolves with exit code 0 when all are green.
 */
export async function run(parameters: string[]): Promise<number> {
  const { values } = parseArgs({
    args: parameters,
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, write: { type: 'string' } },
  });
  const minutes = Number(values.minutes ?? defaultMinutes);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const numbers = values.only?.split(',').map(Number) ?? null;
  if (
    !Number.isFinite(minutes) ||
    minutes <= 0 ||
    !Number.isSafeInteger(seed) ||
    numbers?.some(number => !Number.isInteger(number)) === true
  ) {
    console.error('Minutes are a positive number, the seed is a whole one, and --only takes the numbers of suites: --only 1,2,4.');
    return 2;
  }
  const isAsked = ({ number }: { readonly number: number }): boolean => numbers?.includes(number) ?? true;
  const own = suites.filter(isAsked);
  const files = fileSuites.filter(isAsked);
  console.log(
    `seed ${seed}, ${minutes} min: npm run chaos -- --minutes ${minutes} --seed ${seed}${values.only === undefined ? '' : ` --only ${values.only}`}`,
  );
  const shareMs = (minutes * 60_000) / Math.max(1, own.length + (files.some(suite => suite.files.includes(modelFile)) ? 1 : 0));
  const busy = await othersBusy();
  const rows: SuiteRow[] = [];
  for (const suite of own) rows.push(told(await runOwn(suite, seed, shareMs)));
  for (const suite of files) rows.push(told(await runFiles(suite, seed, shareMs)));
  rows.sort((a, b) => a.number - b.number);
  const red = rows.filter(row => row.failures.length > 0);
  console.log(
    red.length === 0
      ? `\nAll ${rows.length} suites are green.`
      : `\nRed: ${red.map(row => `${row.number}. ${row.name}`).join('; ')}. Seed ${seed}.`,
  );
  if (values.write !== undefined)
    writeFileSync(values.write, reliabilityPage(rows, { seed, minutes, only: values.only ?? null, file: values.write, busy }));
  return red.length === 0 ? 0 : 1;
}

function told(row: SuiteRow): SuiteRow {
  const figures = Object.entries(row.figures).map(([name, value]) => `${name} ${value}`);
  console.log(
    `${row.failures.length === 0 ? 'green' : 'RED  '} ${row.number}. ${row.name}: ${row.runs} runs, ${Math.round(row.ms / 1_000)} s${figures.length === 0 ? '' : `; ${figures.join(', ')}`}`,
  );
  for (const failure of row.failures.slice(0, failuresShown)) console.log(`      ${failure}`);
  if (row.failures.length > failuresShown) console.log(`      and ${row.failures.length - failuresShown} more`);
  return row;
}

async function runOwn(suite: Suite, seed: number, shareMs: number): Promise<SuiteRow> {
  const startedAt = performance.now();
  const goesOn = (): boolean => performance.now() - startedAt < shareMs;
  const { number, name, proves } = suite;
  try {
    const result = await suite.run({ random: seededRandom(seed), goesOn, effort: 'long' });
    return { number, name, proves, ...result, ms: performance.now() - startedAt };
  } catch (error) {
    const failures = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { number, name, proves, scenarios: 0, runs: 0, failures, figures: {}, ms: performance.now() - startedAt };
  }
}

async function runFiles(suite: FileSuite, seed: number, shareMs: number): Promise<SuiteRow> {
  const startedAt = performance.now();
  const missing = suite.files.filter(file => !existsSync(join(root, file)));
  const folder = mkdtempSync(join(tmpdir(), 'konspekt-chaos-'));
  const report = join(folder, 'report.json');
  const modelRuns = Math.min(modelRunsAtMost, Math.max(1, Math.round((shareMs / 1_000) * modelRunsPerSecond)));
  const isModel = suite.files.includes(modelFile);
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      `--testTimeout=${testTimeoutMs}`,
      ...suite.files,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CHAOS_SEED: String(seed), ...(isModel ? { ENGINE_MODEL_RUNS: String(modelRuns) } : {}) },
    },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  const { passed, failures } = readVitestReport(report, code ?? 1);
  rmSync(folder, { recursive: true });
  return {
    number: suite.number,
    name: suite.name,
    proves: suite.proves,
    scenarios: passed + failures.length,
    runs: isModel ? modelRuns : passed + failures.length,
    failures: [
      ...missing.map(file => `${file} is not there`),
      ...(failures.length === 0 ? [] : [...failures, `run npx vitest run ${suite.files.join(' ')}`]),
    ],
    figures: {},
    ms: performance.now() - startedAt,
  };
}
