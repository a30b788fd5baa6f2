import type { Deed, Fate, ScenarioRun } from '../../support/scenarios/run-in-memory.ts';
import { runInMemory } from '../../support/scenarios/run-in-memory.ts';
import type { Scenario } from '../../support/scenarios/scenario.ts';
import { scenarios } from '../../support/scenarios/scenarios.ts';
import type { Suite, SuiteContext, SuiteResult } from './suite.ts';
import { pick } from './suite.ts';

/** The long version tells every deed at every point of every scenario; the short one a sample, some ten seconds' worth for a suite. */
const shortRunsPerScenario = 5;
/** A backup is read back and synced, which takes as long as several other runs. */
const shortDrillsPerScenario = 2;

/** What a scenario does when nothing befalls it is the same for every suite. */
const undisturbedRuns = new Map<Scenario, Promise<ScenarioRun>>();
function runUndisturbed(scenario: Scenario): Promise<ScenarioRun> {
  const run = undisturbedRuns.get(scenario) ?? runInMemory(scenario, []);
  undisturbedRuns.set(scenario, run);
  return run;
}

const pointsIn = (run: ScenarioRun): number => [...(run.points[0]?.values() ?? [])].reduce((sum, count) => sum + count, 0);

/** Tells every scenario with every deed: at each point while there is time, in an order that the seed decides. */
async function sweep(
  { random, goesOn, effort }: SuiteContext,
  deeds: readonly Deed[],
  fatesOf: (fate: Fate, points: number) => readonly Fate[],
  judge: (run: ScenarioRun, undisturbed: ScenarioRun) => readonly string[] = () => [],
  shortRuns = shortRunsPerScenario,
): Promise<SuiteResult> {
  const failures: string[] = [];
  const names = new Set<string>();
  const befallen = new Set<string>();
  const cells: { readonly scenario: Scenario; readonly fate: Fate; readonly points: number; readonly undisturbed: ScenarioRun }[] = [];
  for (const scenario of scenarios) {
    const undisturbed = await runUndisturbed(scenario);
    failures.push(...undisturbed.violations.map(({ invariant, what }) => `${scenario.name}, undisturbed: ${invariant}: ${what}`));
    for (const name of undisturbed.points[0]?.keys() ?? []) names.add(name);
    const points = pointsIn(undisturbed);
    const all = deeds.flatMap(deed =>
      Array.from({ length: points }, (_, n) => ({ scenario, fate: { at: n + 1, deed }, points, undisturbed })),
    );
    shuffle(all, random);
    cells.push(...(effort === 'short' ? all.slice(0, shortRuns) : all));
  }
  shuffle(cells, random);
  let runs = 0;
  for (const { scenario, fate, points, undisturbed } of cells) {
    if (effort === 'long' && !goesOn()) break;
    const fates = fatesOf(fate, points);
    const run = await runInMemory(scenario, fates);
    runs += 1;
    for (const point of run.befallen) befallen.add(point);
    for (const { invariant, what } of run.violations)
      failures.push(`${scenario.name}, ${JSON.stringify(fates)} (${run.befallen.join(', ')}): ${invariant}: ${what}`);
    if (scenario.goesByTheClock !== true)
      failures.push(...judge(run, undisturbed).map(what => `${scenario.name}, ${JSON.stringify(fates)}: ${what}`));
  }
  return {
    scenarios: scenarios.length,
    runs,
    failures,
    figures: { 'points reached': names.size, 'points where it happened': befallen.size, 'cells in all': cells.length },
  };
}

function shuffle<T>(values: T[], random: () => number): void {
  for (let n = values.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1));
    const [a, b] = [values[n], values[other]];
    if (a === undefined || b === undefined) continue;
    values[n] = b;
    values[other] = a;
  }
}

const only = (fate: Fate): readonly Fate[] => [fate];

export const killsInMemory: Suite = {
  number: 1,
  needs: 'memory',
  name: 'Kill matrix in memory',
  proves:
    'Main, its workers or both killed, or asked to stop, at any call over any port and at any statement: nothing acknowledged is lost, no recorded step runs again.',
  run: context => sweep(context, ['kill main', 'kill worker', 'kill both', 'stop'], only),
};

/** Deaths one after the other: a kill in the middle of a recovery, and in the one after that. */
const deathsInARow = 4;

export const killsInARow: Suite = {
  number: 2,
  needs: 'memory',
  name: 'Kills in a row',
  proves: 'A program that is killed again and again, also while it recovers, comes to the same end.',
  run: context =>
    sweep(context, ['kill main', 'kill both'], (fate, points) => [
      fate,
      ...Array.from({ length: deathsInARow - 1 }, () => ({
        at: 1 + Math.floor(context.random() * points),
        deed: pick(context.random, ['kill main', 'kill worker', 'stop'] as const),
      })),
    ]),
};

export const diskRefuses: Suite = {
  number: 3,
  needs: 'memory',
  name: 'Disk full, failing or locked',
  proves: 'A disk that refuses once at any statement or transaction pauses the work; it goes on by itself and comes to the same end.',
  run: context => sweep(context, ['full', 'write', 'sync', 'busy'], only),
};

export const faultsInTransactions: Suite = {
  number: 4,
  needs: 'memory',
  name: 'A fault at every statement of every transaction',
  proves: 'All or nothing: what fails inside a transaction leaves no half of it, whatever the fault.',
  run: context => sweep(context, ['memory', 'io', 'full', 'sync'], only),
};

export const clockJumps: Suite = {
  number: 8,
  needs: 'memory',
  name: 'The clock jumps',
  proves:
    'An hour or a year ahead or back, or a night of sleep, at any point: no lease and no time limit is lost to it, nothing is tried more often, what is due comes once the clock is right.',
  run: context =>
    sweep(context, ['an hour ahead', 'an hour back', 'eight hours of sleep', 'a year ahead', 'a year back'], only, (run, undisturbed) =>
      run.started > undisturbed.started ? [`${run.started} attempts were started, and ${undisturbed.started} without the jump`] : [],
    ),
};

export const backupDrill: Suite = {
  number: 12,
  needs: 'memory',
  name: 'Backup drill in memory',
  proves:
    'The file is lost at any point and an earlier backup put in its place: it holds all that was acknowledged before it, and the program goes on from it without repeating a recorded step.',
  run: context =>
    sweep(
      context,
      ['restore'],
      ({ at, deed }) => [{ at, deed, backUpAt: 1 + Math.floor(context.random() * at) }],
      () => [],
      shortDrillsPerScenario,
    ),
};
