import type { Migration } from '../migrate.ts';

/**
 * What effects and their undoing need beside the journal's columns of the first schema: the output a person's word stands
 * for, the compensation of a step, and the words themselves; for a job, the end it is undone for and the job it began with.
 */
export const migration: Migration = {
  version: 90,
  name: 'job-effects',
  up(db) {
    db.exec(`
      ALTER TABLE job ADD COLUMN undo_for TEXT CHECK (undo_for IS NULL OR undo_for IN ('failed', 'cancelled'));
      -- The error it ends with once it is undone; NULL for a cancellation.
      ALTER TABLE job ADD COLUMN undo_error_code TEXT;
      ALTER TABLE job ADD COLUMN undo_error_message TEXT;
      ALTER TABLE job ADD COLUMN forked_from TEXT REFERENCES job (id) ON DELETE SET NULL;
      -- How often steps were set aside to run again.
      ALTER TABLE job ADD COLUMN steps_run INTEGER NOT NULL DEFAULT 0 CHECK (steps_run >= 0);
      CREATE INDEX job_fork ON job (forked_from, id) WHERE forked_from IS NOT NULL;
      CREATE INDEX job_undo ON job (id) WHERE undo_for IS NOT NULL;

      ALTER TABLE job_step ADD COLUMN assumed_output TEXT CHECK (assumed_output IS NULL OR json_valid(assumed_output));
      ALTER TABLE job_step ADD COLUMN undo_name TEXT;
      ALTER TABLE job_step ADD COLUMN undo_data TEXT CHECK (undo_data IS NULL OR json_valid(undo_data));
      ALTER TABLE job_step ADD COLUMN decision TEXT CHECK (decision IS NULL OR decision IN ('done', 'repeat', 'drop'));
      CREATE INDEX job_step_undecided ON job_step (job_id) WHERE effect_outcome = 'indeterminate' AND decision IS NULL;

      -- Steps that were set aside; those set aside together have one number.
      CREATE TABLE job_step_superseded (
        job_id           TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        run              INTEGER NOT NULL CHECK (run >= 1),
        seq              INTEGER NOT NULL,
        name             TEXT    NOT NULL,
        attempt          INTEGER NOT NULL,
        output           TEXT    CHECK (output IS NULL OR json_valid(output)),
        started_at_ms    INTEGER NOT NULL,
        finished_at_ms   INTEGER,
        effect_class     TEXT    NOT NULL,
        effect_key       TEXT,
        dispatched_at_ms INTEGER,
        effect_outcome   TEXT,
        compensates      TEXT,
        assumed_output   TEXT,
        undo_name        TEXT,
        undo_data        TEXT,
        decision         TEXT,
        superseded_at_ms INTEGER NOT NULL,
        PRIMARY KEY (job_id, run, seq)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
