import type { Database } from '../../src/main/store/connection.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { migration as jobs } from '../../src/main/store/migrations/0010-jobs.ts';
import { migration as jobIndexes } from '../../src/main/store/migrations/0065-job-indexes.ts';
import { migration as jobWaits } from '../../src/main/store/migrations/0070-job-waits.ts';
import { migration as jobGates } from '../../src/main/store/migrations/0080-job-gates.ts';
import { migration as jobEffects } from '../../src/main/store/migrations/0090-job-effects.ts';

/** A real file with the jobs' tables and nothing else. */
export function openJobDatabase(file: string): Database {
  const db = openConnection(file);
  migrate(db, [jobs, jobIndexes, jobWaits, jobGates, jobEffects], () => {
    throw new Error('A fresh database needs no backup.');
  });
  return db;
}
