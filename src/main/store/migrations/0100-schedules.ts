import type { Migration } from '../migrate.ts';

/** Schedules and what became of each planned time. The table of before was made for them and never written to. */
export const migration: Migration = {
  version: 100,
  name: 'schedules',
  up(db) {
    db.exec(`
      DROP TABLE schedule;
      CREATE TABLE schedule (
        id            TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
        kind          TEXT    NOT NULL,
        session_id    TEXT,
        title         TEXT    NOT NULL CHECK (length(title) <= 500),
        payload       TEXT    NOT NULL CHECK (json_valid(payload)),
        cron          TEXT    NOT NULL,
        time_zone     TEXT    NOT NULL,
        missed        TEXT    NOT NULL CHECK (missed IN ('skip', 'run_once')),
        overlap       TEXT    NOT NULL CHECK (overlap IN ('skip', 'allow')),
        enabled       INTEGER NOT NULL CHECK (enabled IN (0, 1)),
        next_at_ms    INTEGER CHECK (next_at_ms >= 0),
        -- A job that is named here is not deleted: cleaning leaves it, and this refuses what forgets to.
        last_job_id   TEXT    REFERENCES job (id),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0)
      ) STRICT;
      CREATE INDEX schedule_next ON schedule (next_at_ms, id) WHERE enabled = 1 AND next_at_ms IS NOT NULL;
      CREATE INDEX schedule_last_job ON schedule (last_job_id) WHERE last_job_id IS NOT NULL;

      -- The key makes a planned time unique: whatever is told twice, by a crash or by a clock, is done once.
      CREATE TABLE schedule_run (
        schedule_id   TEXT    NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
        planned_at_ms INTEGER NOT NULL CHECK (planned_at_ms >= 0),
        at_ms         INTEGER NOT NULL CHECK (at_ms >= 0),
        outcome       TEXT    NOT NULL CHECK (outcome IN ('started', 'missed', 'overlapped', 'refused')),
        job_id        TEXT,
        error_code    TEXT,
        error_message TEXT,
        PRIMARY KEY (schedule_id, planned_at_ms),
        CHECK ((outcome = 'started') = (job_id IS NOT NULL)),
        CHECK ((error_code IS NULL) = (error_message IS NULL)),
        CHECK ((outcome = 'refused') = (error_code IS NOT NULL))
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
