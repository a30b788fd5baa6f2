import type { Migration } from '../migrate.ts';

/**
 * Originals and snapshots are files named by their SHA-256; `artifact` is the list of those that something names, so a
 * file without a row is garbage and a row without a file is damage. Foreign keys without an action refuse to delete what
 * is still named. Lists of values are written out: a released migration does not change with the code, and a test compares
 * them with the domain. `job_id` is deliberately no foreign key: finished jobs are cleaned after their history time.
 */
export const migration: Migration = {
  version: 30,
  name: 'documents',
  up(db) {
    db.exec(`
      CREATE TABLE artifact (
        sha256        TEXT    NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
        media_type    TEXT    NOT NULL,
        byte_count    INTEGER NOT NULL CHECK (byte_count >= 0),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE snapshot (
        hash          TEXT    NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
        artifact      TEXT    NOT NULL REFERENCES artifact (sha256),
        char_count    INTEGER NOT NULL CHECK (char_count >= 0),
        page_count    INTEGER CHECK (page_count >= 0),
        language      TEXT    CHECK (language IN ('ru','en')),
        /* Null until every passage of it is in the index. */
        passage_count INTEGER CHECK (passage_count >= 0),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX snapshot_unindexed ON snapshot (created_at_ms) WHERE passage_count IS NULL;
      CREATE INDEX snapshot_artifact ON snapshot (artifact);
      CREATE TRIGGER snapshot_immutable BEFORE UPDATE OF hash, artifact, char_count, page_count, language ON snapshot
      BEGIN SELECT RAISE (ABORT, 'a snapshot is never edited'); END;

      /* The newest snapshot taken of a chat; what search finds of the chat is found in it. */
      ALTER TABLE session ADD COLUMN chat_snapshot_hash TEXT REFERENCES snapshot (hash);
      CREATE INDEX session_chat_snapshot ON session (chat_snapshot_hash) WHERE chat_snapshot_hash IS NOT NULL;

      CREATE TABLE passage (
        n             INTEGER PRIMARY KEY,
        snapshot_hash TEXT    NOT NULL REFERENCES snapshot (hash),
        seq           INTEGER NOT NULL CHECK (seq >= 0),
        start         INTEGER NOT NULL CHECK (start >= 0),
        "end"         INTEGER NOT NULL,
        page          INTEGER CHECK (page >= 1),
        CHECK ("end" > start),
        UNIQUE (snapshot_hash, seq)
      ) STRICT;
      CREATE VIRTUAL TABLE passage_fts USING fts5 (body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');

      CREATE TABLE document (
        n             INTEGER PRIMARY KEY,
        id            TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        session_id    TEXT    NOT NULL REFERENCES session (id),
        title         TEXT    NOT NULL CHECK (length(title) <= 500),
        origin        TEXT    NOT NULL CHECK (json_valid(origin)),
        format        TEXT    CHECK (format IN ('text','markdown','html','pdf','docx')),
        state         TEXT    NOT NULL CHECK (state IN ('importing','ready','failed')),
        error_code    TEXT    CHECK (error_code IN (
                        'empty','too_large','too_many_pages','encrypted','damaged','unsupported_format','wrong_format','no_text','zip_bomb',
                        'timed_out','out_of_memory','unreachable','forbidden_address','http_error','not_found','unreadable','cancelled','internal')),
        error_detail  TEXT    CHECK (error_code IS NOT NULL OR error_detail IS NULL),
        job_id        TEXT,
        original      TEXT    REFERENCES artifact (sha256),
        snapshot_hash TEXT    REFERENCES snapshot (hash),
        byte_count    INTEGER CHECK (byte_count >= 0),
        warnings      TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(warnings)),
        request_key   TEXT,
        added_at_ms   INTEGER NOT NULL CHECK (added_at_ms >= 0),
        removed_at_ms INTEGER CHECK (removed_at_ms >= 0),
        CHECK ((state = 'ready') = (snapshot_hash IS NOT NULL)),
        CHECK ((state = 'failed') = (error_code IS NOT NULL))
      ) STRICT;
      CREATE INDEX document_of_session ON document (session_id, n);
      CREATE UNIQUE INDEX document_request ON document (session_id, request_key) WHERE request_key IS NOT NULL;
      CREATE INDEX document_job ON document (job_id) WHERE job_id IS NOT NULL;
      CREATE INDEX document_original ON document (original) WHERE original IS NOT NULL;
      CREATE INDEX document_snapshot ON document (snapshot_hash) WHERE snapshot_hash IS NOT NULL;
    `);
  },
};
