import type { Migration } from '../migrate.ts';

/** What agents may reach outside the program. SECURITY: the key of the search is in secret storage, never here. */
export const migration: Migration = {
  version: 150,
  name: 'reach',
  up(db) {
    db.exec(`
      CREATE TABLE web_search (
        -- There is one.
        id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        kind          TEXT    NOT NULL CHECK (kind IN ('searxng', 'brave')),
        url           TEXT    NOT NULL CHECK (url <> ''),
        updated_at_ms INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE granted_folder (
        id            TEXT    NOT NULL PRIMARY KEY,
        path          TEXT    NOT NULL UNIQUE CHECK (path <> ''),
        may_write     INTEGER NOT NULL CHECK (may_write IN (0, 1)),
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
