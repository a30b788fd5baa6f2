import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { scheduleSql } from '../schedules/schedule-repository.ts';
import { migration as schedules } from './0100-schedules.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
});
afterEach(() => {
  db.close();
  folder.remove();
});

const until = (version: number) => migrations.filter(migration => migration.version < version);
const addJob = (id: string): void => {
  db.prepare(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, max_attempts, created_at_ms)
     VALUES (?, 'chat.answer', 't', 't', ?, 't', 3, '{"n":1}', 'queued', 1, 3, 1)`,
  ).run(id, id);
};

test('jobs of the schema before stay; the empty table of schedules makes way for the one that is used', () => {
  migrate(db, until(schedules.version), () => undefined);
  addJob('a');
  let backups = 0;
  migrate(db, [...until(schedules.version), schedules], () => {
    backups += 1;
  });
  expect([db.prepare('SELECT id FROM job').pluck().all(), backups]).toEqual([['a'], 1]);
});

test('a job that a schedule names cannot be deleted, and a planned time has one run', () => {
  migrate(db, migrations, () => undefined);
  addJob('a');
  const id = '01920000-0000-7000-8000-000000000001';
  db.prepare(
    `INSERT INTO schedule (id, kind, title, payload, cron, time_zone, missed, overlap, enabled, next_at_ms, last_job_id, created_at_ms)
     VALUES (?, 'chat.answer', 't', '{}', '0 9 * * *', 'UTC', 'skip', 'skip', 1, 5, 'a', 1)`,
  ).run(id);
  expect(() => db.prepare("DELETE FROM job WHERE id = 'a'").run()).toThrow(/FOREIGN KEY/u);
  const run = db.prepare("INSERT INTO schedule_run (schedule_id, planned_at_ms, at_ms, outcome, job_id) VALUES (?, 5, 6, 'started', 'a')");
  run.run(id);
  expect(() => run.run(id)).toThrow(/UNIQUE/u);
  db.prepare('DELETE FROM schedule').run();
  expect(db.prepare('SELECT * FROM schedule_run').all()).toEqual([]);
});

test.each([
  ['earliestNext', /COVERING INDEX schedule_next/u],
  ['due', /INDEX schedule_next \(next_at_ms>\? AND next_at_ms<\?\)/u],
  ['runs', /PRIMARY KEY \(schedule_id=\?\)/u],
  ['forgetRuns', /PRIMARY KEY \(schedule_id=\? AND planned_at_ms<\?\)/u],
] as const)('%s goes by its index', (name, index) => {
  migrate(db, migrations, () => undefined);
  const sql = scheduleSql[name];
  const names = [...new Set([...sql.matchAll(/@(\w+)/gu)].map(match => match[1] ?? ''))];
  const plan = db
    .prepare<[Record<string, null>], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(Object.fromEntries(names.map(each => [each, null])))
    .map(row => row.detail)
    .join('; ');
  expect(plan).toMatch(index);
  expect(plan).not.toMatch(/TEMP B-TREE/u);
});
