import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { openConnection } from '../connection.ts';
import { createJobRepository } from '../jobs/job-repository.ts';
import { migrate } from '../migrate.ts';
import { migrations } from './all.ts';
import { migration as jobGates } from './0080-job-gates.ts';
import { claimFirst } from '../../../../test/support/claim-first.ts';

test('what was queued before is held for nothing and claimed in its order', () => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  migrate(
    db,
    migrations.filter(({ version }) => version < jobGates.version),
    () => undefined,
  );
  const insert = db.prepare(`
    INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, payload, state, due_at_ms, max_attempts, created_at_ms)
    VALUES (@id, 'chat.answer', 't', 't', @id, 't', @priority, '{"n":1}', 'queued', 1, 3, 1)`);
  for (const priority of [1, 3, 2]) insert.run({ id: `00000000-0000-7000-8000-00000000000${priority}`, priority });
  // The repository is of today and wants today's tables.
  migrate(db, migrations, () => undefined);
  const store = createJobRepository(db);
  expect(store.heldGates()).toEqual([]);
  const claimed = [1, 2, 3, 4].map(n => store.transaction(() => claimFirst(store, ['chat.answer'], `lease-${n}`, 1, 1_000))?.id.at(-1));
  expect(claimed).toEqual(['3', '2', '1', undefined]);
  db.close();
  folder.remove();
});
