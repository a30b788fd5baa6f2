import type { Migration } from '../migrate.ts';

/**
 * What passages mean, as a model has put it into numbers. Vectors of two models cannot be compared, so each lies in the space of
 * its model and a search reads one space.
 */
export const migration: Migration = {
  version: 225,
  name: 'passage-vectors',
  up(db) {
    db.exec(`
      CREATE TABLE vector_space (
        id            INTEGER PRIMARY KEY,
        /* No foreign key: removing a provider does not throw away what was paid for. */
        provider_id   TEXT    NOT NULL,
        model_id      TEXT    NOT NULL,
        dimensions    INTEGER NOT NULL CHECK (dimensions BETWEEN 1 AND 16384),
        created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
        UNIQUE (provider_id, model_id, dimensions)
      ) STRICT;

      CREATE TABLE passage_vector (
        space_id  INTEGER NOT NULL REFERENCES vector_space (id),
        /* Of a passage; they are never deleted, and a foreign key would want an index of its own. */
        n         INTEGER NOT NULL,
        /* The beginning of the SHA-256 of the text: the same words are not paid for twice. */
        text_hash BLOB    NOT NULL CHECK (length(text_hash) = 16),
        /* One signed byte a dimension. */
        vector    BLOB    NOT NULL,
        PRIMARY KEY (space_id, n)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX passage_vector_text ON passage_vector (space_id, text_hash);

      /* The signs alone of many vectors in one row, since a search reads all of them. */
      CREATE TABLE vector_codes (
        id       INTEGER PRIMARY KEY,
        space_id INTEGER NOT NULL REFERENCES vector_space (id),
        /* Numbers of the passages, 32 bits each, little-endian. */
        passages BLOB    NOT NULL CHECK (length(passages) % 4 = 0),
        codes    BLOB    NOT NULL
      ) STRICT;
      CREATE INDEX vector_codes_space ON vector_codes (space_id, id);

      /* Passages of each text that have a vector: how far a space has come is asked often. */
      CREATE TABLE vector_count (
        space_id      INTEGER NOT NULL REFERENCES vector_space (id),
        snapshot_hash TEXT    NOT NULL REFERENCES snapshot (hash),
        passage_count INTEGER NOT NULL CHECK (passage_count >= 0),
        PRIMARY KEY (space_id, snapshot_hash)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX vector_count_snapshot ON vector_count (snapshot_hash);
    `);
  },
};
