import { join } from 'node:path';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { BudgetStore } from '../../src/main/engine/budget-store.ts';
import { createBudgetRepository } from '../../src/main/store/budgets/budget-repository.ts';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { createTestIds } from '../support/job-ids.ts';
import { createMemoryBudgetStore } from '../support/memory-budget-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { budgetStoreSuite } from './budget-store.suite.ts';
import { newJob } from '../support/new-job.ts';

budgetStoreSuite('budget store in memory', () => {
  const ids = createTestIds();
  const jobs = new Map<JobId, ReturnType<BudgetStore['belongings']>>();
  const parents = new Map<JobId, JobId>();
  const ancestors = (id: JobId): JobId[] => {
    const parent = parents.get(id);
    return parent === undefined ? [] : [parent, ...ancestors(parent)];
  };
  return {
    store: createMemoryBudgetStore(id => jobs.get(id) ?? null, ancestors),
    addJob(belongings, parent) {
      const id = ids.jobId();
      jobs.set(id, belongings);
      if (parent !== undefined) parents.set(id, parent);
      return id;
    },
    nobody: ids.jobId,
    close: () => undefined,
  };
});

budgetStoreSuite('budget store in SQLite', () => {
  const folder = tempFolder();
  const db = openJobDatabase(join(folder.path, 'jobs.db'));
  const jobs = createJobRepository(db);
  const ids = createTestIds();
  return {
    store: createBudgetRepository(db),
    addJob({ sessionId, provider }, parentId) {
      const id = ids.jobId();
      jobs.transaction(() => {
        jobs.insert([newJob(id, { sessionId, provider, ...(parentId === undefined ? {} : { parentId }) })]);
      });
      return id;
    },
    nobody: ids.jobId,
    close: () => {
      db.close();
      folder.remove();
    },
  };
});
