import type { Migration } from '../migrate.ts';

/** Which model wrote a message stays known when its job has been cleaned up or its provider removed. */
export const migration: Migration = {
  version: 181,
  name: 'message model',
  up(db) {
    db.exec(`
      -- JSON of the message's schema; null where no model wrote it, and while its job is there to say.
      ALTER TABLE message ADD COLUMN model TEXT CHECK (json_valid(model));

      UPDATE message SET model = (
        SELECT json_object('provider', provider.name, 'modelId', json_extract(setup.output, '$.model.modelId'))
        FROM job_step AS setup JOIN provider ON provider.id = json_extract(setup.output, '$.model.providerId')
        WHERE setup.job_id = message.job_id AND setup.name = 'setup')
      WHERE role = 'assistant' AND job_id IS NOT NULL AND (note IS NULL OR note = 'background_ready');
    `);
  },
};
