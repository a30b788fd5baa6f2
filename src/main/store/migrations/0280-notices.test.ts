import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId } from '../../../shared/domain/ids.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createNotices } from '../notices.ts';
import { migration as notices } from './0280-notices.ts';
import { migrations } from './all.ts';

const uuid = (n: number) => `01920000-0000-7000-8000-00000000000${n}`;

test('what was announced before is read in the centre, and what was not is still told', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  const before = migrations.filter(({ version }) => version < notices.version);
  migrate(db, before, () => undefined);
  const addJob = db.prepare(
    `INSERT INTO job (id, kind, state, payload, idempotency_key, title, search_text, priority, due_at_ms, max_attempts, trace_id, created_at_ms)
     VALUES (?, ?, 'queued', '{}', ?, ?, 'x', 0, 1, 1, ?, 1)`,
  );
  for (const [n, kind] of [
    [1, 'synopsis.make'],
    [2, 'browser.run'],
    [3, 'agent.run'],
  ] as const)
    addJob.run(jobId.parse(uuid(n)), kind, `k${n}`, `Job ${n}`, 'ab'.repeat(16));
  db.prepare(
    `INSERT INTO approval (id, job_id, key, type, tool, title, requested_at_ms, when_expired, choices)
     VALUES (?, ?, 'a', 'question', 'ask_person', 'Where?', 1, 'deny', '[]')`,
  ).run(uuid(9), uuid(3));
  const add = db.prepare(
    'INSERT INTO delivery (id, unique_key, kind, job_id, state, created_at_ms, settled_at_ms) VALUES (?, ?, ?, ?, ?, 5, ?)',
  );
  add.run(uuid(4), `job:${uuid(1)}:5:done`, 'job.done', uuid(1), 'delivered', 6);
  add.run(uuid(5), `job:${uuid(2)}:5:done`, 'job.done', uuid(2), 'pending', null);
  add.run(uuid(6), `approval:${uuid(9)}`, 'approval.asked', uuid(3), 'dropped', 7);
  // Its job is gone from the history.
  add.run(uuid(7), 'job:gone:5:failed', 'job.failed', uuid(8), 'pending', null);

  migrate(db, [...before, notices], () => undefined);
  // What reads it today knows the columns of later ones, too.
  migrate(db, migrations, () => undefined);
  const kept = createNotices(db);
  expect(
    kept.list({ before: null, limit: 9 }, 10).notices.map(({ id, event, title, isRead, isOver }) => [id, event, title, isRead, isOver]),
  ).toEqual([
    [uuid(6), 'question', 'Job 3', true, false],
    [uuid(5), 'browser_done', 'Job 2', false, false],
    [uuid(4), 'synopsis_ready', 'Job 1', true, false],
  ]);
  expect(kept.untold('pending', 9, 10).map(({ id }) => id)).toEqual([uuid(5)]);
  expect(db.prepare("SELECT approval_id FROM notice WHERE event = 'question'").pluck().get()).toBe(uuid(9));
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
