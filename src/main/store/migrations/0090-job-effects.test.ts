import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId } from '../../../shared/domain/ids.ts';
import { openConnection } from '../connection.ts';
import { createJobRepository } from '../jobs/job-repository.ts';
import { migrate } from '../migrate.ts';
import { migrations } from './all.ts';

test('jobs and steps of the schema before are undone for nothing and have no effects', () => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  migrate(
    db,
    migrations.filter(({ version }) => version < 90),
    () => undefined,
  );
  const id = jobId.parse('00000000-0000-7000-8000-000000000001');
  db.prepare(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, max_attempts, steps_done, created_at_ms)
     VALUES (?, 'chat.answer', 't', 't', 'k', 't', 0, '{"n":1}', 'queued', 1, 3, 1, 1)`,
  ).run(id);
  db.prepare(
    "INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms) VALUES (?, 'a', 1, 1, '7', 1, 2)",
  ).run(id);
  let backups = 0;
  // The repository is of today and wants today's tables.
  migrate(db, migrations, () => {
    backups += 1;
  });
  const store = createJobRepository(db);
  expect(backups).toBe(1);
  expect(store.find(id)).toMatchObject({ state: 'queued', undoFor: null });
  expect(store.recordedSteps(id)).toEqual([{ name: 'a', output: '7' }]);
  expect(store.journal(id)).toEqual([
    {
      seq: 1,
      name: 'a',
      finished: true,
      startedAtMs: 1,
      effect: 'none',
      outcome: null,
      compensation: null,
      compensates: null,
      decision: null,
    },
  ]);
  expect(() => db.prepare("UPDATE job SET undo_for = 'done'").run()).toThrow(/CHECK/u);
  db.close();
  folder.remove();
});
