import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as messageModel } from './0181-message-model.ts';
import { migrations } from './all.ts';

test('messages of before keep the model that wrote them, those of no model have none', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  const before = migrations.filter(({ version }) => version < messageModel.version);
  migrate(db, before, () => undefined);
  db.exec(`
    INSERT INTO session (id, created_at_ms, updated_at_ms) VALUES ('${'s'.repeat(36)}', 1, 1);
    INSERT INTO provider (id, kind, name, base_url, models, created_at_ms, updated_at_ms) VALUES ('p', 'openai', 'Mine', 'https://a', '[]', 1, 1);
    INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, state, due_at_ms, max_attempts, created_at_ms)
      VALUES ('j', 'chat.answer', 't', 't', 'k', 't', 0, 'queued', 1, 1, 1);
    INSERT INTO job_step (job_id, name, seq, attempt, output, started_at_ms, finished_at_ms)
      VALUES ('j', 'setup', 1, 1, '{"model":{"providerId":"p","modelId":"m-1"}}', 1, 1);
    INSERT INTO message (id, session_id, role, state, text, job_id, created_at_ms, updated_at_ms) VALUES
      ('${'a'.repeat(36)}', '${'s'.repeat(36)}', 'assistant', 'completed', 'by it', 'j', 1, 1),
      ('${'b'.repeat(36)}', '${'s'.repeat(36)}', 'person', 'completed', 'by nobody', NULL, 1, 1);
  `);
  migrate(db, [...before, messageModel], () => undefined);
  expect(db.prepare('SELECT model FROM message ORDER BY id').pluck().all()).toEqual(['{"provider":"Mine","modelId":"m-1"}', null]);
});
