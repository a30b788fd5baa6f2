import type { Migration } from '../migrate.ts';

/** Folders that synopses are written into by themselves, and what was written there. */
export const migration: Migration = {
  version: 220,
  name: 'auto-export',
  up(db) {
    db.exec(`
      CREATE TABLE auto_export (
        id            TEXT    NOT NULL PRIMARY KEY,
        path          TEXT    NOT NULL UNIQUE CHECK (path <> ''),
        mode          TEXT    NOT NULL CHECK (mode IN ('append', 'mirror')),
        /* A JSON list of chats; null for all. */
        sessions      TEXT    CHECK (sessions IS NULL OR json_valid(sessions)),
        created_at_ms INTEGER NOT NULL,
        last_at_ms    INTEGER,
        last_error    TEXT
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE auto_export_file (
        /* The order in which they were first written: of one synopsis the last is the one that is kept current. */
        seq        INTEGER PRIMARY KEY,
        folder_id  TEXT    NOT NULL REFERENCES auto_export (id) ON DELETE CASCADE,
        /* Within the folder, with slashes. */
        name       TEXT    NOT NULL CHECK (name <> ''),
        session_id TEXT    NOT NULL,
        version_id TEXT    NOT NULL,
        /* Of what was last written there. */
        sha256     TEXT    NOT NULL CHECK (length(sha256) = 64),
        state      TEXT    NOT NULL CHECK (state IN ('written', 'edited', 'deleted')),
        UNIQUE (folder_id, name)
      ) STRICT;
      CREATE INDEX auto_export_file_version ON auto_export_file (folder_id, version_id);
      CREATE INDEX auto_export_file_session ON auto_export_file (folder_id, session_id);
    `);
  },
};
