import { join } from 'node:path';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { createScheduleRepository } from '../../src/main/store/schedules/schedule-repository.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { createTestIds } from '../support/job-ids.ts';
import { createMemoryScheduleStore } from '../support/memory-schedule-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { scheduleStoreSuite } from './schedule-store.suite.ts';
import { newJob } from '../support/new-job.ts';

scheduleStoreSuite('schedule store in memory', keepRuns => {
  const ids = createTestIds();
  return { store: createMemoryScheduleStore(keepRuns), newJob: ids.jobId, close: () => undefined };
});

scheduleStoreSuite('schedule store in SQLite', keepRuns => {
  const folder = tempFolder();
  const db = openJobDatabase(join(folder.path, 'jobs.db'));
  const jobs = createJobRepository(db);
  const ids = createTestIds();
  return {
    store: createScheduleRepository(db, keepRuns),
    newJob() {
      const id = ids.jobId();
      jobs.transaction(() => {
        jobs.insert([newJob(id)]);
      });
      return id;
    },
    close: () => {
      db.close();
      folder.remove();
    },
  };
});
