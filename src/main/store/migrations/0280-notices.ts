import type { Migration } from '../migrate.ts';

/**
 * What was told or would have been told, as long as its job is in the history. The rows of the outbox of before are its
 * first ones: what had been announced counts as read.
 */
export const migration: Migration = {
  version: 280,
  name: 'notices',
  up(db) {
    db.exec(`
      CREATE TABLE notice (
        n             INTEGER PRIMARY KEY,
        id            TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        /* One notice per happening, however often it is recorded. */
        unique_key    TEXT    NOT NULL UNIQUE,
        event         TEXT    NOT NULL,
        job_id        TEXT    REFERENCES job (id) ON DELETE CASCADE,
        /* Of what is asked: answered, it asks for nothing any more. */
        approval_id   TEXT    REFERENCES approval (id) ON DELETE CASCADE,
        /* What it is about, where that is no job. */
        subject       TEXT,
        session_id    TEXT,
        /* Outside the window: not yet, kept until the quiet hours are over, given to the host, or for the centre alone. */
        told          TEXT    NOT NULL CHECK (told IN ('pending', 'held', 'shown', 'kept')),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        read_at_ms    INTEGER CHECK (read_at_ms >= 0),
        CHECK ((job_id IS NULL) <> (subject IS NULL))
      ) STRICT;
      CREATE INDEX notice_told ON notice (told, n);
      CREATE INDEX notice_read ON notice (read_at_ms, session_id);
      CREATE INDEX notice_job ON notice (job_id) WHERE job_id IS NOT NULL;
      CREATE INDEX notice_approval ON notice (approval_id) WHERE approval_id IS NOT NULL;
      CREATE INDEX notice_age ON notice (created_at_ms);
      CREATE TRIGGER notice_told_once BEFORE UPDATE OF told ON notice
      WHEN OLD.told IN ('shown', 'kept') OR (OLD.told = 'held' AND NEW.told = 'pending')
      BEGIN SELECT RAISE (ABORT, 'a notice is told once'); END;

      INSERT INTO notice (id, unique_key, event, job_id, approval_id, session_id, told, created_at_ms, read_at_ms)
      SELECT d.id, d.unique_key,
        CASE
          WHEN d.kind = 'approval.asked' THEN coalesce(a.type, 'approval')
          WHEN d.kind = 'job.failed' THEN 'failed'
          WHEN j.kind = 'browser.run' THEN 'browser_done'
          WHEN j.outcome = 'issues' THEN 'synopsis_issues'
          ELSE 'synopsis_ready'
        END,
        d.job_id, a.id, j.session_id,
        CASE d.state WHEN 'pending' THEN 'pending' WHEN 'delivered' THEN 'shown' ELSE 'kept' END,
        d.created_at_ms, d.settled_at_ms
      FROM delivery d JOIN job j ON j.id = d.job_id
        LEFT JOIN approval a ON d.kind = 'approval.asked' AND a.job_id = d.job_id AND d.unique_key = 'approval:' || a.id
      ORDER BY d.n;
      DROP TABLE delivery;

      /* Whether a job is a schedule's is asked with its end. */
      CREATE INDEX schedule_run_job ON schedule_run (job_id) WHERE job_id IS NOT NULL;
    `);
  },
};
