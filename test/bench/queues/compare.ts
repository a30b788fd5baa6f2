/**
 * Job engines side by side on one machine in one run: plainjob, liteque, BullMQ, pg-boss and graphile-worker as npm
 * installs them, statements alone as the limit, and ours as it runs in the program. Run alone:
 * `node test/bench/queues/compare.ts [--short] [--only NAME,NAME]`.
 */
import { chmodSync, existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder } from '../program/bench-folder.ts';
import { median } from '../report/percentile.ts';
import { report, skip } from '../report/report.ts';
import type { Target } from '../report/row.ts';
import type { Contestant, Session } from './contestant.ts';
import { foreignNames, type ForeignEngine } from './engines/engine-under-test.ts';
import { foreignEngines } from './engines/foreign-engines.ts';
import { foreignContestant } from './foreign-contestant.ts';
import { ourContestant, type OurContestant, type OurSession } from './ours/our-contestant.ts';
import { rawContestant } from './raw-contestant.ts';
import { benchRows, type Figures, type Row } from './rows.ts';
import { findPostgres, startPostgres } from './servers/postgres.ts';
import { findRedis, redisCommand, startRedis } from './servers/redis.ts';
import { sideBySide } from './side-by-side.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, only: { type: 'string' } } });
const only = values.only?.split(',');
const rounds = values.short ? 1 : 3;
/** Finished jobs, and as many scheduled ones, beside which ours is measured again. */
const history = values.short ? 10_000 : 100_000;
const stepCount = values.short ? 800 : 3_000;
const rows = benchRows(values.short ? 0.25 : 1, values.short ? 60 : 300);

using folder = benchFolder();
// PostgreSQL runs as another account and has to pass through.
chmodSync(folder.path, 0o755);
/** Contestants whose settings were said: once in a table is enough. */
const introduced = new Set<Contestant>();
const closing: (() => Promise<void>)[] = [];
const lines: { what: string; unit: string; figures: Figures }[] = [];

process.once('SIGTERM', () => {
  void closeAll().finally(() => {
    folder[Symbol.dispose]();
    process.exit(1);
  });
});

let closed: Promise<void> | null = null;

/** Stops the servers once, whoever asks first; the folder may go only after that. */
function closeAll(): Promise<void> {
  closed ??= (async () => {
    for (const close of closing.reverse()) {
      await close().catch((error: unknown) => {
        console.error(error);
      });
    }
  })();
  return closed;
}

/** How each kind of storage is made anew for a session, and why there is none of it. */
async function storage(): Promise<(engine: ForeignEngine) => Contestant | { readonly why: string }> {
  let sessions = 0;
  const noServer = { redisPort: 0, postgresUrl: '' };
  const file = (): string => {
    sessions += 1;
    return folder.at(`foreign-${sessions}.db`);
  };
  const needed = (needs: ForeignEngine['needs']): boolean =>
    foreignNames.some(name => isWanted(name) && foreignEngines[name].needs === needs);
  const redisProgram = needed('redis') ? findRedis() : null;
  const redis = redisProgram === null ? null : await startRedis(redisProgram, folder.path);
  if (redis !== null) closing.push(() => redis.stop());
  const postgresBin = needed('postgres') ? findPostgres() : null;
  const postgres = postgresBin === null ? null : await startPostgres(postgresBin, folder.path);
  if (postgres !== null) closing.push(() => postgres.stop());

  return engine => {
    if (!existsSync(join(import.meta.dirname, 'node_modules', engine.name)))
      return { why: 'It is not installed: run `npm ci` in test/bench/queues.' };
    switch (engine.needs) {
      case 'file':
        return foreignContestant(engine.name, { serverPids: [], fresh: () => Promise.resolve({ ...noServer, file: file() }) });
      case 'redis':
        if (redis === null) return { why: 'There is no Redis: `apt-get install redis-server`.' };
        return foreignContestant(engine.name, {
          serverPids: [redis.pid],
          async fresh() {
            await redisCommand(redis.port, 'FLUSHALL');
            return { ...noServer, file: file(), redisPort: redis.port };
          },
        });
      case 'postgres':
        if (postgres === null) return { why: 'There is no PostgreSQL: `apt-get install postgresql`.' };
        return foreignContestant(engine.name, {
          serverPids: [postgres.pid],
          fresh() {
            const place = file();
            return Promise.resolve({ ...noServer, file: place, postgresUrl: postgres.createDatabase(`bench_${sessions}`) });
          },
        });
    }
  };
}

function isWanted(name: string): boolean {
  return only === undefined || only.includes(name);
}

function perSecond(count: number, ms: number): number {
  return (count / ms) * 1_000;
}

async function inSession<S extends Session, T>(contestant: { open(): Promise<S> }, work: (session: S) => Promise<T>): Promise<T> {
  const session = await contestant.open();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** Takes one row of every contestant, round by round, so that a change of the machine's load meets all of them. */
async function takeRow(row: Row, contestants: readonly Contestant[], isOurs: (contestant: Contestant) => boolean): Promise<void> {
  const taken = new Map<Contestant, number[][]>(contestants.map(contestant => [contestant, row.figures.map(() => [])]));
  const without = new Map<Contestant, string>();
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      if (without.has(contestant)) continue;
      try {
        const result = await inSession(contestant, session => row.measure(session, contestant));
        if ('why' in result) without.set(contestant, result.why);
        else
          result.forEach((value, at) => {
            if (value !== null) taken.get(contestant)?.[at]?.push(value);
          });
      } catch (error) {
        without.set(contestant, error instanceof Error ? error.message : String(error));
      }
    }
  }
  row.figures.forEach(({ what, unit, target }, at) => {
    const figures = new Map<string, number>();
    for (const [contestant, all] of taken) {
      const of = all[at] ?? [];
      if (of.length > 0) figures.set(contestant.name, median(of));
    }
    lines.push({ what, unit, figures });
    for (const contestant of contestants) {
      const value = figures.get(contestant.name);
      const title = `${what}: ${contestant.name}`;
      const why = without.get(contestant);
      const goal = isOurs(contestant) ? target(figures) : null;
      const note = introduced.has(contestant) ? '' : contestant.settings;
      introduced.add(contestant);
      if (value !== undefined) report(title, value, unit, { note, ...(goal === null ? {} : { target: goal }) });
      else if (why !== undefined) skip(title, why);
    }
  });
}

/** What only ours has: steps, a cold start after a kill, and each figure beside a long history. */
async function takeOurs(ours: OurContestant): Promise<void> {
  const medianOf = async (work: (session: OurSession) => Promise<number>): Promise<number> => {
    const all: number[] = [];
    for (let round = 0; round < rounds; round += 1) all.push(await inSession(ours, work));
    return median(all);
  };
  // A process stands by from half a second after a pool's first task on; before that a kill costs a start.
  report(
    'killed worker to its job running again, a process standing by: Konspekt',
    await medianOf(session => session.rerunOfOnly('standby')),
    'ms',
    { target: { atMost: 100 } },
  );
  report(
    'killed worker to its job running again, killed before one stood by: Konspekt',
    await medianOf(session => session.rerunOfOnly('nothing')),
    'ms',
  );
  for (const jobs of ['one', 'several'] as const) {
    const value = perSecond(stepCount, await medianOf(session => session.steps(jobs, stepCount)));
    report(`durable 1 kB steps, ${jobs === 'one' ? 'one job' : 'several jobs at once'}: Konspekt`, value, 'steps/s', {
      target: { atLeast: 3_000 },
    });
  }
  const empty = (what: string): number => lines.find(line => line.what === what)?.figures.get(ours.name) ?? Number.NaN;
  await inSession(ours, async session => {
    session.fill(history);
    for (const row of rows.slice(0, 4)) {
      const all: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const result = await row.measure(session, ours);
        if (!('why' in result) && typeof result[0] === 'number') all.push(result[0]);
      }
      const what = row.figures[0]?.what ?? '';
      const ratio = empty(what) / median(all);
      const target: Target = { atMost: 1.1 };
      report(`${what}, empty against ${history.toLocaleString('en-US')} finished and scheduled jobs: Konspekt`, ratio, '×', {
        target,
        note: `${Math.round(median(all))} jobs/s beside the history`,
      });
    }
  });
}

try {
  console.log(`load ${loadavg()[0]?.toFixed(1) ?? '?'}, ${rounds === 1 ? 'one short round' : `medians of ${rounds}`}`);
  const find = await storage();
  const contestants: Contestant[] = [];
  for (const name of foreignNames.filter(isWanted)) {
    const contestant = find(foreignEngines[name]);
    if ('why' in contestant) skip(name, contestant.why);
    else contestants.push(contestant);
  }
  if (isWanted('raw')) contestants.push(rawContestant(folder.path));
  const ours = ourContestant(folder.path);
  if (isWanted('ours')) contestants.push(ours);
  for (const row of rows) await takeRow(row, contestants, contestant => contestant === ours);
  if (isWanted('ours')) await takeOurs(ours);
  console.log(
    `\n${sideBySide(
      contestants.map(({ name }) => name),
      lines,
    )}`,
  );
} finally {
  await closeAll();
}
