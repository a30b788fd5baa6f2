import { z } from 'zod';
import { workerOfKind, type JobKindName } from '../../src/shared/domain/job.ts';
import type { JobKind } from '../../src/main/engine/job-kind.ts';

const payload = z.strictObject({ n: z.int() });
const output = z.strictObject({ n: z.int() });
export type TestKind = JobKind<z.output<typeof payload>, unknown, z.output<typeof output>>;

/** A kind that does nothing of its own: two retries after 1 and 2 s without jitter, a minute of time. */
export function testKind(name: JobKindName, overrides: Partial<TestKind> = {}): TestKind {
  return {
    name,
    worker: workerOfKind[name],
    payload,
    input: z.unknown(),
    output,
    steps: { part: z.int() },
    concurrency: 4,
    priority: 0,
    timeLimitMs: 60_000,
    retry: { delaysMs: [1_000, 2_000], jitter: 0 },
    recovery: 'resume',
    prepare: job => Promise.resolve(job.payload),
    ...overrides,
  };
}
