import type { Migration } from '../migrate.ts';

/**
 * Indexes that a claim does not touch. An index is rewritten whenever a column of its key or of its condition is set, so
 * one whose condition names `state` costs a removal and an insertion at every move. `finished_at_ms` is set exactly in the
 * final states, by a CHECK of the table, and changes once in the life of a job.
 */
export const migration: Migration = {
  version: 65,
  name: 'job-indexes',
  up(db) {
    db.exec(`
      DROP INDEX job_active_key;
      CREATE UNIQUE INDEX job_active_key ON job (idempotency_key) WHERE finished_at_ms IS NULL;

      DROP INDEX job_panel;
      CREATE INDEX job_live  ON job (created_at_ms DESC, id DESC)               WHERE finished_at_ms IS NULL;
      CREATE INDEX job_ended ON job (panel_group, finished_at_ms DESC, id DESC) WHERE finished_at_ms IS NOT NULL;
    `);
  },
};
