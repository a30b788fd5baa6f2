import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { decisions, type PersonQuestion } from '../../../shared/domain/agent.ts';
import { approvalId, jobId } from '../../../shared/domain/ids.ts';
import { createApprovals } from '../approvals.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as approvalsMigration } from './0140-approvals.ts';
import { migration as askedActions } from './0330-asked-actions.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
const before = migrations.filter(({ version }) => version < approvalsMigration.version);
const job = jobId.parse('01920000-0000-7000-8000-0000000000a1');
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  migrate(db, before, () => undefined);
  db.prepare(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, wait_reason, due_at_ms, max_attempts, created_at_ms)
     VALUES (?, 'chat.answer', 't', 't', 'a', 't', 3, '{"n":1}', 'waiting', 'approval', 1, 3, 1)`,
  ).run(job);
  // The repository reads the table as it is now.
  migrate(db, [...before, approvalsMigration, askedActions], () => undefined);
});
afterEach(() => {
  db.close();
  folder.remove();
});
const id = (n: number) => approvalId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const question: PersonQuestion = {
  key: 'approve:1.0',
  type: 'approval',
  tool: 'write_file',
  title: 'Write',
  destination: '/plan.md',
  payload: '{}',
  choices: [],
  expiresInMs: null,
  whenExpired: 'deny',
  action: null,
};

test('jobs of the schema before stay and can ask; what they ask goes with them', () => {
  const approvals = createApprovals(db);
  expect(approvals.hasAny(job)).toBe(false);
  for (const [n, whenExpired] of decisions.entries())
    approvals.insert({ id: id(n), jobId: job, question: { ...question, key: `k${n}`, whenExpired }, atMs: 5 });
  expect(approvals.ofJob(job).map(approval => approval.whenExpired)).toEqual([...decisions]);
  db.prepare('DELETE FROM job').run();
  expect(db.prepare('SELECT count(*) FROM approval').pluck().get()).toBe(0);
});

test.each(['done', 'failed', 'cancelled'])('a job that is %s asks nothing any more, answered or not, and cannot ask again', state => {
  const approvals = createApprovals(db);
  approvals.insert({ id: id(1), jobId: job, question, atMs: 5 });
  approvals.insert({ id: id(2), jobId: job, question: { ...question, key: 'other' }, atMs: 5 });
  approvals.decide(id(2), { decision: 'allow', answer: null, scope: 'job', by: 'person', atMs: 6 });
  expect(approvals.isAllowedForJob(job, 'write_file', '/plan.md')).toBe(true);
  if (state === 'done') {
    db.prepare("UPDATE job SET state = 'queued', wait_reason = NULL").run();
    db.prepare("UPDATE job SET state = 'running', lease_token = 'l'").run();
    db.prepare("UPDATE job SET state = 'done', lease_token = NULL, outcome = 'ok', finished_at_ms = 9").run();
  } else db.prepare("UPDATE job SET state = ?, wait_reason = NULL, finished_at_ms = 9, error_code = 'e', error_message = 'e'").run(state);
  expect(approvals.ofJob(job).map(approval => approval.isClosed)).toEqual([true, true]);
  expect(approvals.open(6)).toEqual([]);
  expect(approvals.isAllowedForJob(job, 'write_file', '/plan.md')).toBe(false);
  expect(approvals.decide(id(1), { decision: 'allow', answer: null, scope: 'once', by: 'person', atMs: 10 })).toBe(false);
  expect(approvals.insert({ id: id(3), jobId: job, question, atMs: 11 })).toBeNull();
});

test('one question speaks for a key, and neither a second answer nor a wider scope than it may have is stored', () => {
  const approvals = createApprovals(db);
  approvals.insert({ id: id(1), jobId: job, question, atMs: 5 });
  expect(() => approvals.insert({ id: id(2), jobId: job, question, atMs: 5 })).toThrow(/UNIQUE/u);
  approvals.decide(id(1), { decision: 'deny', answer: null, scope: 'once', by: 'person', atMs: 6 });
  expect(() => db.prepare("UPDATE approval SET decision = 'allow'").run()).toThrow(/does not change/u);
  approvals.close(id(1), 7);
  approvals.insert({ id: id(2), jobId: job, question: { ...question, destination: null }, atMs: 8 });
  const forJob = { answer: null, scope: 'job', by: 'person', atMs: 9 } as const;
  expect(() => approvals.decide(id(2), { decision: 'allow', ...forJob })).toThrow(/CHECK/u);
  expect(approvals.ofKey(job, question.key)?.id).toBe(id(2));
});

test('the open ones are found by their index alone', () => {
  const plan = db
    .prepare('EXPLAIN QUERY PLAN SELECT id FROM approval WHERE decision IS NULL AND closed_at_ms IS NULL ORDER BY id')
    .all()
    .map(row => (row as { detail: string }).detail)
    .join();
  expect(plan).toMatch(/approval_open/u);
  expect(plan).not.toMatch(/TEMP B-TREE/u);
});
