import type { Migration } from '../migrate.ts';

/**
 * Vectors as rows of a plain table, by one number of space and passage. A table WITHOUT ROWID keeps whole rows in the inner pages of its
 * tree, too: with a kilobyte a row that tree was nine pages high for a million passages, and each of them was read for every vector that a
 * search compares. Now the inner pages hold numbers alone, the tree is three high, and its upper two stay in memory.
 */
export const migration: Migration = {
  version: 240,
  name: 'vector-rows',
  up(db) {
    db.exec(`
      CREATE TABLE vector_row (
        place     INTEGER PRIMARY KEY CHECK (place = (space_id << 32 | n)),
        space_id  INTEGER NOT NULL REFERENCES vector_space (id),
        /* Of a passage; they are never deleted, and a foreign key would want an index of its own. */
        n         INTEGER NOT NULL CHECK (n BETWEEN 0 AND 0xFFFFFFFF),
        /* The beginning of the SHA-256 of the text: the same words are not paid for twice. */
        text_hash BLOB    NOT NULL CHECK (length(text_hash) = 16),
        /* One signed byte a dimension. */
        vector    BLOB    NOT NULL
      ) STRICT;
      INSERT INTO vector_row (place, space_id, n, text_hash, vector)
        SELECT space_id << 32 | n, space_id, n, text_hash, vector FROM passage_vector ORDER BY space_id, n;
      DROP TABLE passage_vector;
      ALTER TABLE vector_row RENAME TO passage_vector;
      CREATE INDEX passage_vector_text ON passage_vector (space_id, text_hash);
    `);
  },
};
