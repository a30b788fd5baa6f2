import { join } from 'node:path';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { createMemoryJobStore } from '../support/memory-job-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { jobStoreSuite } from './job-store.suite.ts';
import { stepJournalSuite } from './step-journal.suite.ts';

const inMemory = () => ({ store: createMemoryJobStore(), close: () => undefined });

function inSqlite() {
  const folder = tempFolder();
  const db = openJobDatabase(join(folder.path, 'jobs.db'));
  return {
    store: createJobRepository(db),
    close: () => {
      db.close();
      folder.remove();
    },
  };
}

jobStoreSuite('job store in memory', inMemory);
jobStoreSuite('job store in SQLite', inSqlite);
stepJournalSuite('step journal in memory', inMemory);
stepJournalSuite('step journal in SQLite', inSqlite);
