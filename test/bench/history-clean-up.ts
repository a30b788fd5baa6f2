/**
 * Cleaning 20,000 finished jobs of ten recorded steps of 1 kB each from a real, synced file: how long the event loop stands
 * still between two turns while it goes on. `node test/bench/history-clean-up.ts`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { cleanHistory } from '../../src/main/engine/history.ts';
import { systemClock } from '../../src/main/engine/system-clock.ts';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import { openJobDatabase } from '../support/job-database.ts';
import { createTestIds } from '../support/job-ids.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { report } from './report/report.ts';
import { newJob } from '../support/new-job.ts';

const jobs = 20_000;
const stepsOfEach = 10;
const stepBytes = 1_000;
const jobsOfOneCommit = 500;
/** What the reliability of the window asks for under load. */
const loopDelay = { atMost: 50 };

const folder = tempFolder();
const db = openJobDatabase(join(folder.path, 'a.db'));
try {
  const store = createJobRepository(db);
  const ids = createTestIds();
  const output = JSON.stringify('x'.repeat(stepBytes));
  for (let made = 0; made < jobs; made += jobsOfOneCommit)
    store.transaction(() => {
      for (let n = 0; n < jobsOfOneCommit; n += 1) {
        const id = ids.jobId();
        store.insert([newJob(id)]);
        const leaseToken = ids.leaseToken();
        const lease = { jobId: id, leaseToken };
        store.claim([lease], 1);
        for (let step = 0; step < stepsOfEach; step += 1) store.recordStep(lease, { name: `part:${step}`, output, startedAtMs: 1 }, 1);
        store.finish([{ lease, issues: [] }], 1 + made + n);
      }
    });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  const removed = await cleanHistory({ store, clock: systemClock }, { keepDays: 1, keepCount: jobs });
  const tookMs = performance.now() - startedAt;
  delay.disable();
  const inMs = (ns: number): number => ns / 1e6;
  const note = `${removed} jobs of ${stepsOfEach} steps of 1 kB, in ${Math.round(tookMs)} ms`;
  report('clean-up of history: loop delay p99', inMs(delay.percentile(99)), 'ms', { target: loopDelay, note });
  report('clean-up of history: longest loop delay', inMs(delay.max), 'ms', { note });
} finally {
  db.close();
  folder.remove();
}
