import type { Migration } from '../migrate.ts';

/**
 * Fewer pages for what every job does.
 *
 * - The trail of a job that was enqueued, started once and done says nothing that its row does not. It is written down, whole,
 *   with the first news of another sort, and until then `job_event`, a view now, makes it from the row.
 * - New rows come last in every index. At the left edge, where descending keys put them, SQLite splits pages in halves and
 *   writes their neighbours too; read backwards, an ascending index gives the same order.
 * - One trigger less runs with a move: that a question's job has ended is looked to by the one that counts, and for jobs that are
 *   done by the store, once a statement.
 */
export const migration: Migration = {
  version: 170,
  name: 'lean jobs',
  up(db) {
    db.exec(`
      ALTER TABLE job_event RENAME TO job_trail;
      -- 1 when its trail is in job_trail, as those of all jobs of before are; 0 when its row tells it.
      ALTER TABLE job ADD COLUMN has_trail INTEGER NOT NULL DEFAULT 1 CHECK (has_trail IN (0, 1));
      CREATE VIEW job_event_of_row (job_id, seq, type, at_ms, detail) AS
        SELECT id, 1, 'enqueued', created_at_ms, NULL FROM job WHERE has_trail = 0
        UNION ALL SELECT id, 2, 'started', started_at_ms, NULL FROM job WHERE has_trail = 0 AND started_at_ms IS NOT NULL
        -- What it has issues with is a detail, and written down.
        UNION ALL SELECT id, 3, 'done', finished_at_ms, NULL FROM job WHERE has_trail = 0 AND state = 'done' AND outcome = 'ok';
      CREATE VIEW job_event (job_id, seq, type, at_ms, detail) AS
        SELECT job_id, seq, type, at_ms, detail FROM job_trail UNION ALL SELECT job_id, seq, type, at_ms, detail FROM job_event_of_row;

      DROP INDEX job_live;
      CREATE INDEX job_live ON job (created_at_ms, id) WHERE finished_at_ms IS NULL;
      DROP INDEX job_ended;
      CREATE INDEX job_ended ON job (panel_group, finished_at_ms, id) WHERE finished_at_ms IS NOT NULL;

      DROP TRIGGER approval_of_ended_job;
      DROP TRIGGER job_moved;
      CREATE TRIGGER job_moved AFTER UPDATE OF state, wait_reason ON job
      WHEN NOT (OLD.state = 'queued' AND NEW.state = 'running') AND NOT (OLD.state = 'running' AND NEW.state = 'done')
        AND (OLD.state <> NEW.state OR OLD.wait_reason IS NOT NEW.wait_reason) BEGIN
        SELECT RAISE(ABORT, 'illegal move of a job') WHERE OLD.state <> NEW.state AND NOT (
             OLD.state = 'scheduled' AND NEW.state IN ('queued', 'waiting', 'failed', 'cancelled')
          OR OLD.state = 'queued'    AND NEW.state IN ('waiting', 'failed', 'cancelled')
          OR OLD.state = 'running'   AND NEW.state IN ('failed', 'scheduled', 'queued', 'waiting', 'cancelled')
          OR OLD.state = 'waiting'   AND NEW.state IN ('queued', 'failed', 'cancelled')
          OR OLD.state IN ('failed', 'cancelled') AND NEW.state = 'queued');
        UPDATE job_count SET n = n - 1 WHERE state = OLD.state AND panel_group = OLD.panel_group;
        UPDATE job_count SET n = n + 1 WHERE state = NEW.state AND panel_group = NEW.panel_group;
        -- However a job ends, in the same transaction: what it asks is asked no more, and what was allowed it is over.
        UPDATE approval SET closed_at_ms = coalesce(NEW.finished_at_ms, requested_at_ms)
        WHERE NEW.state IN ('failed', 'cancelled') AND job_id = NEW.id AND closed_at_ms IS NULL;
      END;
    `);
  },
};
