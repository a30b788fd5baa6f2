import type { Migration } from '../migrate.ts';

/** Logins of browser tasks. SECURITY: words of a login are in secret storage; what is here of one is sealed by a key from there. */
export const migration: Migration = {
  version: 260,
  name: 'browser-logins',
  up(db) {
    db.exec(`
      CREATE TABLE browser_login (
        id            TEXT    NOT NULL PRIMARY KEY,
        name          TEXT    NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
        /* A JSON list. */
        hosts         TEXT    NOT NULL CHECK (json_valid(hosts)),
        /* Flags of what secret storage holds: a list of logins opens no secret. */
        has_user      INTEGER NOT NULL CHECK (has_user IN (0, 1)),
        has_password  INTEGER NOT NULL CHECK (has_password IN (0, 1)),
        created_at_ms INTEGER NOT NULL,
        session_at_ms INTEGER,
        /* Last: it may be long, and what comes before it is read without it. */
        session       BLOB,
        CHECK ((session IS NULL) = (session_at_ms IS NULL))
      ) STRICT;

      /* Tasks that use a login or wait for it. */
      CREATE TABLE browser_login_use (
        job_id   TEXT    NOT NULL PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
        login_id TEXT    NOT NULL REFERENCES browser_login (id) ON DELETE CASCADE,
        has_it   INTEGER NOT NULL CHECK (has_it IN (0, 1))
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX browser_login_use_login ON browser_login_use (login_id, job_id);
      /* One task at a time, whatever the program believes. */
      CREATE UNIQUE INDEX browser_login_holder ON browser_login_use (login_id) WHERE has_it = 1;
    `);
  },
};
