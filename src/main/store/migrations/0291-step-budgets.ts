import type { Migration } from '../migrate.ts';

/** Limits on steps, and how many were counted. The limits' table is made anew: its check names every unit. */
export const migration: Migration = {
  version: 291,
  name: 'step budgets',
  up(db) {
    db.exec(`
      ALTER TABLE budget_spent ADD COLUMN steps INTEGER NOT NULL DEFAULT 0 CHECK (steps >= 0);

      CREATE TABLE budget_of_units (
        scope         TEXT    NOT NULL CHECK (scope IN ('job', 'session', 'provider', 'program')),
        -- The id of the job or the session, the name of the provider, '*' for each that has none of its own, '' for the program.
        subject       TEXT    NOT NULL CHECK ((subject = '') = (scope = 'program')),
        period        TEXT    NOT NULL CHECK (period IN ('ever', 'day')),
        tokens        INTEGER CHECK (tokens >= 0),
        money_minor   INTEGER CHECK (money_minor >= 0),
        steps         INTEGER CHECK (steps >= 0),
        wall_ms       INTEGER CHECK (wall_ms >= 0),
        updated_at_ms INTEGER NOT NULL,
        PRIMARY KEY (scope, subject, period),
        CHECK (tokens IS NOT NULL OR money_minor IS NOT NULL OR steps IS NOT NULL OR wall_ms IS NOT NULL)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO budget_of_units (scope, subject, period, tokens, money_minor, wall_ms, updated_at_ms)
        SELECT scope, subject, period, tokens, money_minor, wall_ms, updated_at_ms FROM budget;
      DROP TRIGGER job_budget_gone;
      DROP TABLE budget;
      ALTER TABLE budget_of_units RENAME TO budget;
      CREATE TRIGGER job_budget_gone AFTER DELETE ON job BEGIN
        DELETE FROM budget WHERE scope = 'job' AND subject = OLD.id;
        DELETE FROM budget_spent WHERE scope = 'job' AND subject = OLD.id;
      END;
    `);
  },
};
