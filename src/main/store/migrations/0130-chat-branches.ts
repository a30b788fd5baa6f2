import type { Migration } from '../migrate.ts';

/**
 * A chat has branches: another answer to a question, or another question in its place, is kept beside the first. The notes of
 * background work and the sources an agent proposes come with it.
 *
 * The list of notes is a CHECK, so the table is made anew. It is copied by way of temporary tables and not renamed: with
 * foreign keys on, dropping it deletes its rows, and their documents' rows with them.
 */
export const migration: Migration = {
  version: 130,
  name: 'chat branches',
  up(db) {
    db.exec(`
      CREATE TEMP TABLE message_before AS SELECT * FROM message;
      CREATE TEMP TABLE message_document_before AS SELECT * FROM message_document;
      DROP TABLE message_document;
      DROP TABLE message;

      CREATE TABLE message (
        n             INTEGER PRIMARY KEY,
        id            TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        session_id    TEXT    NOT NULL REFERENCES session (id),
        role          TEXT    NOT NULL CHECK (role IN ('person','assistant')),
        state         TEXT    NOT NULL CHECK (state IN ('pending','streaming','completed','failed','stopped')),
        text          TEXT    NOT NULL,
        note          TEXT    CHECK (note IN ('no_model','no_model_no_documents','no_model_nothing_found','documents_not_ready','synopsis_started','synopsis_ready','background_started','background_ready')),
        citations     TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(citations)),
        /* That an agent proposes. */
        sources       TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(sources)),
        /* What it comes after in its branch: an answer after its question, a question after what was said before it. Null for a
           first question, and for what the program says by itself, which is in no branch and always shown. */
        follows       TEXT    REFERENCES message (id),
        /* Of those of one role that follow the same message, the one that was shown last. */
        is_chosen     INTEGER NOT NULL DEFAULT 1 CHECK (is_chosen IN (0, 1)),
        /* It and all that it follows are chosen. */
        is_shown      INTEGER NOT NULL DEFAULT 1 CHECK (is_shown IN (0, 1)),
        job_id        TEXT,
        error         TEXT    CHECK (length(error) <= 64),
        request_key   TEXT,
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0),
        CHECK (is_shown <= is_chosen)
      ) STRICT;

      /* A question follows the newest answer before it, or a question that has none. */
      INSERT INTO message (n, id, session_id, role, state, text, note, citations, follows, job_id, error, request_key, created_at_ms, updated_at_ms)
      SELECT n, id, session_id, role, state, text, note, citations,
        iif(role = 'assistant', reply_to,
          lag(iif(role = 'person' OR reply_to IS NOT NULL, id, NULL)) OVER (
            PARTITION BY session_id, role = 'person' OR reply_to IS NOT NULL ORDER BY n)),
        job_id, error, request_key, created_at_ms, updated_at_ms
      FROM message_before ORDER BY n;
      DROP TABLE temp.message_before;

      CREATE INDEX message_of_session ON message (session_id, n);
      CREATE INDEX message_shown ON message (session_id, n) WHERE is_shown = 1;
      CREATE INDEX message_follows ON message (follows, role, n) WHERE follows IS NOT NULL;
      CREATE INDEX message_first ON message (session_id, n) WHERE follows IS NULL AND role = 'person';
      CREATE INDEX message_under_way ON message (session_id) WHERE state IN ('pending', 'streaming');
      CREATE INDEX message_job ON message (job_id) WHERE job_id IS NOT NULL;
      CREATE UNIQUE INDEX message_request ON message (session_id, request_key) WHERE request_key IS NOT NULL;
      CREATE TRIGGER message_of_person_immutable BEFORE UPDATE OF text, role, session_id ON message
      WHEN OLD.role = 'person' AND (NEW.text IS NOT OLD.text OR NEW.role IS NOT OLD.role OR NEW.session_id IS NOT OLD.session_id)
      BEGIN SELECT RAISE (ABORT, 'what a person wrote is never edited'); END;

      CREATE TABLE message_document (
        message_id  TEXT    NOT NULL REFERENCES message (id) ON DELETE CASCADE,
        position    INTEGER NOT NULL CHECK (position >= 0),
        document_id TEXT    NOT NULL REFERENCES document (id),
        PRIMARY KEY (message_id, position)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO message_document SELECT * FROM temp.message_document_before;
      DROP TABLE temp.message_document_before;
      CREATE INDEX message_document_document ON message_document (document_id);
    `);
  },
};
