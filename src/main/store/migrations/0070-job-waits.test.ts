import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as jobs } from './0010-jobs.ts';
import { migration as jobWaits } from './0070-job-waits.ts';

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

test('jobs of the schema before keep what they have; their waits go on when they run out', () => {
  migrate(db, [jobs], () => undefined);
  const ids = [1, 2].map(n => jobId.parse(`00000000-0000-7000-8000-00000000000${n}`));
  const insert = db.prepare(`
    INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, max_attempts, wait_reason, wait_detail, wait_expires_at_ms, created_at_ms)
    VALUES (@id, 'chat.answer', 't', 't', @id, 't', 3, '{"n":1}', @state, 1, 3, @reason, @detail, @expiresAtMs, 1)`);
  insert.run({ id: ids[0], state: 'queued', reason: null, detail: null, expiresAtMs: null });
  insert.run({ id: ids[1], state: 'waiting', reason: 'approval', detail: '{"a":1}', expiresAtMs: 50 });
  const rows = () =>
    db.prepare('SELECT id, state, priority, payload, wait_reason, wait_detail, wait_expires_at_ms FROM job ORDER BY id').all();
  const before = rows();
  let backups = 0;
  expect(
    migrate(db, [jobs, jobWaits], () => {
      backups += 1;
    }),
  ).toBe(jobWaits.version);
  expect([rows(), backups]).toEqual([before, 1]);
  // What a wait without a default means is said where it is read: it goes on.
  expect(db.prepare('SELECT wait_default FROM job').pluck().all()).toEqual([null, null]);
  expect(() => db.prepare("UPDATE job SET wait_default = 'explode'").run()).toThrow(/CHECK/u);
});
