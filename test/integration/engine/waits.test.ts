import { afterEach, expect, test } from 'vitest';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { JobEnd } from '../../../src/main/engine/job-kind.ts';
import type { Wait } from '../../../src/main/engine/park-job.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import type { Harness, HarnessOptions } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import type { TestKind } from '../../support/job-kinds.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;

/** A kind whose first preparations park with what is in `waits`, in order. */
function open(waits: Wait[], overrides: Partial<TestKind> = {}, options: HarnessOptions = {}) {
  const ends: JobEnd<unknown>[] = [];
  const kinds = [
    testKind('chat.answer', {
      prepare: job => {
        const wait = waits.shift();
        return wait === undefined ? Promise.resolve(job.payload) : Promise.reject(new ParkJob(wait));
      },
      onEnd: (_, end) => {
        ends.push(end);
      },
      ...overrides,
    }),
  ];
  harness = createHarness({ ...options, kinds });
  return { ...harness.life(), ends, kinds };
}
async function codeOf(promise: Promise<unknown>, quiesce: () => Promise<void>): Promise<string> {
  const code = promise.then(
    () => 'none',
    (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
  );
  await quiesce();
  return code;
}

test('a preparation parks its job, which frees the place, counts no attempt and goes on when it is resumed', async () => {
  const { enqueue, engine, views, clock, taskOf, runner, events } = open([{ reason: 'approval', detail: { step: 'send' } }], {
    concurrency: 1,
  });
  const id = await enqueue();
  expect(views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'approval', attempt: 0 });
  const other = await enqueue();
  expect(views.view(other)?.state).toBe('running');
  taskOf(other).end(done);
  expect(await codeOf(engine.resume(id), clock.quiesce)).toBe('none');
  expect(views.view(id)).toMatchObject({ state: 'running', waitReason: null, attempt: 1 });
  expect(runner.started.map(task => task.jobId)).toEqual([other, id]);
  expect(await codeOf(engine.resume(id), clock.quiesce)).toBe('not_waiting');
  taskOf(id).end(done);
  await clock.quiesce();
  expect(events.filter(event => 'jobId' in event && event.jobId === id).map(event => event.type)).toEqual([
    'enqueued',
    'started',
    'waiting',
    'resumed',
    'started',
    'ended',
  ]);
  expect(views.inspect(id)?.events.map(event => event.type)).toEqual(['enqueued', 'started', 'waiting', 'resumed', 'started', 'done']);
});

test('a wait survives a crash, also with many more waits than attempts', async () => {
  const waits: Wait[] = Array.from({ length: 7 }, () => ({ reason: 'answer' }));
  const { enqueue, kinds } = open(waits);
  const id = await enqueue();
  for (let n = 0; n < 7; n += 1) {
    const life = harness?.crash({ kinds });
    expect([life?.resumed, life?.state(id)]).toEqual([0, 'waiting']);
    harness?.check();
    const resumed = life?.engine.resume(id);
    await life?.clock.quiesce();
    await resumed;
  }
  const life = harness?.life();
  life?.taskOf(id).end(done);
  await life?.clock.quiesce();
  expect(life?.views.view(id)).toMatchObject({ state: 'done', attempt: 1 });
});

test('a host call parks: the worker is stopped, recorded steps stay, the answer comes with the next attempt', async () => {
  let isAnswered = false;
  const { enqueue, engine, taskOf, clock, views } = open([], {
    hostCall: () => (isAnswered ? Promise.resolve('yes') : Promise.reject(new ParkJob({ reason: 'answer' }))),
  });
  const id = await enqueue();
  const task = taskOf(id);
  const step = task.step('part:1', 1);
  await clock.quiesce();
  await step;
  await expect(task.observer.onHostCall('ask', '1')).rejects.toThrow(/waits/u);
  expect(task.cancelled()).toBe(true);
  task.end({ type: 'cancelled' });
  await clock.quiesce();
  expect(views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'answer', stepsDone: 1 });
  isAnswered = true;
  const resumed = engine.resume(id);
  await clock.quiesce();
  await resumed;
  expect(taskOf(id).task).toMatchObject({ attempt: 1, recorded: [{ name: 'part:1' }] });
  expect(await taskOf(id).observer.onHostCall('ask', '1')).toBe('"yes"');
});

test('a task that ends by asking to wait is parked; one whose cancellation was asked for is cancelled', async () => {
  const { enqueue, engine, taskOf, clock, state } = open([]);
  const [a, b] = [await enqueue(), await enqueue()];
  taskOf(a).end({ type: 'parked', wait: { reason: 'network' } });
  const asked = engine.cancel(b);
  await clock.quiesce();
  await asked;
  taskOf(b).end({ type: 'parked', wait: { reason: 'network' } });
  await clock.quiesce();
  expect([state(a), state(b)]).toEqual(['waiting', 'cancelled']);
});

test.each([
  ['resume', 'running', 0],
  ['fail', 'failed', 1],
  ['cancel', 'cancelled', 1],
] as const)('a wait that runs out ends with its default: %s', async (onExpiry, state, ended) => {
  const { enqueue, clock, views, ends } = open([{ reason: 'approval', expiresAtMs: 1_800_000_000_000 + 5_000, onExpiry }]);
  const id = await enqueue();
  await clock.advance(4_999);
  expect(views.view(id)?.state).toBe('waiting');
  await clock.advance(1);
  expect(views.view(id)).toMatchObject({ state, waitReason: null, error: state === 'failed' ? { code: 'wait_expired' } : null });
  expect(ends).toHaveLength(ended);
  expect(views.inspect(id)?.events.find(event => event.type === 'wait_expired')?.detail).toBe(onExpiry);
});

test('a wait that ran out while nothing was running is noticed at the start', async () => {
  const { enqueue, clock, kinds } = open([{ reason: 'approval', expiresAtMs: 1_800_000_000_000 + 5_000, onExpiry: 'cancel' }]);
  const id = await enqueue();
  clock.jumpWall(60_000);
  const life = harness?.crash({ kinds });
  await life?.clock.quiesce();
  expect(life?.state(id)).toBe('cancelled');
});

test('what comes between the look and the parking is not missed', async () => {
  let isThere = false;
  let looks = 0;
  const { enqueue, views, state } = open([], {
    prepare: job => {
      looks += 1;
      if (isThere) return Promise.resolve(job.payload);
      isThere = true;
      return Promise.reject(new ParkJob({ reason: 'network', isOver: () => isThere }));
    },
  });
  const id = await enqueue();
  expect([state(id), looks]).toEqual(['running', 2]);
  expect(views.inspect(id)?.events.map(event => event.type)).toEqual(['enqueued', 'started', 'returned', 'started']);
});

test('a hook resumes what waits for it in its own transaction, or not at all', async () => {
  const waits: Wait[] = [{ reason: 'network' }];
  let isBroken = true;
  const { enqueue, engine, store, taskOf, clock, views, events, state } = open(waits, {
    retry: { delaysMs: [10], jitter: 0 },
    onEnd: () => {
      engineOf()?.resumeWaitingInTransaction('network', null);
      if (isBroken) throw new Error('broken hook');
    },
  });
  function engineOf(): typeof engine | undefined {
    return harness?.life().engine;
  }
  const waiting = await enqueue();
  const other = await enqueue();
  taskOf(other).end(done);
  await clock.quiesce();
  expect([state(waiting), state(other), events.some(event => event.type === 'resumed')]).toEqual(['waiting', 'scheduled', false]);
  isBroken = false;
  await clock.advance(10);
  taskOf(other).end(done);
  await clock.quiesce();
  expect([state(other), state(waiting), views.view(waiting)?.attempt]).toEqual(['done', 'running', 1]);
  expect(() => engine.resumeInTransaction(waiting)).toThrow(/outside a transaction/u);
  expect(store.transaction(() => engine.resumeInTransaction(waiting))).toBe(false);
});

test("a caller's own transaction resumes when it commits and says nothing when it does not", async () => {
  const { enqueue, engine, store, clock, state, events } = open([{ reason: 'budget' }, { reason: 'budget' }]);
  const [a, b] = [await enqueue(), await enqueue()];
  expect(() =>
    store.transaction(() => {
      engine.resumeInTransaction(a);
      throw new Error('no');
    }),
  ).toThrow('no');
  await clock.quiesce();
  expect([state(a), events.some(event => event.type === 'resumed')]).toEqual(['waiting', false]);
  expect(store.transaction(() => engine.resumeWaitingInTransaction('budget', null))).toBe(2);
  await clock.quiesce();
  expect([state(a), state(b), events.filter(event => event.type === 'resumed').length]).toEqual(['running', 'running', 2]);
});

const badWaits: readonly (readonly [string, Wait, RegExp])[] = [
  ['a reason nobody knows', { reason: 'mood' as Wait['reason'] }, /"mood" is no reason to wait/u],
  ['an expiry that is no time', { reason: 'answer', expiresAtMs: 1.5 }, /runs out at 1\.5/u],
  ['a negative expiry', { reason: 'answer', expiresAtMs: -1 }, /runs out at -1/u],
  ['a default nobody knows', { reason: 'answer', onExpiry: 'explode' as 'fail' }, /"explode"/u],
  ['a detail that is too long', { reason: 'answer', detail: 'x'.repeat(5_000) }, /5002 characters/u],
];
test.each(badWaits)('%s fails the job with a sentence', async (_, wait, sentence) => {
  const { enqueue, views } = open([wait]);
  const id: JobId = await enqueue();
  expect(views.view(id)).toMatchObject({ state: 'failed', error: { code: 'bad_wait' } });
  expect(views.view(id)?.error?.message).toMatch(sentence);
});

test('a look that throws is a fault of the attempt', async () => {
  const { enqueue, views } = open([
    {
      reason: 'answer',
      isOver: () => {
        throw new Error('no look');
      },
    },
  ]);
  expect(views.view(await enqueue())).toMatchObject({ state: 'scheduled', error: { code: 'park_failed', message: 'no look' } });
});
