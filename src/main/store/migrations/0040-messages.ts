import type { Migration } from '../migrate.ts';

/** Messages are ordered by `n`, the order they were committed in, which no clock can turn back. */
export const migration: Migration = {
  version: 40,
  name: 'messages',
  up(db) {
    db.exec(`
      CREATE TABLE message (
        n             INTEGER PRIMARY KEY,
        id            TEXT    NOT NULL UNIQUE CHECK (length(id) = 36),
        session_id    TEXT    NOT NULL REFERENCES session (id),
        role          TEXT    NOT NULL CHECK (role IN ('person','assistant')),
        state         TEXT    NOT NULL CHECK (state IN ('pending','streaming','completed','failed','stopped')),
        text          TEXT    NOT NULL,
        note          TEXT    CHECK (note IN ('no_model','no_model_no_documents','no_model_nothing_found','documents_not_ready','synopsis_started','synopsis_ready')),
        citations     TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(citations)),
        /* The person's message that this one answers. */
        reply_to      TEXT    REFERENCES message (id),
        job_id        TEXT,
        error         TEXT    CHECK (length(error) <= 64),
        request_key   TEXT,
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0),
        CHECK (role = 'assistant' OR reply_to IS NULL)
      ) STRICT;
      CREATE INDEX message_of_session ON message (session_id, n);
      CREATE INDEX message_reply ON message (reply_to) WHERE reply_to IS NOT NULL;
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
      CREATE INDEX message_document_document ON message_document (document_id);

      CREATE VIRTUAL TABLE message_fts USING fts5 (body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
    `);
  },
};
