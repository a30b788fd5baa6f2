import { machineClass } from '../bench/report/machine.ts';
import { invariants } from '../support/invariants/violations.ts';
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

/** The page `docs/RELIABILITY.md`, from a run. */
export function reliabilityPage(
  rows: readonly SuiteRow[],
  { seed, minutes, only, file }: { readonly seed: number; readonly minutes: number; readonly only: string | null; readonly file: string },
): string {
  const cell = (text: string | number): string => String(text).replaceAll('|', String.raw`\|`);
  const table = (head: readonly string[], lines: readonly (readonly (string | number)[])[]): string =>
    [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...lines.map(line => `| ${line.map(cell).join(' | ')} |`)].join(
      '\n',
    );
  const figures = rows.flatMap(row => Object.entries(row.figures).map(([name, value]) => [`${row.number}. ${row.name}`, name, value]));
  return `# Reliability

Written by \`npm run chaos -- --minutes ${minutes} --seed ${seed}${only === null ? '' : ` --only ${only}`} --write ${file}\` on ${new Date().toISOString().slice(0, 10)}. The same seed tries the same
points in the same order; how far a suite gets depends on the machine.

Machine: ${machineClass()}.

**The promise.** What the program acknowledged survives a kill of any process and, as each commit is synced, a power loss on hardware that
honours fsync. A job ends in exactly one final state. Steps run at least once, with recorded outputs. No input makes it crash, hang or lose
what was there.

## The suites

Short versions run in \`npm test\`, these long ones in \`npm run chaos\`.

${table(
  ['#', 'Suite', 'What green means', 'Cases', 'Runs', 'Failures', 'Seconds'],
  rows.map(row => [row.number, row.name, row.proves, row.scenarios, row.runs, row.failures.length, Math.round(row.ms / 1_000)]),
)}

## Figures

${table(['Suite', 'Figure', 'Value'], figures)}

## How it is done

The program has ports: the store of jobs, the runner of tasks, the connection to SQLite, the pipe to a worker. The tests wrap them, so each
call over a port, each statement and each frame is a named point where a test kills, stops or breaks the program
([ADR 10](adr/0010-fail-points-are-ports.md)). Nothing of this is in the program itself, and no test sleeps.

A ledger, in a process of its own where processes are killed, writes down what callers were told, what workers were told and what steps did
outside. After the last life the database is compared with it and with the invariants below.

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

\`npm run mutants\` makes ${'`test/reliability/mutants/mutants.ts`'}'s changes to the engine, store and workers, one at a time in a copy of the project: a lease
clause dropped, a sync skipped, a commit and its effect swapped. For each, some test must fail.
`;
}
