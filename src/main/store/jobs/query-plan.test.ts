import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJobDatabase } from '../../../../test/support/job-database.ts';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import type { Database } from '../connection.ts';
import { jobSql } from './job-statements.ts';
import { jobViewSql } from './job-views.ts';

let db: Database;
const folder = tempFolder();
beforeAll(() => {
  db = openJobDatabase(join(folder.path, 'a.db'));
});
afterAll(() => {
  db.close();
  folder.remove();
});

function planOf(sql: string): string[] {
  const names = [...new Set([...sql.matchAll(/@(\w+)/gu)].map(match => match[1] ?? ''))];
  return db
    .prepare<[Record<string, null>], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(Object.fromEntries(names.map(name => [name, null])))
    .map(row => row.detail);
}

/** Each hot statement with the index it must use. */
const expected: readonly (readonly [name: string, sql: string, index: RegExp])[] = [
  ['findActiveByKey', jobSql.findActiveByKey, /job_active_key/u],
  [
    'queueClasses',
    jobSql.queueClasses,
    /first USING COVERING INDEX job_queued \(kind=\?\).*next USING COVERING INDEX job_queued \(kind=\? AND priority<\?\)/u,
  ],
  ['queueHeads', jobSql.queueHeads, /job USING INDEX job_queued \(kind=\? AND priority=\? AND \(due_at_ms,id\)>\(\?,\?\)\)/u],
  ['claim', jobSql.claim, /SCAN taken VIRTUAL TABLE.*job USING INDEX sqlite_autoindex_job_1 \(id=\?\)/u],
  [
    'release',
    jobSql.release,
    /COVERING INDEX job_held \(held_for=\?\).*COVERING INDEX job_held \(held_for=\? AND priority<\?\).*COVERING INDEX job_held \(held_for=\? AND priority=\?\)/u,
  ],
  ['running', jobSql.running, /job_running/u],
  ['earliestDue', jobSql.earliestDue, /COVERING INDEX job_scheduled/u],
  ['earliestDue (waits)', jobSql.earliestDue, /COVERING INDEX job_waiting \(wait_expires_at_ms>\?\)/u],
  ['expiredWaits', jobSql.expiredWaits, /job_waiting \(wait_expires_at_ms<\?\)/u],
  ['waitingForAll', jobSql.waitingForAll, /COVERING INDEX job_waiting_for \(wait_reason=\?\)/u],
  ['waitingForSession', jobSql.waitingForSession, /COVERING INDEX job_waiting_for \(wait_reason=\? AND session_id=\?\)/u],
  ['childrenToCancel', jobSql.childrenToCancel, /INDEX job_active_child \(parent_id=\?\)/u],
  ['hasActiveChildren', jobSql.hasActiveChildren, /INDEX job_active_child \(parent_id=\?\)/u],
  ['becomeDue', jobSql.becomeDue, /COVERING INDEX job_scheduled \(due_at_ms<\?\)/u],
  [
    'oldestFinished',
    jobSql.oldestFinished,
    /USING INDEX job_ended \(panel_group=\? AND \(finished_at_ms,id\)>\(\?,\?\) AND finished_at_ms<\?\)/u,
  ],
  ['removeFinished', jobSql.removeFinished, /synopsis_version_job \(job_id=\?\).*schedule_last_job \(last_job_id=\?\)/u],
  ...(['finish', 'fail', 'cancelRunning', 'retryLater', 'giveBack', 'park', 'writeProgress', 'countStep'] as const).map(
    name => [name, jobSql[name], /job USING INDEX (job_running \(lease_token=\?\)|sqlite_autoindex_job_1 \(id=\?\))/u] as const,
  ),
  ['views of what has ended', jobViewSql.ended, /job_ended \(panel_group=\? AND finished_at_ms>\? AND \(finished_at_ms,id\)<\(\?,\?\)\)/u],
  ['views of the queue', jobViewSql.queued, /job_live \(\(created_at_ms,id\)<\(\?,\?\)\)/u],
  ['views of all', jobViewSql.all, /sqlite_autoindex_job_1 \(id<\?\)/u],
  ['views of a session', jobViewSql.session, /job_session \(session_id=\? AND id<\?\)/u],
];

test.each(expected)('%s goes by its index and walks nothing', (_, sql, index) => {
  const plan = planOf(sql);
  expect(plan.join('; ')).toMatch(index);
  expect(
    plan.filter(
      step =>
        /^SCAN (?!(?:wanted|taken|ended) VIRTUAL|class$|CONSTANT)/u.test(step) &&
        !/COVERING INDEX job_scheduled|USING INDEX job_running/u.test(step),
    ),
  ).toEqual([]);
  if (!sql.includes('json_each') && !sql.includes('RECURSIVE')) expect(plan.filter(step => step.includes('TEMP B-TREE'))).toEqual([]);
});

test('jobs of kinds that this build does not know are looked for among the live ones alone', () => {
  expect(planOf(jobSql.ofUnknownKind).filter(step => /\bjob\b/u.test(step))).toEqual([expect.stringContaining('INDEX job_live')]);
});

/** Few rows by their nature, found by an index of their own and sorted. */
test.each([
  ['running', jobViewSql.running, /job_running/u],
  ['needsYou', jobViewSql.needsYou, /job_waiting/u],
] as const)('views of %s walk nothing else', (_, sql, index) => {
  const plan = planOf(sql);
  expect(plan.join('; ')).toMatch(index);
  expect(plan.join('; ')).not.toMatch(/job_live|job_ended|sqlite_autoindex/u);
});
