import { afterEach, expect, test } from 'vitest';
import { sessionId } from '../../../src/shared/domain/ids.ts';
import type { GateLimits } from '../../../src/main/engine/gates.ts';
import type { Harness, HarnessOptions } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import type { TestKind } from '../../support/job-kinds.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;
const [one, two] = ['a', 'b'].map(letter => sessionId.parse(`00000000-0000-7000-8000-00000000000${letter}`));
if (one === undefined || two === undefined) throw new Error('Two were made.');
function open(kind: Partial<TestKind>, providers: Readonly<Record<string, GateLimits>> = {}) {
  const options = {
    kinds: [testKind('chat.answer', { concurrency: 10, ...kind }), testKind('document.import')],
    providers: new Map(Object.entries(providers)),
  };
  harness = createHarness(options);
  return { ...harness.life(), options };
}

test('a session has its share of a kind and no more, and the others go past it', async () => {
  const { enqueue, taskOf, clock, state, store, views } = open({ perSession: { concurrency: 1 } });
  const mine = [await enqueue({ sessionId: one }), await enqueue({ sessionId: one }), await enqueue({ sessionId: one })];
  const others = [await enqueue({ sessionId: two }), await enqueue()];
  expect(mine.map(state)).toEqual(['running', 'queued', 'queued']);
  expect(others.map(state)).toEqual(['running', 'running']);
  expect(store.heldGates()).toEqual([`session:chat.answer:${one}`]);
  const [first, second] = mine;
  if (first === undefined || second === undefined) throw new Error('Three were made.');
  expect(views.inspect(second)?.events.map(event => event.type)).toEqual(['enqueued', 'held']);
  taskOf(first).end(done);
  await clock.quiesce();
  expect(mine.map(state)).toEqual(['done', 'running', 'queued']);
  taskOf(second).end(done);
  await clock.quiesce();
  expect([mine.map(state), store.heldGates()]).toEqual([['done', 'done', 'running'], []]);
});

test('held jobs are found again after a crash and can be cancelled and retried', async () => {
  const { enqueue, options } = open({ perSession: { concurrency: 1 } });
  const [, second, third] = [await enqueue({ sessionId: one }), await enqueue({ sessionId: one }), await enqueue({ sessionId: one })];
  const life = harness?.crash(options);
  await life?.clock.quiesce();
  expect(life?.runner.held()).toHaveLength(1);
  const cancelled = life?.engine.cancel(third);
  await life?.clock.quiesce();
  await cancelled;
  const retried = life?.engine.retry(third);
  life?.runner.held()[0]?.end(done);
  await life?.clock.quiesce();
  await retried;
  expect([life?.state(second), life?.state(third)]).toEqual(['running', 'queued']);
  life?.taskOf(second).end(done);
  await life?.clock.quiesce();
  expect(life?.state(third)).toBe('running');
});

test('a provider is shared by kinds', async () => {
  const { enqueue, taskOf, clock, state } = open({}, { model: { concurrency: 2 } });
  const ids = [
    await enqueue({ provider: 'model' }),
    await enqueue({ kind: 'document.import', provider: 'model' }),
    await enqueue({ provider: 'model' }),
    await enqueue(),
  ];
  expect(ids.map(state)).toEqual(['running', 'running', 'queued', 'running']);
  const [, document] = ids;
  if (document === undefined) throw new Error('Four were made.');
  taskOf(document).end(done);
  await clock.quiesce();
  expect(ids.map(state)).toEqual(['running', 'done', 'running', 'running']);
});

test.each([
  ['kind', { rate: { count: 2, perMs: 1_000 } }, {}, {}],
  ['session', { perSession: { rate: { count: 2, perMs: 1_000 } } }, {}, { sessionId: one }],
  ['provider', {}, { model: { rate: { count: 2, perMs: 1_000 } } }, { provider: 'model' }],
] as const)('the rate of a %s holds in every stretch of time', async (_, kind, providers, request) => {
  const { enqueue, clock, runner } = open(kind, providers);
  await enqueue(request);
  await clock.advance(600);
  for (let n = 0; n < 4; n += 1) await enqueue(request);
  const started = async (ms: number): Promise<number> => {
    await clock.advance(ms);
    return runner.started.length;
  };
  // Starts at 0 and 600; the next at 1000 and 1600, the last at 2000.
  expect([await started(399), await started(1), await started(599), await started(1), await started(399), await started(1)]).toEqual([
    2, 3, 3, 4, 4, 5,
  ]);
});

test('a clock that is set back stops no rate for long', async () => {
  const { enqueue, clock, runner } = open({ rate: { count: 1, perMs: 1_000 } });
  await enqueue();
  clock.jumpWall(-3_600_000);
  await enqueue();
  expect(runner.started).toHaveLength(2);
});

test('Retry-After slows the provider down for every job of it and for no other', async () => {
  const { enqueue, taskOf, clock, state } = open({ retry: { delaysMs: [1], jitter: 0 } });
  const first = await enqueue({ provider: 'model' });
  taskOf(first).end({ type: 'failed', error: { code: 'rate_limited', message: 'Slow down.' }, retryable: true, retryAfterMs: 5_000 });
  await clock.quiesce();
  const [second, document, other, free] = [
    await enqueue({ provider: 'model' }),
    await enqueue({ kind: 'document.import', provider: 'model' }),
    await enqueue({ provider: 'else' }),
    await enqueue(),
  ];
  expect([first, second, document, other, free].map(state)).toEqual(['scheduled', 'queued', 'queued', 'running', 'running']);
  await clock.advance(4_999);
  expect([second, document].map(state)).toEqual(['queued', 'queued']);
  await clock.advance(1);
  expect([first, second, document].map(state)).toEqual(['running', 'running', 'running']);
});

test('a Retry-After holds for the others, too, when nobody waits for its own job any more', async () => {
  const { enqueue, engine, taskOf, clock, state } = open({});
  const first = await enqueue({ provider: 'model' });
  const task = taskOf(first);
  await Promise.all([engine.cancel(first), clock.quiesce()]);
  task.end({ type: 'failed', error: { code: 'rate_limited', message: 'Slow down.' }, retryable: true, retryAfterMs: 5_000 });
  await clock.quiesce();
  const second = await enqueue({ provider: 'model' });
  expect([first, second].map(state)).toEqual(['cancelled', 'queued']);
  await clock.advance(5_000);
  expect(state(second)).toBe('running');
});

test('a clock that is set back by days opens what a Retry-After had closed, and the next one closes it again', async () => {
  const { enqueue, taskOf, clock, state } = open({ retry: { delaysMs: [], jitter: 0 } });
  const tooFast = { type: 'failed', error: { code: 'rate_limited', message: 'Slow down.' }, retryable: true, retryAfterMs: 5_000 } as const;
  taskOf(await enqueue({ provider: 'model' })).end(tooFast);
  await clock.quiesce();
  clock.jumpWall(-2 * 24 * 3_600_000);
  const second = await enqueue({ provider: 'model' });
  expect(state(second)).toBe('running');
  taskOf(second).end(tooFast);
  await clock.quiesce();
  const third = await enqueue({ provider: 'model' });
  expect(state(third)).toBe('queued');
  await clock.advance(5_000);
  expect(state(third)).toBe('running');
});

test('a long line behind a closed gate is held in pieces, and what is behind it is reached', async () => {
  const { engine, request, enqueue, clock, state, store } = open({ perSession: { concurrency: 1 } });
  const many = Promise.all(Array.from({ length: 500 }, () => engine.enqueue(request({ sessionId: one, priority: 50 }))));
  await clock.quiesce();
  await many;
  const other = await enqueue({ sessionId: two, priority: 0 });
  expect([state(other), store.running().length, store.queueLength()]).toEqual(['running', 2, 499]);
});

test('a gate that opens while the commit that found it closed is synced starts its job all the same', async () => {
  let syncMs = 0;
  let clock: FakeClock | null = null;
  harness = createHarness({
    kinds: [testKind('chat.answer', { rate: { count: 1, perMs: 1_000 } })],
    // The outermost transaction takes time after its work.
    store: store => ({
      ...store,
      transaction(work, mayRepeat) {
        const isOutermost = !store.inTransaction();
        const value = store.transaction(work, mayRepeat);
        if (isOutermost) clock?.jumpWall(syncMs);
        return value;
      },
    }),
    beforeStart: life => {
      ({ clock } = life);
    },
  });
  const life = harness.life();
  await life.enqueue();
  await life.clock.advance(990);
  syncMs = 20;
  const second = await life.enqueue();
  syncMs = 0;
  await life.clock.advance(0);
  expect(life.state(second)).toBe('running');
});

test('a gate is remembered though the transaction in which it was first looked for did not stand', async () => {
  const refusal = new Error('The disk is full.');
  let isFull = false;
  const options: HarnessOptions = {
    kinds: [testKind('chat.answer', { concurrency: 10, perSession: { concurrency: 1 } })],
    store: store => ({
      ...store,
      storageFailure: error => (error === refusal ? 'full' : store.storageFailure(error)),
      probe() {
        if (isFull) throw refusal;
        store.probe();
      },
      transaction(work, mayRepeat) {
        if (store.inTransaction()) return store.transaction(work, mayRepeat);
        return store.transaction(() => {
          const value = work();
          if (isFull) throw refusal;
          return value;
        }, mayRepeat);
      },
    }),
  };
  harness = createHarness(options);
  const [first, second] = [await harness.life().enqueue({ sessionId: one }), await harness.life().enqueue({ sessionId: one })];
  const life = harness.crash(options);
  isFull = true;
  const cancelled = life.engine.cancel(second).catch((error: unknown) => String(error));
  await life.clock.quiesce();
  expect(await cancelled).toMatch(/disk/u);
  isFull = false;
  await life.clock.advance(60_000);
  life.taskOf(first).end(done);
  await life.clock.quiesce();
  expect([first, second].map(life.state)).toEqual(['done', 'running']);
});

test('a job that is tried again by hand asks who would be asked now, and waits for nobody else', async () => {
  const asked = { now: 'before' };
  const { engine, enqueue, taskOf, clock, state, db } = open({ concurrency: 10, provider: () => asked.now });
  const refused = await enqueue({ provider: 'before' });
  // Its service is slowed down for an hour, and it fails for good.
  taskOf(refused).end({ type: 'failed', error: { code: 'busy', message: 'Busy.' }, retryable: false, retryAfterMs: 3_600_000 });
  await clock.quiesce();
  expect(state(refused)).toBe('failed');
  asked.now = 'after';
  void engine.retry(refused);
  await clock.quiesce();
  expect([state(refused), db.prepare('SELECT provider FROM job').pluck().get()]).toEqual(['running', 'after']);
  taskOf(refused).end(done);
  await clock.quiesce();
});
