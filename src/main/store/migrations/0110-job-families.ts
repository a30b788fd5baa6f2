import type { Migration } from '../migrate.ts';

/** Jobs that have ended or are ending, and whose children are yet to be cancelled: so many in a transaction. */
export const migration: Migration = {
  version: 110,
  name: 'job families',
  up(db) {
    db.exec(`
      CREATE TABLE job_family_called_off (
        job_id TEXT PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
