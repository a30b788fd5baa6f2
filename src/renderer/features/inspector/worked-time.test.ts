import { expect, test } from 'vitest';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { workedMs } from './worked-time.ts';

const nowMs = 100_000;
const worked = (state: JobInspection['job']['state'], trail: readonly (readonly [string, number])[]) =>
  workedMs(
    {
      job: { state } as JobInspection['job'],
      events: trail.map(([type, atMs], at) => ({ seq: at + 1, type, atMs, detail: null })),
    },
    nowMs,
  );

test('the time that a job waited is none of its work', () => {
  expect(worked('queued', [['enqueued', 0]])).toBeNull();
  expect(
    worked('done', [
      ['enqueued', 0],
      ['started', 1_000],
      ['step', 1_500],
      ['waiting', 2_000],
      ['decided', 60_000],
      ['resumed', 60_000],
      ['started', 61_000],
      ['done', 64_000],
    ]),
  ).toBe(4_000);
  expect(
    worked('running', [
      ['started', 1_000],
      ['returned', 3_000],
      ['started', 90_000],
    ]),
  ).toBe(12_000);
});
