import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Harness, HarnessOptions } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';
import { claimFirst } from '../../support/claim-first.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
function open(options: HarnessOptions = {}): Harness {
  harness = createHarness(options);
  return harness;
}
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;
const exit = { type: 'lost', cause: 'worker_exit', message: 'signal SIGKILL' } as const;

test('after a crash a job goes on after its last recorded step, the attempt uncounted', async () => {
  const h = open();
  const before = h.life();
  const id = await before.enqueue();
  const step = before.taskOf(id).step('part:1', 10);
  await before.clock.quiesce();
  await step;
  void before.taskOf(id).step('part:2', 20);
  const after = h.crash();
  expect(after.resumed).toBe(1);
  await after.clock.quiesce();
  expect(after.runner.started[0]).toMatchObject({ attempt: 1, recorded: [{ name: 'part:1', output: '10' }] });
  expect(after.views.inspect(id)?.events.map(event => event.type)).toEqual(['enqueued', 'started', 'step', 'returned', 'started']);
  after.taskOf(id).end(done);
  await after.clock.quiesce();
  expect(after.state(id)).toBe('done');
});

test('what was acknowledged survives, what was not may be gone, and nothing runs without a worker', async () => {
  const h = open({ capacity: 0 });
  const ids = [await h.life().enqueue(), await h.life().enqueue({ dueAtMs: h.life().clock.nowMs() + 5_000 })];
  void h
    .life()
    .engine.enqueue(h.life().request())
    .catch(() => undefined);
  const after = h.crash();
  expect(after.resumed).toBe(0);
  expect(ids.map(after.state)).toEqual(['queued', 'scheduled']);
  h.check();
});

test('each kind recovers its own way', async () => {
  const ends: unknown[] = [];
  const kinds = [
    testKind('chat.answer', {
      recovery: 'abandon',
      onEnd: (job, end) => {
        ends.push([job.payload.n, end]);
      },
    }),
    testKind('document.import', { recovery: 'retry' }),
    testKind('synopsis.make'),
  ];
  const h = open({ kinds });
  const life = h.life();
  const abandoned = await life.enqueue({ payload: { n: 7 } });
  const restarted = await life.enqueue({ kind: 'document.import' });
  const resumed = await life.enqueue({ kind: 'synopsis.make' });
  for (const id of [restarted, resumed]) void life.taskOf(id).step('part', 1);
  await life.clock.quiesce();
  const after = h.crash({ kinds, capacity: 0 });
  expect(after.resumed).toBe(2);
  expect(after.views.view(abandoned)).toMatchObject({ state: 'failed', error: { code: 'abandoned' } });
  expect([after.store.recordedSteps(restarted).length, after.store.recordedSteps(resumed).length]).toEqual([0, 1]);
  expect(after.events.map(event => event.type)).toEqual(['ended', 'returned', 'returned']);
  expect(ends).toEqual([[7, expect.objectContaining({ state: 'failed' })]]);
});

test('a cancellation asked for before the crash is kept', async () => {
  const h = open();
  const id = await h.life().enqueue();
  void h.life().engine.cancel(id);
  await h.life().clock.quiesce();
  expect(h.crash().state(id)).toBe('cancelled');
});

test('a job during which the program keeps dying fails in the end', async () => {
  const h = open({ limits: { losses: 3 } });
  const id = await h.life().enqueue();
  for (let life = 1; life < 3; life += 1) {
    const next = h.crash();
    await next.clock.quiesce();
    expect(next.state(id)).toBe('running');
  }
  expect(h.crash().views.view(id)).toMatchObject({ state: 'failed', error: { code: 'lost_too_often' } });
});

test('a job that kills its worker twice is poison; one lost for other reasons is not', async () => {
  const h = open({ limits: { losses: 5 } });
  const { taskOf, clock, views, state, enqueue } = h.life();
  const poison = await enqueue();
  taskOf(poison).end(exit);
  await clock.quiesce();
  expect(h.life().store.find(poison)).toMatchObject({ state: 'running', attempt: 1, workerDeaths: 1 });
  taskOf(poison).end(exit);
  await clock.quiesce();
  expect(views.view(poison)).toMatchObject({ state: 'failed', error: { code: 'poison' } });

  const unlucky = await enqueue();
  for (let n = 1; n < 5; n += 1) {
    taskOf(unlucky).end({ type: 'lost', cause: 'worker_start', message: 'no memory' });
    await clock.quiesce();
    expect(state(unlucky)).toBe('running');
  }
  taskOf(unlucky).end({ type: 'lost', cause: 'worker_start', message: 'no memory' });
  await clock.quiesce();
  expect(views.view(unlucky)).toMatchObject({ state: 'failed', error: { code: 'lost_too_often' } });
});

test('a job that shared a worker with a poison job is cleared by running alone', async () => {
  const h = open();
  const { taskOf, clock, views, state, enqueue, runner } = h.life();
  const [innocent, poison, later] = [await enqueue(), await enqueue(), await enqueue()];
  for (const id of [innocent, poison]) taskOf(id).end(exit);
  await clock.quiesce();
  // The third was running with them and goes on; the suspects wait for it, one after the other.
  expect(runner.held().map(held => held.task.jobId)).toEqual([later]);
  taskOf(later).end(done);
  await clock.quiesce();
  expect(runner.held().map(held => held.task.jobId)).toEqual([innocent]);
  const fresh = await enqueue({ priority: 50 });
  expect(runner.held()).toHaveLength(1);
  taskOf(innocent).end(done);
  await clock.quiesce();
  taskOf(fresh).end(done);
  await clock.quiesce();
  expect(runner.held().map(held => held.task.jobId)).toEqual([poison]);
  taskOf(poison).end(exit);
  await clock.quiesce();
  expect([state(innocent), state(later), views.view(poison)?.error?.code]).toEqual(['done', 'done', 'poison']);
});

test('nothing that is claimed in the same turn as a suspect shares its worker', async () => {
  const h = open();
  const { taskOf, clock, enqueue, engine, runner } = h.life();
  const suspect = await enqueue({ priority: 50 });
  engine.setPaused(true);
  const healthy = await enqueue();
  taskOf(suspect).end(exit);
  await clock.quiesce();
  engine.setPaused(false);
  await clock.quiesce();
  expect(runner.held().map(held => held.task.jobId)).toEqual([suspect]);
  taskOf(suspect).end(done);
  await clock.quiesce();
  expect(runner.held().map(held => held.task.jobId)).toEqual([healthy]);
});

test('a job has the attempts it was enqueued with, whatever its kind allows by now', async () => {
  const h = open();
  const id = await h.life().enqueue();
  h.life().db.prepare('UPDATE job SET max_attempts = 1').run();
  h.life()
    .taskOf(id)
    .end({ type: 'failed', error: { code: 'busy', message: 'Busy.' }, retryable: true, retryAfterMs: null });
  await h.life().clock.quiesce();
  expect(h.life().views.view(id)).toMatchObject({ state: 'failed', error: { code: 'busy' } });
});

test('what a lost lease did is dropped and logged, and its step is refused', async () => {
  const h = open();
  const { enqueue, taskOf, clock, store, db, logged, state } = h.life();
  const id = await enqueue();
  const task = taskOf(id);
  // Somebody restored the row: the lease of the running attempt is gone.
  store.transaction(() => store.giveBack({ jobId: id, leaseToken: task.task.leaseToken }, 'nothing', 'test', clock.nowMs()));
  store.transaction(() => claimFirst(store, ['chat.answer'], 'another', clock.nowMs(), 30_000));
  const step = task.step('part', 1).then(
    () => 'taken',
    (error: unknown) => String(error),
  );
  await clock.quiesce();
  expect(await step).toMatch(/lease of job .* is lost/u);
  expect(task.cancelled()).toBe(true);
  task.end(done);
  await clock.quiesce();
  expect([state(id), store.find(id)?.leaseToken, db.prepare('SELECT count(*) FROM job_step').pluck().get()]).toEqual([
    'running',
    'another',
    0,
  ]);
  expect(logged.filter(line => line.includes('lease of this job was lost'))).toHaveLength(1);
  store.transaction(() => store.fail({ jobId: id, leaseToken: 'another' }, { code: 'x', message: 'x' }, clock.nowMs()));
});

test('a payload that no longer parses fails with the reason and stays', async () => {
  const h = open({ capacity: 0 });
  const id = await h.life().enqueue();
  const newer = [testKind('chat.answer', { payload: z.strictObject({ n: z.int(), added: z.string() }) })];
  const after = h.crash({ kinds: newer });
  await after.clock.quiesce();
  expect(after.views.view(id)).toMatchObject({ state: 'failed', error: { code: 'bad_payload' } });
  expect(after.store.payload(id)).toBe('{"n":1}');
  const refused = after.engine.retry(id).then(
    () => 'none',
    (error: unknown) => String(error),
  );
  await after.clock.quiesce();
  expect(await refused).toMatch(/no longer fits/u);
});

test('jobs of a kind that is gone fail and stay', async () => {
  const h = open({ kinds: [testKind('chat.answer'), testKind('document.import'), testKind('synopsis.make')] });
  const running = await h.life().enqueue({ kind: 'document.import' });
  const later = await h.life().enqueue({ kind: 'synopsis.make', dueAtMs: h.life().clock.nowMs() + 1_000 });
  const after = h.crash({ kinds: [testKind('chat.answer')] });
  expect([running, later].map(id => after.views.view(id)?.error?.code)).toEqual(['unknown_kind', 'unknown_kind']);
});

test('a recorded step that this build cannot read runs again', async () => {
  const h = open();
  const id = await h.life().enqueue();
  void h.life().taskOf(id).step('part:1', 1);
  void h.life().taskOf(id).step('part:2', 2);
  await h.life().clock.quiesce();
  const after = h.crash({ kinds: [testKind('chat.answer', { steps: { part: z.literal(2) } })] });
  await after.clock.quiesce();
  expect(after.runner.started[0]?.recorded).toEqual([{ name: 'part:2', output: '2' }]);
});
