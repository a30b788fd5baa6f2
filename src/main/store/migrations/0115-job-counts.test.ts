import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestIds } from '../../../../test/support/job-ids.ts';
import { newJob } from '../../../../test/support/new-job.ts';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { createJobRepository } from '../jobs/job-repository.ts';
import { migrate } from '../migrate.ts';
import { migration as jobCounts } from './0115-job-counts.ts';
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

test('what was counted before stays, and each further move is counted once', () => {
  const before = migrations.filter(({ version }) => version < jobCounts.version);
  migrate(db, before, () => undefined);
  const insert = db.prepare<{ id: string; state: string }>(
    `INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, max_attempts, created_at_ms)
     VALUES (@id, 'chat.answer', 't', 't', @id, 't', 3, '{"n":1}', @state, 1, 3, 1)`,
  );
  for (const id of ['a', 'b', 'c']) insert.run({ id, state: 'queued' });
  insert.run({ id: 'd', state: 'scheduled' });
  db.exec("UPDATE job SET state = 'running', lease_token = 'l', attempt = 1 WHERE id = 'a'");

  migrate(db, migrations, () => undefined);
  const store = createJobRepository(db);
  const { jobId } = createTestIds();
  store.transaction(() => {
    const [b, c, other] = [db.prepare<[], ReturnType<typeof jobId>>("SELECT id FROM job WHERE id = 'b'").pluck().get(), 'c', jobId()];
    store.insert([newJob(other), newJob(jobId(), { state: 'scheduled', dueAtMs: 9 })]);
    if (b === undefined) throw new Error('Job b is gone.');
    store.claim(
      [
        { jobId: b, leaseToken: 'lease-b' },
        { jobId: other, leaseToken: 'lease-other' },
      ],
      1,
    );
    store.finish([{ lease: { jobId: other, leaseToken: 'lease-other' }, issues: [] }], 2);
    store.giveBack({ jobId: b, leaseToken: 'lease-b' }, 'nothing', 'x', 3);
    db.prepare("UPDATE job SET state = 'waiting', wait_reason = 'approval' WHERE id = ?").run(c);
    db.prepare("UPDATE job SET wait_reason = 'network' WHERE id = ?").run(c);
    store.becomeDue(5, 1);
  });
  const truth = db.prepare('SELECT state, panel_group, count(*) AS n FROM job GROUP BY 1, 2 ORDER BY 1, 2').all();
  expect(db.prepare('SELECT state, panel_group, n FROM job_count WHERE n <> 0 ORDER BY 1, 2').all()).toEqual(truth);
  expect(truth).toHaveLength(5);
});
