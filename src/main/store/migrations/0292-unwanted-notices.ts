import type { Migration } from '../migrate.ts';

/** What a person did not want to be told stays known, so that it is no news when they want its kind again. */
export const migration: Migration = {
  version: 292,
  name: 'unwanted notices',
  up(db) {
    db.exec('ALTER TABLE notice ADD COLUMN is_unwanted INTEGER NOT NULL DEFAULT 0 CHECK (is_unwanted IN (0, 1))');
  },
};
