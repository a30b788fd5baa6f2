/**
 * Ways to claim the next jobs of a queue, in microseconds a job: 20,000 queued ones in five priorities beside 100,000 that have
 * ended and 20,000 that are due later, 256 in a transaction, which is undone so that each way finds the same. The figures stand beside the
 * statement that was chosen (`job-statements.ts`). `node test/bench/claim-statements.ts`.
 */
import { join } from 'node:path';
import type { Database } from '../../src/main/store/connection.ts';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { jobSql } from '../../src/main/store/jobs/job-statements.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { createTestIds } from '../support/job-ids.ts';
import { newJob } from '../support/new-job.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { report } from './report/report.ts';

const queued = 20_000;
const scheduled = 20_000;
const ended = 100_000;
const priorities = [0, 20, 30, 50, 100];
const jobsOfATurn = 256;
const rounds = 40;
const kind = 'chat.answer';
const taken =
  "state = 'running', lease_token = 'lease-' || job.id, attempt = attempt + 1, started_at_ms = @nowMs, last_news_at_ms = @nowMs";
const returned = 'RETURNING id, kind, payload';
const head = `SELECT id FROM job WHERE state = 'queued' AND held_for IS NULL AND kind = '${kind}' ORDER BY priority DESC, due_at_ms, id`;
const given = { nowMs: 2 };

/** Claims `jobsOfATurn` jobs, inside a transaction; how many it got. */
type Way = (db: Database) => () => number;

/** As the dispatcher does it: the heads of each priority, chosen among with their age, then all in one statement. */
const chosenBefore: Way = db => {
  const classes = db.prepare<{ kinds: string }, { kind: string; priority: number }>(jobSql.queueClasses);
  const heads = db.prepare<unknown[], { id: string; dueAtMs: number }>(jobSql.queueHeads);
  const claim = db.prepare<{ taken: string; nowMs: number }, unknown>(jobSql.claim);
  return () => {
    const rows = classes
      .all({ kinds: JSON.stringify([kind]) })
      .flatMap(({ priority }) =>
        heads.all({ kind, priority, afterDueAtMs: -1, afterId: '', limit: Math.ceil(jobsOfATurn / priorities.length) }),
      );
    const leases = Object.fromEntries(rows.slice(0, jobsOfATurn).map(({ id }) => [id, `lease-${id}`]));
    return claim.all({ taken: JSON.stringify(leases), nowMs: given.nowMs }).length;
  };
};
const each =
  (sql: string): Way =>
  db => {
    const claim = db.prepare<typeof given, unknown>(sql);
    return () => Array.from({ length: jobsOfATurn }, () => claim.get(given)).filter(row => row !== undefined).length;
  };
const together =
  (sql: string): Way =>
  db => {
    const claim = db.prepare<typeof given, unknown>(sql);
    return () => claim.all(given).length;
  };
const selectThenUpdate: Way = db => {
  const select = db.prepare<[], { id: string }>(`${head} LIMIT 1`);
  const update = db.prepare<typeof given & { id: string }>(`UPDATE job SET ${taken} WHERE id = @id AND state = 'queued'`);
  return () => {
    let got = 0;
    for (let n = 0; n < jobsOfATurn; n += 1) {
      const row = select.get();
      if (row !== undefined) got += update.run({ ...given, id: row.id }).changes;
    }
    return got;
  };
};

const subqueryEach = `UPDATE job SET ${taken} WHERE id = (${head} LIMIT 1) ${returned}`;
const subqueryAll = `UPDATE job SET ${taken} WHERE id IN (${head} LIMIT ${jobsOfATurn}) ${returned}`;
const ways: readonly { readonly name: string; readonly way: Way; readonly fullIndex?: true }[] = [
  { name: 'chosen before, one UPDATE for all (ours, with ageing)', way: chosenBefore },
  { name: 'UPDATE … WHERE id IN (SELECT … LIMIT 256) RETURNING', way: together(subqueryAll) },
  {
    name: 'WITH head AS (…) UPDATE … FROM head RETURNING',
    way: together(
      `WITH head AS MATERIALIZED (${head} LIMIT ${jobsOfATurn}) UPDATE job SET ${taken} FROM head WHERE job.id = head.id RETURNING job.id, job.kind, job.payload`,
    ),
  },
  { name: 'UPDATE … WHERE id = (SELECT … LIMIT 1) RETURNING, each', way: each(subqueryEach) },
  { name: 'SELECT … LIMIT 1, then UPDATE, each', way: selectThenUpdate },
  { name: 'UPDATE … IN (SELECT …), a full index for the partial ones', way: together(subqueryAll), fullIndex: true },
  { name: 'UPDATE … = (SELECT … LIMIT 1), each, a full index', way: each(subqueryEach), fullIndex: true },
];

const folder = tempFolder();
const db = openJobDatabase(join(folder.path, 'a.db'));
try {
  const store = createJobRepository(db);
  const ids = createTestIds();
  const fill = (count: number, overrides: (n: number) => Parameters<typeof newJob>[1]) => {
    store.transaction(() => {
      for (let n = 0; n < count; n += 1) store.insert([newJob(ids.jobId(), overrides(n))]);
    });
  };
  fill(ended, () => ({}));
  db.prepare("UPDATE job SET state = 'cancelled', finished_at_ms = 1").run();
  fill(queued, n => ({ priority: priorities[n % priorities.length] ?? 0 }));
  fill(scheduled, n => ({ state: 'scheduled', dueAtMs: 1_000_000 + n }));
  const measured = (way: Way): number => {
    const claim = way(db);
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      db.exec('BEGIN IMMEDIATE');
      const startedAt = performance.now();
      const got = claim();
      costs.push(((performance.now() - startedAt) * 1_000) / jobsOfATurn);
      db.exec('ROLLBACK');
      if (got !== jobsOfATurn) throw new Error(`${got} jobs were claimed in place of ${jobsOfATurn}.`);
    }
    return costs.toSorted((a, b) => a - b)[rounds / 2] ?? 0;
  };
  for (const { name, way } of ways.filter(each => each.fullIndex !== true)) report(`claim: ${name}`, measured(way), 'µs a job');
  db.exec('DROP INDEX job_queued; CREATE INDEX job_all ON job (state, kind, priority DESC, due_at_ms, id, held_for)');
  for (const { name, way } of ways.filter(each => each.fullIndex === true)) report(`claim: ${name}`, measured(way), 'µs a job');
} finally {
  db.close();
  folder.remove();
}
