import type { JobId, Sha256 } from '../../shared/domain/ids.ts';
import { inWriteTransaction, type Database } from './connection.ts';

/** Files as they were before a job replaced them. */
export interface KeptFiles {
  /** The artifact must be stored. Again, it changes nothing. */
  keep(job: JobId, artifact: Sha256): void;
  /** Whether some job keeps it. */
  isKept(artifact: Sha256): boolean;
}

export function createKeptFiles(db: Database): KeptFiles {
  const insert = db.prepare<[string, string]>('INSERT INTO kept_file (job_id, artifact) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const find = db.prepare<[string], { found: 1 }>('SELECT 1 AS found FROM kept_file WHERE artifact = ? LIMIT 1');
  return {
    keep(job, artifact) {
      inWriteTransaction(db, () => {
        insert.run(job, artifact);
      });
    },
    isKept: artifact => find.get(artifact) !== undefined,
  };
}
