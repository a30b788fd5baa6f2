import type { Migration } from '../migrate.ts';

/** The search index of passages no longer merges in the middle of an insert: main merges a few pages after each slice. */
export const migration: Migration = {
  version: 106,
  name: 'steady merges',
  up(db) {
    db.exec(`INSERT INTO passage_fts (passage_fts, rank) VALUES ('automerge', 0);`);
  },
};
