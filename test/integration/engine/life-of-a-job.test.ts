import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { JobEnd } from '../../../src/main/engine/job-kind.ts';
import type { Harness, HarnessOptions } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
function open(options: HarnessOptions = {}) {
  harness = createHarness(options);
  return harness.life();
}
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;
const failure = { type: 'failed', error: { code: 'busy', message: 'Busy.' }, retryable: true, retryAfterMs: null } as const;
async function codeOf(promise: Promise<unknown>, quiesce: () => Promise<void>): Promise<string> {
  const code = promise.then(
    () => 'none',
    (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
  );
  await quiesce();
  return code;
}

test('a job is claimed, done, told of and inspected', async () => {
  const { engine, clock, runner, taskOf, views, enqueue, events } = open();
  const id = await enqueue();
  expect(views.view(id)).toMatchObject({ state: 'running', attempt: 1, maxAttempts: 3 });
  expect(runner.started[0]).toMatchObject({ jobId: id, input: '{"n":1}', recorded: [], attempt: 1, worker: 'agent' });
  taskOf(id).end({ ...done, issues: ['thin'] });
  await clock.quiesce();
  expect(views.view(id)).toMatchObject({ state: 'done', outcome: 'issues', issues: ['thin'] });
  expect(views.inspect(id)?.events.map(event => event.type)).toEqual(['enqueued', 'started', 'done']);
  expect(events.map(event => event.type)).toEqual(['enqueued', 'started', 'ended']);
  expect(engine.storage()).toBe('ok');
});

test('an active key gives the same job, an ended one a new job', async () => {
  const { enqueue, taskOf, clock, engine, request } = open();
  const id = await enqueue({ idempotencyKey: 'k' });
  const both = Promise.all([engine.enqueue(request({ idempotencyKey: 'k' })), engine.enqueue(request({ idempotencyKey: 'k' }))]);
  await clock.quiesce();
  expect(await both).toEqual([
    { jobId: id, created: false },
    { jobId: id, created: false },
  ]);
  taskOf(id).end(done);
  await clock.quiesce();
  expect(await enqueue({ idempotencyKey: 'k' })).not.toBe(id);
});

test('retries after the backoff, honours Retry-After as a floor, then fails', async () => {
  const ends: unknown[] = [];
  const { enqueue, taskOf, clock, views, state } = open({
    kinds: [
      testKind('chat.answer', {
        onEnd: (_, end) => {
          ends.push(end);
        },
      }),
    ],
  });
  const id = await enqueue();
  taskOf(id).end(failure);
  await clock.quiesce();
  expect(views.view(id)).toMatchObject({ state: 'scheduled', dueAtMs: clock.nowMs() + 1_000, error: { code: 'busy' } });
  await clock.advance(999);
  expect(state(id)).toBe('scheduled');
  await clock.advance(1);
  taskOf(id).end({ ...failure, retryAfterMs: 90_000 });
  await clock.advance(89_999);
  expect(state(id)).toBe('scheduled');
  await clock.advance(1);
  taskOf(id).end(failure);
  await clock.quiesce();
  expect(views.view(id)).toMatchObject({ state: 'failed', attempt: 3, error: { code: 'busy', message: 'Busy.' } });
  expect(ends).toEqual([{ state: 'failed', error: { code: 'busy', message: 'Busy.' } }]);
});

test('a fault that does not pass is not tried again', async () => {
  const { enqueue, taskOf, clock, views } = open();
  const id = await enqueue();
  taskOf(id).end({ ...failure, retryable: false });
  await clock.quiesce();
  expect(views.view(id)).toMatchObject({ state: 'failed', attempt: 1 });
});

test('past its time limit an attempt is asked, then killed, and tried again', async () => {
  const { enqueue, taskOf, clock, views } = open();
  const id = await enqueue();
  const task = taskOf(id);
  await clock.advance(59_999);
  expect(task.cancelled()).toBe(false);
  await clock.advance(1);
  expect([task.cancelled(), task.killed()]).toEqual([true, false]);
  await clock.advance(2_000);
  expect(task.killed()).toBe(true);
  expect(views.view(id)).toMatchObject({ state: 'scheduled', attempt: 1, error: { code: 'time_limit' } });
  expect(clock.pendingTimers()).toBe(1);
});

test('a cancel ends idle jobs at once and running ones when their worker has stopped', async () => {
  const ends: JobEnd<unknown>[] = [];
  const { engine, enqueue, taskOf, clock, state, events } = open({
    kinds: [
      testKind('chat.answer', {
        concurrency: 1,
        onEnd: (_, end) => {
          ends.push(end);
        },
      }),
    ],
  });
  const running = await enqueue();
  const queued = await enqueue();
  const later = await enqueue({ dueAtMs: clock.nowMs() + 5_000 });
  const cancelled = Promise.all([engine.cancel(running), engine.cancel(queued), engine.cancel(later)]);
  await clock.quiesce();
  await cancelled;
  expect([state(running), state(queued), state(later)]).toEqual(['running', 'cancelled', 'cancelled']);
  expect(taskOf(running).cancelled()).toBe(true);
  taskOf(running).end({ type: 'lost', cause: 'worker_exit', message: 'killed after its grace' });
  await clock.quiesce();
  expect(state(running)).toBe('cancelled');
  expect(ends.map(end => end.state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(events.filter(event => event.type === 'cancelling')).toHaveLength(1);
  expect(await codeOf(engine.cancel(running), clock.quiesce)).toBe('already_finished');
});

test('a cancel during the preparation does not wait for it', async () => {
  const { engine, enqueue, runner, clock, state } = open({
    kinds: [testKind('chat.answer', { prepare: () => new Promise(() => undefined) })],
  });
  const id = await enqueue();
  const asked = engine.cancel(id);
  await clock.quiesce();
  await asked;
  expect([state(id), runner.started.length]).toEqual(['cancelled', 0]);
});

test('work that was complete before the cancel reached it stands', async () => {
  const { engine, enqueue, taskOf, clock, state } = open();
  const id = await enqueue();
  const asked = engine.cancel(id);
  await clock.quiesce();
  await asked;
  taskOf(id).end(done);
  await clock.quiesce();
  expect(state(id)).toBe('done');
});

test('a retry by hand queues failed and cancelled jobs with their steps, and nothing else', async () => {
  const retried: number[] = [];
  const { engine, enqueue, taskOf, clock, runner, state, request } = open({
    kinds: [
      testKind('chat.answer', {
        onRetry: job => {
          retried.push(job.attempt);
        },
      }),
    ],
  });
  const id = await enqueue({ idempotencyKey: 'k' });
  expect(await codeOf(engine.retry(id), clock.quiesce)).toBe('already_running');
  const step = taskOf(id).step('part:1', 7);
  await clock.quiesce();
  await step;
  taskOf(id).end({ ...failure, retryable: false });
  await clock.quiesce();
  const other = await enqueue({ idempotencyKey: 'k' });
  expect(await codeOf(engine.retry(id), clock.quiesce)).toBe('already_running');
  taskOf(other).end(done);
  await clock.quiesce();
  expect(await codeOf(engine.retry(id), clock.quiesce)).toBe('none');
  expect(runner.started.at(-1)).toMatchObject({ jobId: id, attempt: 1, recorded: [{ name: 'part:1', output: '7' }] });
  taskOf(id).end(done);
  await clock.quiesce();
  expect(await codeOf(engine.retry(id), clock.quiesce)).toBe('not_retryable');
  expect(await codeOf(engine.retry(request().idempotencyKey as typeof id), clock.quiesce)).toBe('not_found');
  expect([retried, state(id)]).toEqual([[0], 'done']);
});

test('concurrency of the kind and capacity of the worker both hold, and priority decides', async () => {
  const { enqueue, runner, taskOf, clock } = open({
    capacity: 3,
    kinds: [testKind('chat.answer', { concurrency: 2 }), testKind('document.import', { concurrency: 5 })],
  });
  const [a, b] = [await enqueue(), await enqueue()];
  const [low, high] = [await enqueue(), await enqueue({ priority: 9 })];
  expect(runner.held().map(held => held.task.jobId)).toEqual([a, b]);
  taskOf(a).end(done);
  await clock.quiesce();
  expect(runner.held().map(held => held.task.jobId)).toEqual([b, high]);
  await enqueue({ kind: 'document.import' });
  await enqueue({ kind: 'document.import' });
  expect(runner.held()).toHaveLength(3);
  runner.setCapacity(4);
  await clock.quiesce();
  expect(runner.held()).toHaveLength(4);
  taskOf(b).end(done);
  await clock.quiesce();
  expect(runner.held().map(held => held.task.jobId)).toContain(low);
});

test('a pause stops claiming and nothing else', async () => {
  const { engine, enqueue, runner, clock } = open();
  engine.setPaused(true);
  await enqueue();
  expect([engine.isPaused(), runner.started.length]).toEqual([true, 0]);
  engine.setPaused(false);
  await clock.quiesce();
  expect(runner.started).toHaveLength(1);
});

test('refusals name their code', async () => {
  const { engine, request, clock, enqueue } = open({
    limits: { queueLength: 1, payloadBytes: 64 },
    kinds: [testKind('chat.answer', { concurrency: 1 })],
  });
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const refused = async (overrides: Parameters<typeof request>[0]): Promise<string> =>
    codeOf(engine.enqueue(request(overrides)), clock.quiesce);
  expect(await refused({ kind: 'synopsis.make' })).toBe('unknown_kind');
  expect(await refused({ payload: { n: 'one' } })).toBe('bad_payload');
  expect(await refused({ payload: circular })).toBe('bad_payload');
  expect(await refused({ payload: undefined })).toBe('bad_payload');
  expect(await refused({ payload: { n: 1, x: 'x'.repeat(99) } })).toBe('payload_too_large');
  expect(await refused({ title: 'x'.repeat(501) })).toBe('bad_request');
  expect(await refused({ idempotencyKey: '' })).toBe('bad_request');
  expect(await refused({ priority: 0.5 })).toBe('bad_priority');
  expect(await refused({ dueAtMs: -1 })).toBe('bad_due_time');
  await enqueue();
  const waiting = await enqueue({ idempotencyKey: 'k' });
  expect(await refused({})).toBe('queue_full');
  expect(await refused({ idempotencyKey: 'k' })).toBe('none');
  const gone = engine.cancel(waiting);
  await clock.quiesce();
  await gone;
  await enqueue();
  expect(await codeOf(engine.retry(waiting), clock.quiesce)).toBe('queue_full');
});

test('enqueuing inside a transaction stands or falls with it', async () => {
  const { engine, store, request, clock, runner, events } = open();
  expect(() => engine.enqueueInTransaction(request())).toThrow(/outside a transaction/u);
  expect(() =>
    store.transaction(() => {
      engine.enqueueInTransaction(request());
      throw new Error('the message failed');
    }),
  ).toThrow('the message failed');
  await clock.quiesce();
  expect([runner.started.length, events.length]).toEqual([0, 0]);
  const { jobId } = store.transaction(() => engine.enqueueInTransaction(request()));
  await clock.quiesce();
  expect([runner.started.map(task => task.jobId), events.map(event => event.type)]).toEqual([[jobId], ['enqueued', 'started']]);
});

test('a delay longer than any timer and a clock that is set are both met', async () => {
  const { enqueue, clock, state } = open();
  const far = await enqueue({ dueAtMs: clock.nowMs() + 2 ** 31 + 5_000 });
  await clock.advance(60_000);
  expect([state(far), clock.pendingTimers()]).toEqual(['scheduled', 1]);
  clock.jumpWall(2 ** 31);
  await clock.advance(30_000);
  expect(state(far)).toBe('running');
});

test('progress reaches the row at most once an interval and is told after it', async () => {
  const { enqueue, taskOf, clock, views, events } = open();
  const id = await enqueue();
  const report = (done_: number): void => taskOf(id).observer.onProgress({ phase: 'reading', label: null, done: done_, total: 100 });
  for (let n = 0; n < 100; n += 1) report(n);
  await clock.quiesce();
  for (let n = 0; n < 100; n += 1) report(n);
  expect(events.filter(event => event.type === 'progress')).toHaveLength(1);
  const toldAtMs = clock.nowMs();
  await clock.advance(500);
  expect(events.filter(event => event.type === 'progress')).toHaveLength(2);
  expect(views.view(id)).toMatchObject({ progress: { done: 99, total: 100 }, lastNewsAtMs: toldAtMs });
  taskOf(id).end(done);
  await clock.quiesce();
  expect(views.view(id)?.progress).toBeNull();
});

test('stop hands running jobs back uncharged and takes nothing more', async () => {
  const { engine, enqueue, clock, store, request, runner } = open();
  const id = await enqueue();
  const stopped = engine.stop();
  await clock.quiesce();
  await stopped;
  expect(store.find(id)).toMatchObject({ state: 'queued', attempt: 0, losses: 0, workerDeaths: 0 });
  expect(await codeOf(engine.enqueue(request()), clock.quiesce)).toBe('stopped');
  expect([clock.pendingTimers(), runner.held().length]).toEqual([0, 0]);
});

test('stop does not wait for a preparation or an adoption that hangs', async () => {
  const forever = (): Promise<never> => new Promise(() => undefined);
  const { engine, enqueue, clock, state, taskOf } = open({
    kinds: [testKind('chat.answer', { beforeDone: forever }), testKind('document.import', { prepare: forever })],
  });
  const adopting = await enqueue();
  const preparing = await enqueue({ kind: 'document.import' });
  taskOf(adopting).end(done);
  const stopped = engine.stop();
  await clock.advance(4_000);
  await stopped;
  expect([state(adopting), state(preparing), clock.pendingTimers()]).toEqual(['queued', 'queued', 0]);
});
