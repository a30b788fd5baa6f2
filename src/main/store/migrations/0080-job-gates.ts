import type { Migration } from '../migrate.ts';

/**
 * A queued job that finds its session, its kind's rate or its provider full is held for that gate: it stays queued and
 * leaves the claim's index, so that 10,000 jobs behind a closed gate cost the others nothing.
 */
export const migration: Migration = {
  version: 80,
  name: 'job-gates',
  up(db) {
    db.exec(`
      ALTER TABLE job ADD COLUMN held_for TEXT;
      DROP INDEX job_queued;
      -- held_for is in both so that the claim and a release read nothing but the index.
      CREATE INDEX job_queued ON job (kind, priority DESC, due_at_ms, id, held_for) WHERE state = 'queued' AND held_for IS NULL;
      CREATE INDEX job_held ON job (held_for, priority DESC, due_at_ms, id) WHERE state = 'queued' AND held_for IS NOT NULL;
    `);
  },
};
