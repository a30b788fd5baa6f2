import type { Migration } from '../migrate.ts';

/**
 * The store counts the moves that every job makes, entering the queue, starting and being done, once a statement instead of
 * once a row: `job-counts.ts`. A trigger counts the rest, of which the store need not know what state a row came from. One
 * trigger does that and refuses illegal moves: two cost more than what they guard, and one `BEFORE` an update makes SQLite
 * read the row twice.
 *
 * Of the first schema two things no longer hold: nothing asks for effects in flight by their index, which goes, and the tables
 * it calls empty are those of waits, budgets and schedules, which have been in use since 70, 100 and 105.
 */
export const migration: Migration = {
  version: 115,
  name: 'job-counts',
  up(db) {
    db.exec(`
      DROP INDEX job_step_in_flight;
      -- A session asks for its own running jobs; the others need not be in it.
      DROP INDEX job_running_of_session;
      CREATE INDEX job_running_of_session ON job (session_id) WHERE state = 'running' AND session_id IS NOT NULL;
      DROP TRIGGER job_count_insert;
      DROP TRIGGER job_count_move;
      DROP TRIGGER job_legal_move;
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
      END;
    `);
  },
};
