import { percentile } from '../../bench/report/percentile.ts';
import type { ProcessDeed, ProcessFate } from '../../support/chaos/orders.ts';
import { pointsOfTask, processDeed } from '../../support/chaos/orders.ts';
import type { ProcessRun } from '../../support/chaos/run-in-processes.ts';
import { runInProcesses } from '../../support/chaos/run-in-processes.ts';
import { startLedger } from '../../support/ledger/ledger.ts';
import type { Suite, SuiteResult } from './suite.ts';
import { pick } from './suite.ts';

/** Jobs of one run: some in every state while the others run. */
const jobsInARun = 8;
/** Cells of the short matrix: each deed meets a point of main and one of a worker. */
const shortCells = 6;
/** Lives that end badly in one run of the random kills. */
const killsInARun = { short: 3, long: 12 } as const;
const shortRounds = 1;

function judged(runs: readonly { readonly run: ProcessRun; readonly fates: readonly ProcessFate[] }[], scenarios: number): SuiteResult {
  const readyMs = runs.flatMap(({ run }) => run.readyMs);
  return {
    scenarios,
    runs: runs.length,
    failures: runs.flatMap(({ run, fates }) =>
      run.violations.map(({ invariant, what }) => `${JSON.stringify(fates)}: ${invariant}: ${what}`),
    ),
    figures: {
      kills: runs.reduce((sum, { run }) => sum + run.killed, 0),
      'jobs ended': runs.reduce((sum, { run }) => sum + run.jobs, 0),
      'ready again, median ms': readyMs.length === 0 ? '–' : Math.round(percentile(readyMs, 0.5)),
      'ready again, p95 ms': readyMs.length === 0 ? '–' : Math.round(percentile(readyMs, 0.95)),
    },
  };
}

export const killMatrix: Suite = {
  number: 1,
  needs: 'machine',
  name: 'Kill matrix with real processes',
  proves:
    'The engine, its worker process or both, killed with SIGKILL or asked to leave with SIGTERM at each named point; a ledger in a process of its own finds nothing lost and nothing repeated.',
  async run({ random, goesOn, effort }) {
    const ledger = await startLedger();
    try {
      const undisturbed = await runInProcesses(ledger, jobsInARun, []);
      const runs = [{ run: undisturbed, fates: [] as readonly ProcessFate[] }];
      const ofMain = Object.keys(undisturbed.reached);
      const cells: ProcessFate[] = processDeed.options.flatMap(deed =>
        [...ofMain, ...pointsOfTask].map(point => ({
          point,
          deed,
          nth: 1 + Math.floor(random() * Math.min(3, undisturbed.reached[point] ?? 3)),
        })),
      );
      for (let n = cells.length - 1; n > 0; n -= 1) {
        const other = Math.floor(random() * (n + 1));
        const [a, b] = [cells[n], cells[other]];
        if (a !== undefined && b !== undefined) [cells[n], cells[other]] = [b, a];
      }
      for (const cell of effort === 'short' ? sample(cells) : cells) {
        if (effort === 'long' && !goesOn()) break;
        runs.push({ run: await runInProcesses(ledger, jobsInARun, [cell]), fates: [cell] });
      }
      const result = judged(runs, cells.length);
      return { ...result, figures: { ...result.figures, points: ofMain.length + pointsOfTask.length, cells: cells.length } };
    } finally {
      await ledger.stop();
    }
  },
};

/** Cells where every deed occurs, at points of main and of workers. */
function sample(cells: readonly ProcessFate[]): ProcessFate[] {
  const isTask = (cell: ProcessFate): boolean => cell.point.startsWith('task.');
  const first = (deed: ProcessDeed, task: boolean): ProcessFate[] =>
    cells.filter(cell => cell.deed === deed && isTask(cell) === task).slice(0, 1);
  return [...processDeed.options.flatMap(deed => first(deed, false)), ...first('kill worker', true), ...first('kill main', true)].slice(
    0,
    shortCells,
  );
}

export const randomKills: Suite = {
  number: 2,
  needs: 'machine',
  name: 'Random kills under load',
  proves:
    'Lives that end one after the other at points drawn by the seed, with jobs in every state, on one database: all jobs end once, none is lost.',
  async run({ random, goesOn, effort }) {
    const ledger = await startLedger();
    try {
      const runs: { run: ProcessRun; fates: readonly ProcessFate[] }[] = [];
      while (effort === 'short' ? runs.length < shortRounds : goesOn()) {
        const fates = Array.from({ length: killsInARun[effort] }, () => ({
          point: 'any',
          nth: 1 + Math.floor(random() * 400),
          deed: pick(random, processDeed.options),
        }));
        runs.push({ fates, run: await runInProcesses(ledger, effort === 'short' ? 2 * jobsInARun : 8 * jobsInARun, fates) });
      }
      return judged(runs, runs.length);
    } finally {
      await ledger.stop();
    }
  },
};
