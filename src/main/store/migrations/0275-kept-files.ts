import type { Migration } from '../migrate.ts';

/** What files held before a job replaced them, as long as the history has the job: so long it may be taken back. */
export const migration: Migration = {
  version: 275,
  name: 'kept-files',
  up(db) {
    db.exec(`
      CREATE TABLE kept_file (
        job_id   TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
        artifact TEXT NOT NULL REFERENCES artifact (sha256),
        PRIMARY KEY (job_id, artifact)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX kept_file_artifact ON kept_file (artifact);
    `);
  },
};
