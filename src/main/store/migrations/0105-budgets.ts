import type { Migration } from '../migrate.ts';

/** Limits on what jobs use up, and what they have used up. The table of before was made for it and never written to. */
export const migration: Migration = {
  version: 105,
  name: 'budgets',
  up(db) {
    db.exec(`
      DROP TABLE job_budget;
      CREATE TABLE budget (
        scope         TEXT    NOT NULL CHECK (scope IN ('job', 'session', 'provider', 'program')),
        -- The id of the job or the session, the name of the provider, '*' for each that has none of its own, '' for the program.
        subject       TEXT    NOT NULL CHECK ((subject = '') = (scope = 'program')),
        period        TEXT    NOT NULL CHECK (period IN ('ever', 'day')),
        tokens        INTEGER CHECK (tokens >= 0),
        money_minor   INTEGER CHECK (money_minor >= 0),
        wall_ms       INTEGER CHECK (wall_ms >= 0),
        updated_at_ms INTEGER NOT NULL,
        PRIMARY KEY (scope, subject, period),
        CHECK (tokens IS NOT NULL OR money_minor IS NOT NULL OR wall_ms IS NOT NULL)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE budget_spent (
        scope          TEXT    NOT NULL CHECK (scope IN ('job', 'session', 'provider', 'program')),
        subject        TEXT    NOT NULL,
        day_ends_at_ms INTEGER NOT NULL,
        tokens         INTEGER NOT NULL CHECK (tokens >= 0),
        -- With fractions of a cent.
        money_minor    REAL    NOT NULL CHECK (money_minor >= 0),
        wall_ms        INTEGER NOT NULL CHECK (wall_ms >= 0),
        PRIMARY KEY (scope, subject, day_ends_at_ms)
      ) STRICT, WITHOUT ROWID;

      CREATE TRIGGER job_budget_gone AFTER DELETE ON job BEGIN
        DELETE FROM budget WHERE scope = 'job' AND subject = OLD.id;
        DELETE FROM budget_spent WHERE scope = 'job' AND subject = OLD.id;
      END;
    `);
  },
};
