import type { Migration } from '../migrate.ts';

/** What browser tasks have done, and recipes that the person keeps. */
export const migration: Migration = {
  version: 250,
  name: 'browser-tasks',
  up(db) {
    db.exec(`
      CREATE TABLE browser_task (
        job_id    TEXT NOT NULL PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
        /* A JSON list: where it may go. */
        sites     TEXT NOT NULL CHECK (json_valid(sites)),
        worked_ms REAL NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE browser_trace (
        seq        INTEGER PRIMARY KEY,
        job_id     TEXT    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        step       TEXT    NOT NULL CHECK (step <> ''),
        at_ms      INTEGER NOT NULL,
        screenshot TEXT    REFERENCES artifact (sha256),
        entry      TEXT    NOT NULL CHECK (json_valid(entry)),
        durable    TEXT    CHECK (durable IS NULL OR json_valid(durable)),
        file       TEXT    CHECK (file IS NULL OR json_valid(file)),
        /* Last: it may be long, and what comes before it is read without it. */
        found      TEXT    CHECK (found IS NULL OR json_valid(found)),
        UNIQUE (job_id, step)
      ) STRICT;
      CREATE INDEX browser_trace_job ON browser_trace (job_id, seq);
      CREATE INDEX browser_trace_screenshot ON browser_trace (screenshot) WHERE screenshot IS NOT NULL;

      CREATE TABLE browser_recipe (
        id          TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 36),
        recipe      TEXT    NOT NULL CHECK (json_valid(recipe)),
        saved_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
