import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from '../bootstrap/build.mjs';
import { root } from '../bootstrap/root.mjs';
import { runAttached, stopWasRequested } from '../bootstrap/run-attached.mjs';
import { say } from '../bootstrap/say.mjs';
import { gateNames } from '../gates/gates.ts';
import { runGates } from '../gates/run.ts';
import { type Counts, add, none, summary } from './counts.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { readPlaywrightReport, readVitestReport } from './read-report.ts';

const VITEST_REPORT = join(root, '.cache', 'reports', 'vitest.json');
/** The same path stands in playwright.config.ts. */
const PLAYWRIGHT_REPORT = join(root, '.cache', 'reports', 'playwright.json');

/**
 * Node 24 itself crashes now and then where a process begins and ends threads (nodejs/node#64500, #62393: V8 loses count of the pages
 * that its code lies on). Such a file is run once more, and both are told; whatever crashes of its own does so again.
 */
const runVitest = async (projects: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Counts> => {
  const { abandoned, ...counts } = await vitest(projects, env, []);
  if (abandoned.length === 0 || stopWasRequested()) return counts;
  say(`${counts.failures.join('\n')}\nThey are run once more.`);
  const { passed, failures } = await vitest(projects, env, abandoned);
  return { passed: counts.passed + passed, failures };
};

const vitest = async (projects: readonly string[], env: Readonly<Record<string, string>>, files: readonly string[]) => {
  rmSync(VITEST_REPORT, { force: true });
  const code = await runAttached(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${VITEST_REPORT}`,
      ...projects.map(project => `--project=${project}`),
      ...files,
    ],
    { cwd: root, env: { ...process.env, ...env } },
  );
  return readVitestReport(VITEST_REPORT, code);
};

const runPlaywright = async (): Promise<Counts> => {
  const chromium = await ensureChromium();
  rmSync(PLAYWRIGHT_REPORT, { force: true });
  const code = await runAttached(process.execPath, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test'], {
    cwd: root,
    env: { ...process.env, KONSPEKT_CHROMIUM: chromium },
  });
  return readPlaywrightReport(PLAYWRIGHT_REPORT, code);
};

interface Stage {
  /** What the person reads when it begins. */
  readonly title: string;
  readonly run: () => Promise<Counts>;
}

/** Everything `npm test` does, in order: what fails soonest comes first. */
const STAGES = {
  check: { title: 'gates', run: () => runGates(gateNames, root) },
  unit: { title: 'unit tests', run: () => runVitest(['unit']) },
  integration: {
    title: 'integration tests',
    // Among them is the built window in a browser.
    run: async () => runVitest(['integration'], { KONSPEKT_CHROMIUM: await ensureChromium() }),
  },
  process: {
    title: 'tests with real processes',
    run: async () => {
      await ensureBuild();
      return runVitest(['process', 'commands']);
    },
  },
  e2e: {
    title: 'tests in a window',
    run: async () => {
      await ensureBuild();
      return runPlaywright();
    },
  },
} as const satisfies Record<string, Stage>;

const isStageName = (name: string): name is keyof typeof STAGES => Object.hasOwn(STAGES, name);

/** A stage that cannot be run is one failure; the stages after it still say what they can. */
const runStage = async ({ title, run: runIt }: Stage): Promise<Counts> => {
  console.log(`\n${title}`);
  try {
    return await runIt();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('log' in error && typeof error.log === 'string' && error.log !== '') console.error(error.log.trimEnd());
    say(error.name === 'SetupFailure' ? error.message : (error.stack ?? error.message));
    return { passed: 0, failures: [`${title} could not be run`] };
  }
};

/** `npm test [-- --only <stage>[,<stage>]]`; resolves with the exit code. */
export const run = async (parameters: string[]): Promise<number> => {
  const { values } = parseArgs({ args: parameters, options: { only: { type: 'string' } } });
  const names = values.only?.split(',') ?? Object.keys(STAGES);
  const unknown = names.find(name => !isStageName(name));
  if (unknown !== undefined) {
    console.error(`"${unknown}" is not a part of the tests; the parts are ${Object.keys(STAGES).join(', ')}.`);
    return 2;
  }
  let counts = none;
  for (const name of names.filter(isStageName)) {
    counts = add(counts, await runStage(STAGES[name]));
    if (!stopWasRequested()) continue;
    counts = add(counts, { passed: 0, failures: ['stopped before the end'] });
    break;
  }
  console.log(`\n${summary(counts)}`);
  return counts.failures.length === 0 ? 0 : 1;
};
