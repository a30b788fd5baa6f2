import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBudgetRepository } from '../../../src/main/store/budgets/budget-repository.ts';
import { createScheduleRepository } from '../../../src/main/store/schedules/schedule-repository.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { noticeId, scheduleId } from '../../../src/shared/domain/ids.ts';
import type { PlainStore } from '../../integration/store/store-fixture.ts';
import {
  addDocument,
  addMessage,
  addSession,
  addSnapshot,
  addVersion,
  newId,
  noonMs,
  plainStore,
  sectionOf,
  snapshotOf,
  testFolder,
} from '../../integration/store/store-fixture.ts';
import type { Known } from './invariant.ts';
import { invariants, violationsInFile, violationsOf } from './violations.ts';
import { newJob } from '../new-job.ts';

const folder = testFolder();
const artifacts = join(folder.root, 'artifacts');
const snapshot = snapshotOf(['Первый абзац о кэше.', 'Второй абзац об инвалидации.']);
const jobs = {
  queued: newId.job(),
  running: newId.job(),
  waiting: newId.job(),
  done: newId.job(),
  parent: newId.job(),
  child: newId.job(),
};
const known: Known = { enqueued: Object.values(jobs), liveLeases: new Set(['lease-running']), artifacts };
let plain: PlainStore;

/** A database with a job in every kind of place, and something of each table that belongs to a chat. */
beforeAll(async () => {
  plain = plainStore(folder.root);
  const { db, store } = plain;
  const repository = createJobRepository(db);
  const add = (id: JobId, kind: 'chat.answer' | 'document.import', more: { parentId?: JobId; payload?: string } = {}): void => {
    repository.insert([
      newJob(id, {
        kind,
        payload: more.payload ?? '{"n":1}',
        idempotencyKey: `key-${id}`,
        dueAtMs: noonMs,
        maxAttempts: 3,
        parentId: more.parentId ?? null,
        nowMs: noonMs,
      }),
    ]);
  };
  repository.transaction(() => {
    for (const id of [jobs.done, jobs.running, jobs.waiting]) {
      add(id, 'chat.answer', { payload: JSON.stringify({ n: 'x'.repeat(id === jobs.done ? 5_000 : 1) }) });
      repository.claim([{ jobId: id, leaseToken: id === jobs.running ? 'lease-running' : `lease-${id}` }], noonMs);
    }
    for (const name of ['part:1', 'part:2'])
      repository.recordStep({ jobId: jobs.running, leaseToken: 'lease-running' }, { name, output: '1', startedAtMs: noonMs }, noonMs);
    repository.park(
      { jobId: jobs.waiting, leaseToken: `lease-${jobs.waiting}` },
      { reason: 'approval', detail: '{}', expiresAtMs: noonMs + 1, onExpiry: 'fail' },
      noonMs,
    );
    repository.finish([{ lease: { jobId: jobs.done, leaseToken: `lease-${jobs.done}` }, issues: [] }], noonMs);
    add(jobs.parent, 'document.import');
    repository.claim([{ jobId: jobs.parent, leaseToken: 'lease-parent' }], noonMs);
    add(jobs.child, 'document.import', { parentId: jobs.parent });
    repository.park(
      { jobId: jobs.parent, leaseToken: 'lease-parent' },
      { reason: 'children', detail: null, expiresAtMs: null, onExpiry: 'resume' },
      noonMs,
    );
    add(jobs.queued, 'chat.answer');
  });
  const schedules = createScheduleRepository(db);
  const planned = scheduleId.parse(newId.job());
  schedules.put({
    id: planned,
    kind: 'chat.answer',
    sessionId: null,
    title: 'Каждое утро',
    payload: '{"n":1}',
    cron: '0 9 * * *',
    timeZone: 'UTC',
    missed: 'run_once',
    enabled: true,
    nextAtMs: noonMs + 2,
    createdAtMs: noonMs,
  });
  schedules.recordRun(planned, { plannedAtMs: noonMs, atMs: noonMs, outcome: 'missed', jobId: null, error: null });
  schedules.recordRun(planned, { plannedAtMs: noonMs + 1, atMs: noonMs + 1, outcome: 'started', jobId: jobs.done, error: null });
  const budgets = createBudgetRepository(db);
  for (const [scope, subject] of [
    ['job', jobs.done],
    ['session', 'a'],
    ['program', ''],
  ] as const)
    budgets.add(scope, subject, noonMs, { tokens: 5, moneyMinor: 0.5, steps: 0, wallMs: 7, unpricedTokens: 0 });
  const session = addSession(store, { title: 'Чат' });
  addMessage(store, session, 'Сообщение');
  await addSnapshot(store, snapshot);
  store.inTransaction(() => {
    db.prepare(`INSERT INTO passage (snapshot_hash, seq, start, "end") VALUES (?, 0, 0, 5)`).run(snapshot.hash);
    db.exec("INSERT INTO passage_fts (rowid, body) SELECT n, 'кэш' FROM passage");
    db.exec('UPDATE snapshot SET passage_count = 1');
  });
  db.prepare('UPDATE document SET job_id = ? WHERE id = ?').run(jobs.running, addDocument(store, session));
  const version = addVersion(store, session);
  store.synopses.addSection(version, sectionOf('summary', 'Итог'));
  store.synopses.finishVersion(version, { state: 'ready', coverage: [], issues: [], atMs: noonMs });
  store.notices.insert({
    id: noticeId.parse(newId.job()),
    uniqueKey: 'once',
    event: 'synopsis_ready',
    jobId: jobs.done,
    approvalId: null,
    subject: null,
    sessionId: session,
    atMs: noonMs,
  });
  for (const { name } of triggers()) db.exec(`DROP TRIGGER ${name}`);
  db.pragma('foreign_keys = OFF');
});
afterAll(() => {
  plain.close();
  folder.remove();
});

function triggers(): readonly { name: string }[] {
  return plain.db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
}
const of = (id: JobId): string => `WHERE id = '${id}'`;
const artifactFile = (): string => {
  const sha256 = String(plain.db.prepare('SELECT sha256 FROM artifact').pluck().get());
  return join(artifacts, sha256.slice(0, 2), sha256);
};

/** For each invariant, a change that no program of ours makes and that breaks it. */
const mutations: Readonly<Record<string, { readonly sql?: string; readonly known?: Partial<Known>; readonly files?: () => void }>> = {
  sound: { sql: `UPDATE job SET attempt = -1 ${of(jobs.queued)}` },
  references: { sql: `UPDATE job SET parent_id = 'nobody' ${of(jobs.queued)}` },
  acknowledged: { sql: `DELETE FROM job ${of(jobs.queued)}` },
  'known-state': { sql: `UPDATE job SET state = 'lost' ${of(jobs.queued)}` },
  'lease-while-running': { sql: `UPDATE job SET lease_token = 'x' ${of(jobs.queued)}` },
  'one-job-a-lease': { sql: `UPDATE job SET lease_token = 'lease-running' ${of(jobs.queued)}` },
  'running-has-worker': { known: { liveLeases: new Set() } },
  attempts: { sql: `UPDATE job SET attempt = 4 ${of(jobs.running)}` },
  'one-active-a-key': {
    sql: `DROP INDEX job_active_key; UPDATE job SET idempotency_key = 'key-${jobs.queued}' ${of(jobs.running)}`,
  },
  'payload-once': { sql: `UPDATE job SET payload = '{}' ${of(jobs.done)}` },
  counts: { sql: "UPDATE job_count SET n = n + 1 WHERE state = 'failed'" },
  'steps-counted': { sql: `UPDATE job SET steps_done = 9 ${of(jobs.running)}` },
  'steps-contiguous': { sql: 'UPDATE job_step SET seq = 7 WHERE seq = 2' },
  'steps-told': { sql: "DELETE FROM job_trail WHERE type = 'step' AND detail = 'part:2'" },
  'wait-while-waiting': { sql: `UPDATE job SET wait_expires_at_ms = 5 ${of(jobs.queued)}` },
  'no-wake-up-lost': { sql: `UPDATE job SET state = 'done', outcome = 'ok', finished_at_ms = 1 ${of(jobs.child)}` },
  'held-while-queued': { sql: `UPDATE job SET held_for = 'kind:x' ${of(jobs.running)}` },
  'end-is-whole': { sql: `UPDATE job SET finished_at_ms = NULL ${of(jobs.done)}` },
  'cancel-asked': { sql: `UPDATE job SET cancel_requested_at_ms = 1 ${of(jobs.queued)}` },
  'orphans-of-an-end': {
    sql: `UPDATE job SET state = 'failed', wait_reason = NULL, error_code = 'x', error_message = 'x', finished_at_ms = ${noonMs + 1} ${of(jobs.parent)}`,
  },
  'family-tree': { sql: `UPDATE job SET parent_id = '${jobs.child}' ${of(jobs.parent)}` },
  'undone-for': { sql: `UPDATE job SET undo_for = 'failed' ${of(jobs.done)}` },
  'undone-once': { sql: "UPDATE job_step SET compensates = 'part:1'" },
  'outcome-after-dispatch': { sql: `UPDATE job_step SET effect_class = 'once' WHERE job_id = '${jobs.running}' AND seq = 1` },
  'undone-in-reverse': {
    sql: `INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms, compensates)
      VALUES ('${jobs.running}', 'undo:part:1', 3, 1, 'null', 1, 1, 'part:1'), ('${jobs.running}', 'undo:part:2', 4, 1, 'null', 1, 1, 'part:2')`,
  },
  'undone-at-the-end': {
    sql: `UPDATE job_step SET undo_name = 'remove'; UPDATE job SET state = 'cancelled', finished_at_ms = 1, lease_token = NULL ${of(jobs.running)}`,
  },
  'asked-of-a-person': { sql: "UPDATE job_step SET effect_outcome = 'indeterminate'" },
  'set-aside-numbered': { sql: `UPDATE job SET steps_run = 1 ${of(jobs.running)}` },
  'fork-and-parent': { sql: `UPDATE job SET forked_from = '${jobs.done}' ${of(jobs.queued)}` },
  'planned-once': { sql: `UPDATE schedule_run SET job_id = '${jobs.done}', outcome = 'started'` },
  'schedule-names-its-job': { sql: 'UPDATE schedule SET last_job_id = NULL' },
  'next-while-on': { sql: 'UPDATE schedule SET enabled = 0' },
  'spent-not-negative': { sql: "UPDATE budget_spent SET tokens = -1 WHERE scope = 'program'" },
  'spent-adds-up': { sql: "UPDATE budget_spent SET money_minor = money_minor + 1 WHERE scope = 'session'" },
  'trail-contiguous': { sql: `DELETE FROM job_trail WHERE job_id = '${jobs.waiting}' AND seq = 2` },
  'trail-legal': { sql: `UPDATE job_trail SET type = 'done' WHERE job_id = '${jobs.waiting}' AND seq = 2` },
  'artifact-files': { files: () => writeFileSync(artifactFile(), 'shorter') },
  'artifact-named': { files: () => writeFileSync(join(artifacts, 'half.part'), '') },
  'artifact-used': { sql: `INSERT INTO artifact VALUES ('${'a'.repeat(64)}', 'text/plain', 1, 1)` },
  'document-ends-with-job': { sql: `UPDATE document SET job_id = '${jobs.done}'` },
  'message-ends-with-job': { sql: `UPDATE message SET state = 'streaming', job_id = '${jobs.done}'` },
  'synopsis_version-ends-with-job': { sql: `UPDATE synopsis_version SET state = 'making', finished_at_ms = NULL, job_id = '${jobs.done}'` },
  'ready-version': { sql: 'UPDATE synopsis SET ready_version_id = NULL, ready_at_ms = NULL' },
  'passages-counted': { sql: 'UPDATE snapshot SET passage_count = 2' },
  'passage-index': { sql: 'DELETE FROM passage_fts' },
  'message-index': { sql: "INSERT INTO message_fts (rowid, body) VALUES (999, 'x')" },
  'session-index': { sql: "INSERT INTO session_fts (rowid, title) VALUES (999, 'x')" },
  'synopsis-index': { sql: "INSERT INTO synopsis_fts (rowid, body) VALUES (999, 'x')" },
  'announced-once': {
    sql: `CREATE TABLE other AS SELECT * FROM notice; DROP TABLE notice; ALTER TABLE other RENAME TO notice; INSERT INTO notice SELECT * FROM notice`,
  },
};

describe('invariants', () => {
  test('hold of what the program has written', () => {
    expect(violationsOf(plain.db, known)).toEqual([]);
  });

  test('each has a change that breaks it', () => {
    expect(Object.keys(mutations).sort()).toEqual(invariants.map(invariant => invariant.name).sort());
  });

  test.each(Object.keys(mutations))('%s is seen to be broken', name => {
    const { sql, known: less = {}, files } = mutations[name] ?? {};
    const { db } = plain;
    db.exec('PRAGMA ignore_check_constraints = ON; BEGIN');
    try {
      if (sql !== undefined) db.exec(sql);
      files?.();
      db.pragma('ignore_check_constraints = OFF');
      expect(violationsOf(db, { ...known, ...less }).map(violation => violation.invariant)).toContain(name);
    } finally {
      db.exec('ROLLBACK');
      db.pragma('ignore_check_constraints = OFF');
      rmSync(join(artifacts, 'half.part'), { force: true });
    }
  });

  test('are asked of a file that is closed, and of a database that has fewer tables', () => {
    const copy = join(folder.root, 'copy.db');
    plain.db.prepare('VACUUM INTO ?').run(copy);
    expect(violationsInFile(copy, { enqueued: ['nobody'], liveLeases: new Set() }).map(({ invariant }) => invariant)).toEqual([
      'acknowledged',
      'running-has-worker',
    ]);
  });
});
