import type { Migration } from '../migrate.ts';

/** The library: tags of a person's own, and whether a synopsis knows of all that its chat holds now. */
export const migration: Migration = {
  version: 205,
  name: 'library',
  up(db) {
    db.exec(`
      CREATE TABLE tag (
        id     INTEGER PRIMARY KEY,
        name   TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
        /* Lower case, ё as е: by it a tag is the same one. */
        folded TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TABLE synopsis_tag (
        synopsis_id TEXT    NOT NULL REFERENCES synopsis (id),
        tag_id      INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        PRIMARY KEY (synopsis_id, tag_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX synopsis_tag_tag ON synopsis_tag (tag_id, synopsis_id);

      /* As it was last found; it is looked at again when the material of the chat has changed. */
      ALTER TABLE synopsis ADD COLUMN is_stale INTEGER NOT NULL DEFAULT 0 CHECK (is_stale IN (0, 1));
      CREATE INDEX synopsis_stale ON synopsis (ready_at_ms DESC, id DESC) WHERE is_stale = 1;
    `);
  },
};
