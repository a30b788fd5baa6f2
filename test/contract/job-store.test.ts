import { join } from 'node:path';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { createMemoryJobStore } from '../support/memory-job-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { jobStoreSuite } from './job-store.suite.ts';

jobStoreSuite('job store in memory', () => ({ store: createMemoryJobStore(), close: () => undefined }));

jobStoreSuite('job store in SQLite', () => {
  const folder = tempFolder();
  const db = openJobDatabase(join(folder.path, 'jobs.db'));
  return {
    store: createJobRepository(db),
    close: () => {
      db.close();
      folder.remove();
    },
  };
});
