import { machineClass } from '../bench/report/machine.ts';
import { invariants } from '../support/invariants/violations.ts';
import { mutants } from './mutants/mutants.ts';
import { scenarios } from '../support/scenarios/scenarios.ts';

/** What one suite came to. */
export interface SuiteRow {
  readonly number: number;
  readonly name: string;
  readonly proves: string;
  readonly scenarios: number;
  readonly runs: number;
  readonly failures: readonly string[];
  readonly figures: Readonly<Record<string, number | string>>;
  readonly ms: number;
}

/** As long as the last full run of `npm run mutants` took; nothing of a chaos run tells it. */
const mutationMinutes = 'three quarters of an hour beside other work';

/** The page `docs/RELIABILITY.md`, from a run. `busy`: the share of all processors that others used before it (0 to 1). */
export function reliabilityPage(
  rows: readonly SuiteRow[],
  {
    seed,
    minutes,
    only,
    file,
    busy,
  }: {
    readonly seed: number;
    readonly minutes: number;
    readonly only: string | null;
    readonly file: string;
    readonly busy: number;
  },
): string {
  const cell = (text: string | number): string => String(text).replaceAll('|', String.raw`\|`);
  const table = (head: readonly string[], lines: readonly (readonly (string | number)[])[]): string =>
    [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines.map(line => `| ${line.map(cell).join(' | ')} |`)].join(
      '\n',
    );
  const red = rows.filter(row => row.failures.length > 0);
  const sum = (of: (row: SuiteRow) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const [runs, failures, ms, kills] = [
    sum(row => row.runs),
    sum(row => row.failures.length),
    sum(row => row.ms),
    sum(row => Number(row.figures['kills'] ?? 0)),
  ];
  const figures = rows.flatMap(row => Object.entries(row.figures).map(([name, value]) => [`${row.number}. ${row.name}`, name, value]));
  return `# Reliability

What the program promises about work that it was given, how the promise is tested, what the last long run of these tests measured,
and what they do not show.

**The promise.** What the program acknowledged survives a kill of any process and, as each commit is synced, a power loss on hardware that
honours fsync. A job ends in exactly one final state. Steps run at least once, with recorded outputs; a step that may have changed
something outside is shown to a person and never silently repeated. No input makes the program crash, hang or lose what was there.

## This run

| | |
|---|---|
| Command | \`npm run chaos -- --minutes ${minutes} --seed ${seed}${only === null ? '' : ` --only ${only}`} --write ${file}\` |
| Date | ${new Date().toISOString().slice(0, 10)} |
| Machine | ${machineClass()}; others used ${Math.round(busy * 100)} % of its processors when the run began |
| Result | ${red.length === 0 ? `all ${rows.length} suites green` : `red: ${red.map(row => `${row.number}. ${row.name}`).join('; ')}`} |
| In all | ${runs} runs in ${Math.round(ms / 60_000)} minutes, ${kills} processes killed, ${failures === 0 ? 'nothing lost, no effect repeated' : `${failures} failures`} |

The same seed tries the same points in the same order; how far a suite gets in its share of the time depends on the machine.

## The suites

A **case** is one thing that is tried: a scenario, or a test of a file. A **run** is one telling of a case: with another fault, or at another
point. Short versions of all suites run in \`npm test\`, and take some two minutes of it.

${table(
  ['#', 'Suite', 'What green means', 'Cases', 'Runs', 'Failures', 'Seconds'],
  rows.map(row => [row.number, row.name, row.proves, row.scenarios, row.runs, row.failures.length, Math.round(row.ms / 1_000)]),
)}

Numbers that are missing belong to suites without a long version, whose tests are beside what they test and run in \`npm test\`: 10, damaged
databases; 11, migrations that are killed; 14, bad documents. 7 is kept for streams of language models.

## Figures

${table(['Suite', 'Figure', 'Value'], figures)}

## How it is done

The program has ports: the store of jobs, the runner of tasks, the connection to SQLite, the pipe to a worker. The tests wrap them, so each
call over a port, each statement and each frame is a named point where a test kills, stops or breaks the program
([ADR 10](adr/0010-fail-points-are-ports.md)). Nothing of this is in the program itself, and no test sleeps.

A ledger, in a process of its own where processes are killed, writes down what callers were told, what workers were told and what steps did
outside. After the last life the database is compared with it and with the invariants below.

The words of the figures: **points reached** are the names of points that the scenarios come by at all, **points where it happened** those at
which this run let something happen, **cells** all pairs of a fault and a moment that there are. **Ready again** is the time from a kill to
a program that takes requests. **Loop delay** is what others on the machine add to it, too; the **processor time of a turn** is the program's own.

### Scenarios told with every fault and kill

${table(
  ['Scenario', 'What its green runs show'],
  scenarios.map(scenario => [scenario.name, scenario.proves]),
)}

### Invariants of every database left behind

Each has a change in \`test/support/invariants/violations.test.ts\` that breaks it and is seen.

${table(
  ['Invariant', 'Holds'],
  invariants.map(invariant => [invariant.name, invariant.holds]),
)}

### The tests are tested

\`npm run mutants\` makes the ${mutants.length} changes for the worse of ${'`test/reliability/mutants/`'} to the engine, the store and the workers, one at a time in a copy of
the project: a lease clause dropped, a sync skipped, a commit and its effect swapped, a bound taken away. For each, some test must fail; a
change that no test notices makes the command red. It takes ${mutationMinutes}.

## What this does not show

- **Power loss itself.** Processes are killed; the machine is not switched off. That a synced commit outlives that is SQLite's and the
  disk's promise. A disk that says it has written and has not, or a network folder, can lose what was acknowledged.
- **Other systems.** The run above was on the machine it names. The same suites run on macOS and Windows, where signals, file locks and the
  order in which processes end differ; figures of one system say nothing of another.
- **Long time.** The soak makes hours of work in minutes. It does not show what a month of real days does.
- **Errors of the model.** The engine is compared with a small model and with invariants that people wrote. What neither speaks of is not looked at.
- **Speed.** The times here are those of a machine under test. The bench (\`npm run bench\`) measures speed.
`;
}
