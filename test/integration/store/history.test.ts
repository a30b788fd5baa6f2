import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 } from 'uuid';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { scheduleId } from '../../../src/shared/domain/ids.ts';
import { cleanHistory } from '../../../src/main/engine/history.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createScheduleRepository } from '../../../src/main/store/schedules/schedule-repository.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { addSession, newId, noonMs, plainStore, testFolder } from './store-fixture.ts';
import type { PlainStore, TestFolder } from './store-fixture.ts';
import { newJob } from '../../support/new-job.ts';

let folder: TestFolder;
let plain: PlainStore;
beforeEach(() => {
  folder = testFolder();
  plain = plainStore(folder.root);
});
afterEach(() => {
  plain.close();
  folder.remove();
});

test('cleaning keeps the jobs that versions of a synopsis and schedules point to, and takes what hangs on the others', async () => {
  const { store, db } = plain;
  const jobs = createJobRepository(db);
  const schedules = createScheduleRepository(db);
  function ended(): JobId {
    const id = newId.job();
    jobs.transaction(() => {
      jobs.insert([newJob(id, { kind: 'synopsis.make', payload: JSON.stringify('x'.repeat(5_000)) })]);
      jobs.cancelIdle(id, noonMs);
    });
    return id;
  }
  const before = Array.from({ length: 40 }, ended);
  const ofVersion = ended();
  const ofSchedule = ended();
  const after = Array.from({ length: 40 }, ended);
  store.synopses.startVersion({
    versionId: newId.version(),
    synopsisId: newId.synopsis(),
    sessionId: addSession(store),
    jobId: ofVersion,
    title: 't',
    detail: 'short',
    language: 'ru',
    template: 'lecture',
    plannedSections: ['summary'],
    coverage: [],
    requestKey: null,
    atMs: noonMs,
  });
  const schedule = scheduleId.parse(v7());
  schedules.put({
    id: schedule,
    kind: 'synopsis.make',
    sessionId: null,
    title: 't',
    payload: '{}',
    cron: '0 9 * * *',
    timeZone: 'UTC',
    missed: 'skip',
    enabled: false,
    nextAtMs: null,
    createdAtMs: 1,
  });
  schedules.recordRun(schedule, { plannedAtMs: 1, atMs: 1, outcome: 'started', jobId: ofSchedule, error: null });

  const clock = createFakeClock(noonMs + 40 * 86_400_000);
  for (const limits of [
    { keepDays: 30, keepCount: 1_000 },
    { keepDays: 3_650, keepCount: 1 },
  ]) {
    const removed = cleanHistory({ store: jobs, clock }, limits);
    await clock.quiesce();
    expect(await removed).toBe(limits.keepDays === 30 ? before.length + after.length : 0);
  }
  expect(db.prepare('SELECT id FROM job ORDER BY id').pluck().all()).toEqual([ofVersion, ofSchedule].sort());
  expect(db.prepare('SELECT count(DISTINCT job_id) FROM job_payload').pluck().get()).toBe(2);
  expect(db.prepare('SELECT count(DISTINCT job_id) FROM job_event').pluck().get()).toBe(2);
});
