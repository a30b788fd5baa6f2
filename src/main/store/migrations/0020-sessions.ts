import type { Migration } from '../migrate.ts';

/**
 * Every table that an FTS index points into has an explicit `n INTEGER PRIMARY KEY`: an implicit rowid may change under
 * VACUUM (and `VACUUM INTO` makes the backups), which would silently point the index at other rows.
 *
 * The FTS tables are contentless over words that were already folded and stemmed; `remove_diacritics 0` because folding is
 * decided in one place, `shared/domain/words.ts`.
 */
export const migration: Migration = {
  version: 20,
  name: 'sessions',
  up(db) {
    db.exec(`
      CREATE TABLE session (
        n             INTEGER PRIMARY KEY,
        id            TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        title         TEXT    CHECK (length(title) BETWEEN 1 AND 200),
        demo_language TEXT    CHECK (demo_language IN ('ru','en')),
        unread        INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0,1)),
        request_key   TEXT    UNIQUE,
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0),
        removed_at_ms INTEGER CHECK (removed_at_ms >= 0)
      ) STRICT;
      CREATE INDEX session_recent ON session (updated_at_ms DESC, id DESC) WHERE removed_at_ms IS NULL;
      CREATE UNIQUE INDEX session_demo ON session (demo_language) WHERE demo_language IS NOT NULL AND removed_at_ms IS NULL;
      /* A session's badges are counted without walking the history of its jobs. */
      CREATE INDEX job_running_of_session ON job (session_id) WHERE state = 'running';
      CREATE INDEX job_waiting_of_session ON job (session_id) WHERE state = 'waiting';
      CREATE VIRTUAL TABLE session_fts USING fts5 (title, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
    `);
  },
};
