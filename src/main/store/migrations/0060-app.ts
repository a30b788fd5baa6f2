import type { Migration } from '../migrate.ts';

/** What belongs to the program as a whole: the outbox of announcements, its remembered state, the mutations it has done. */
export const migration: Migration = {
  version: 60,
  name: 'app',
  up(db) {
    db.exec(`
      CREATE TABLE delivery (
        n             INTEGER PRIMARY KEY,
        id            TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        /* One announcement per happening, however often its end is recorded. */
        unique_key    TEXT    NOT NULL UNIQUE,
        kind          TEXT    NOT NULL,
        job_id        TEXT    NOT NULL,
        state         TEXT    NOT NULL CHECK (state IN ('pending','delivered','dropped')),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        settled_at_ms INTEGER CHECK (settled_at_ms >= 0),
        CHECK ((state = 'pending') = (settled_at_ms IS NULL))
      ) STRICT;
      CREATE INDEX delivery_pending ON delivery (n) WHERE state = 'pending';
      CREATE INDEX delivery_settled ON delivery (settled_at_ms) WHERE settled_at_ms IS NOT NULL;
      CREATE TRIGGER delivery_settled_once BEFORE UPDATE ON delivery WHEN OLD.state <> 'pending'
      BEGIN SELECT RAISE (ABORT, 'a settled delivery does not change'); END;

      CREATE TABLE setting (
        key           TEXT    NOT NULL PRIMARY KEY,
        value         TEXT    NOT NULL CHECK (json_valid(value)),
        updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE request (
        request_key   TEXT    NOT NULL,
        route         TEXT    NOT NULL,
        result_id     TEXT    NOT NULL,
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        PRIMARY KEY (route, request_key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX request_age ON request (created_at_ms);
    `);
  },
};
