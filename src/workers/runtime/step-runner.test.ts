import { expect, test } from 'vitest';
import type { FromWorker } from '../../shared/contract/worker/frames.ts';
import { workerProtocolVersion } from '../../shared/contract/worker/frames.ts';
import { jobId } from '../../shared/domain/ids.ts';
import { effectKeyLimit, stepNameLimit } from '../../shared/domain/job-step.ts';
import { createStepRunner } from './step-runner.ts';

const path = '/tmp/a.md';
const sha256 = 'a'.repeat(64);
const undo = { name: 'remove-file', data: { path, sha256 } };

/** A runner whose reports are all acknowledged at once. */
function open() {
  const sent: FromWorker[] = [];
  const steps = createStepRunner({
    start: {
      v: workerProtocolVersion,
      type: 'start',
      generation: 1,
      leaseToken: 'l',
      jobId: jobId.parse('00000000-0000-7000-8000-000000000001'),
      kind: 'synopses.export',
      attempt: 1,
      traceId: 't',
      input: 'null',
      recorded: [],
    },
    signal: new AbortController().signal,
    send: frame => {
      sent.push(frame);
      if ('seq' in frame) queueMicrotask(() => steps.take(frame.seq));
    },
    unlessCancelled: promise => promise,
    unlessAbandoned: promise => promise,
    isAbandoned: () => false,
    flushProgress: () => undefined,
    takeUsed: () => ({}),
    warn: () => undefined,
  });
  return { sent, steps };
}
const effect = (over: object = {}) => ({ assumed: { path }, run: () => ({ path }), ...over });
const named = (length: number): string => 'file:'.padEnd(length, 'x');

test('what just fits is sent', async () => {
  const { sent, steps } = open();
  await steps.effect(named(stepNameLimit), effect({ key: 'k'.repeat(effectKeyLimit) }));
  await steps.effect(named(stepNameLimit - 'undo:'.length), effect({ compensate: undo }));
  expect(sent.map(frame => frame.type)).toEqual(['effect', 'step', 'effect', 'step']);
});

test.each([
  ['a name', named(stepNameLimit + 1), {}],
  ['the name of what can be undone', named(stepNameLimit), { compensate: undo }],
  ['a key', 'file:a', { key: 'k'.repeat(effectKeyLimit + 1) }],
  ['an empty key', 'file:a', { key: '' }],
])('%s out of bounds fails the task and is not sent', async (_, name, over) => {
  const { sent, steps } = open();
  await expect(steps.effect(name, effect(over))).rejects.toMatchObject({ name: 'TaskFailure', retryable: false });
  expect(sent).toEqual([]);
});
