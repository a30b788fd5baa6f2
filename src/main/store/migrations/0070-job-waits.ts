import type { Migration } from '../migrate.ts';

/** What follows a wait that runs out, and the ways from an event or a child's end to the jobs that wait for it. */
export const migration: Migration = {
  version: 70,
  name: 'job-waits',
  up(db) {
    db.exec(`
      -- NULL in rows of before: they wait without an end, or go on.
      ALTER TABLE job ADD COLUMN wait_default TEXT CHECK (wait_default IS NULL OR wait_default IN ('resume', 'fail', 'cancel'));
      -- A parent that waits for its children asks with the end of each whether it was the last one.
      CREATE INDEX job_active_child ON job (parent_id, id) WHERE parent_id IS NOT NULL AND finished_at_ms IS NULL;
      CREATE INDEX job_waiting_for ON job (wait_reason, session_id, id) WHERE state = 'waiting';
    `);
  },
};
