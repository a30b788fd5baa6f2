import { expect, test } from 'vitest';
import { providerId, jobId } from '../../shared/domain/ids.ts';
import type { SynopsisModel } from '../../shared/domain/synopsis-model.ts';
import type { TaskEnd } from '../engine/task-runner.ts';
import { createLookAtPicture } from './look-at-picture.ts';
import { newId } from './new-id.ts';
import { createWorkerQuestion } from './worker-question.ts';

const model: SynopsisModel = {
  provider: 'Scripted',
  connection: {
    providerId: newId(providerId),
    kind: 'openai_compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
    apiKey: null,
    modelId: 'm',
    contextTokens: 4_096,
    price: null,
    headers: {},
  },
};

const usage = { tokens: 900, moneyMinor: 2 };

test.each<[string, TaskEnd]>([
  ['before it has answered', { type: 'cancelled', usage }],
  [
    'as it answers',
    {
      type: 'done',
      output: JSON.stringify({
        ask: 'look',
        outcome: 'failed',
        failure: { code: 'refused', message: 'No.', retryable: false, retryAfterMs: null },
        usage,
      }),
      issues: [],
    },
  ],
])('what a picture has cost is charged to its job, though nobody waits for the answer any more: %s', async (_, end) => {
  const ended = Promise.withResolvers<TaskEnd>();
  const ask = createWorkerQuestion({
    capacity: () => 1,
    onChange: () => () => undefined,
    run: () => ({
      ended: ended.promise,
      cancel: () => ended.resolve(end),
      withdraw: () => undefined,
      kill: () => undefined,
    }),
  });
  const charged: unknown[] = [];
  const look = createLookAtPicture(
    () => ask,
    (job, usage) => void charged.push([job, usage]),
  );
  const job = newId(jobId);
  const stop = new AbortController();
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64');
  const looked = look(job, { jpeg, language: 'ru' }, model, stop.signal);
  // The question has been handed over by then.
  await Promise.resolve();
  stop.abort(new DOMException('The reading is cancelled.', 'AbortError'));
  await expect(looked).rejects.toThrow('The reading is cancelled.');
  expect(charged).toEqual([[job, usage]]);
});
