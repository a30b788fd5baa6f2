import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertInvariants } from '../../../../test/support/invariants/violations.ts';
import { newJob } from '../../../../test/support/new-job.ts';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { decisions } from '../../../shared/domain/agent.ts';
import { approvalId, jobId, type JobId } from '../../../shared/domain/ids.ts';
import { createApprovals } from '../approvals.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { createJobRepository } from '../jobs/job-repository.ts';
import { createJobViews } from '../jobs/job-views.ts';
import { migrate } from '../migrate.ts';
import { migration as leanJobs } from './0170-lean-jobs.ts';
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

const id = (n: number): JobId => jobId.parse(`01920000-0000-7000-8000-0000000000a${n}`);
const trailOf = (job: JobId) =>
  createJobViews(db)
    .inspect(job)
    ?.events.map(({ seq, type, atMs, detail }) => [seq, type, atMs, detail]);
const written = (): number => Number(db.prepare('SELECT count(*) FROM job_trail').pluck().get());

test('the trails of before are as they were and go on', () => {
  migrate(
    db,
    migrations.filter(({ version }) => version < leanJobs.version),
    () => undefined,
  );
  const insert = db.prepare(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, attempt, max_attempts, created_at_ms,
       started_at_ms, finished_at_ms, outcome)
     VALUES (?, 'chat.answer', 't', 't', ?, 't', 3, '{"n":1}', ?, 1, ?, 3, 1, ?, ?, ?)`,
  );
  insert.run(id(1), 'a', 'done', 1, 2, 3, 'ok');
  insert.run(id(2), 'b', 'queued', 0, null, null, null);
  for (const state of ['done', 'queued']) db.prepare('UPDATE job_count SET n = 1 WHERE state = ?').run(state);
  const event = db.prepare('INSERT INTO job_event VALUES (?, ?, ?, ?, ?)');
  event.run(id(1), 1, 'enqueued', 1, null);
  event.run(id(1), 2, 'started', 2, null);
  event.run(id(1), 3, 'done', 3, null);
  event.run(id(2), 1, 'enqueued', 1, null);

  migrate(db, migrations, () => undefined);
  expect(trailOf(id(1))).toEqual([
    [1, 'enqueued', 1, null],
    [2, 'started', 2, null],
    [3, 'done', 3, null],
  ]);
  createJobRepository(db).claim([{ jobId: id(2), leaseToken: 'lease' }], 5);
  expect(trailOf(id(2))).toEqual([
    [1, 'enqueued', 1, null],
    [2, 'started', 5, null],
  ]);
  assertInvariants(db, { enqueued: [id(1), id(2)], liveLeases: new Set(['lease']) });
});

test('a job that is enqueued, started and done writes no trail and has one', () => {
  migrate(db, migrations, () => undefined);
  const store = createJobRepository(db);
  store.insert([newJob(id(1), { nowMs: 10 })]);
  expect(trailOf(id(1))).toEqual([[1, 'enqueued', 10, null]]);
  store.claim([{ jobId: id(1), leaseToken: 'lease' }], 11);
  store.finish([{ lease: { jobId: id(1), leaseToken: 'lease' }, issues: [] }], 12);
  const plain = [
    [1, 'enqueued', 10, null],
    [2, 'started', 11, null],
    [3, 'done', 12, null],
  ];
  expect(trailOf(id(1))).toEqual(plain);
  expect(written()).toBe(0);
  // What is said of it later comes behind.
  store.note(id(1), 'forked', 'x', 13);
  expect(trailOf(id(1))).toEqual([...plain, [4, 'forked', 13, 'x']]);
  expect(written()).toBe(4);
});

test.each([
  ['issues', [[3, 'done', 12, 'a, b']]],
  [
    'another start',
    [
      [3, 'returned', 12, 'why'],
      [4, 'started', 13, null],
      [5, 'done', 14, null],
    ],
  ],
  [
    'a second life',
    [
      [3, 'failed', 12, 'x: y'],
      [4, 'retried_by_hand', 13, null],
      [5, 'started', 14, null],
    ],
  ],
])('the first other news writes down what was told until then: %s', (news, more) => {
  migrate(db, migrations, () => undefined);
  const store = createJobRepository(db);
  const lease = { jobId: id(1), leaseToken: 'lease' };
  const again = { jobId: id(1), leaseToken: 'again' };
  store.insert([newJob(id(1), { nowMs: 10 })]);
  store.claim([lease], 11);
  if (news === 'issues') store.finish([{ lease, issues: ['a', 'b'] }], 12);
  if (news === 'another start') {
    store.giveBack(lease, 'loss', 'why', 12);
    store.claim([again], 13);
    store.finish([{ lease: again, issues: [] }], 14);
  }
  if (news === 'a second life') {
    store.fail(lease, { code: 'x', message: 'y' }, 12);
    store.retryByHand(id(1), 3, 13);
    store.claim([again], 14);
  }
  expect(trailOf(id(1))).toEqual([[1, 'enqueued', 10, null], [2, 'started', 11, null], ...more]);
  assertInvariants(db, { enqueued: [id(1)], liveLeases: new Set(['again']) });
});

test('what a due job tells begins with its being due', () => {
  migrate(db, migrations, () => undefined);
  const store = createJobRepository(db);
  store.insert([newJob(id(1), { state: 'scheduled', dueAtMs: 20, nowMs: 10 })]);
  store.becomeDue(20, 5);
  store.claim([{ jobId: id(1), leaseToken: 'lease' }], 21);
  store.finish([{ lease: { jobId: id(1), leaseToken: 'lease' }, issues: [] }], 22);
  expect(trailOf(id(1))).toEqual([
    [1, 'enqueued', 10, null],
    [2, 'due', 20, null],
    [3, 'started', 21, null],
    [4, 'done', 22, null],
  ]);
});

test('a job that is done asks nothing any more, and the others ask on', () => {
  migrate(db, migrations, () => undefined);
  const store = createJobRepository(db);
  const approvals = createApprovals(db);
  const leases = [1, 2, 3].map(n => ({ jobId: id(n), leaseToken: `lease-${n}` }));
  store.insert(leases.map(({ jobId: job }) => newJob(job)));
  store.claim(leases, 1);
  for (const n of [1, 2, 3])
    approvals.insert({
      id: approvalId.parse(`01920000-0000-7000-8000-00000000000${n}`),
      jobId: id(n),
      question: {
        key: 'k',
        type: 'approval',
        tool: 'write_file',
        title: 'Write',
        destination: '/plan.md',
        payload: '{}',
        choices: [],
        expiresInMs: null,
        whenExpired: decisions[0],
        action: null,
      },
      atMs: 5,
    });
  const [first, second] = leases;
  if (first === undefined || second === undefined) throw new Error('There are three leases.');
  store.finish([{ lease: first, issues: [] }], 6);
  store.fail(second, { code: 'x', message: 'y' }, 7);
  const open = db.prepare('SELECT job_id FROM approval WHERE closed_at_ms IS NULL').pluck().all();
  expect(open).toEqual([id(3)]);
});
