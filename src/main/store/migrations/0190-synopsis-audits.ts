import type { Migration } from '../migrate.ts';

/** What was found of the claims of a version, beside it: a ready version does not change any more. */
export const migration: Migration = {
  version: 190,
  name: 'synopsis-audits',
  up(db) {
    db.exec(`
      CREATE TABLE synopsis_audit (
        version_id TEXT    NOT NULL PRIMARY KEY REFERENCES synopsis_version (id) ON DELETE CASCADE,
        job_id     TEXT    NOT NULL,
        judge      TEXT    NOT NULL CHECK (json_valid(judge)),
        items      TEXT    NOT NULL CHECK (json_valid(items)),
        at_ms      INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
