import { afterEach, describe, expect, test } from 'vitest';
import { sessionId, type JobId } from '../../../src/shared/domain/ids.ts';
import type { JobKind } from '../../../src/main/engine/job-kind.ts';
import type { Harness, HarnessOptions, Life } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
const after = (tookMs: number) => ({ type: 'done', output: '{"n":1}', issues: [], tookMs }) as const;
const short = after(0.1);

/** One place of a kind of which an attempt took as long as `end` says. */
async function measured(over: Parameters<typeof testKind>[1] = {}, options: Omit<HarnessOptions, 'kinds'> = {}, end = short) {
  const kinds: JobKind[] = [testKind('chat.answer', { concurrency: 1, ...over }), testKind('agent.run')];
  harness = createHarness({ kinds, ...options });
  const life = harness.life();
  const first = await life.enqueue();
  life.taskOf(first).end(end);
  await life.clock.quiesce();
  const attempts = (...ids: JobId[]): unknown[] => ids.map(id => [life.state(id), life.store.find(id)?.attempt]);
  return { ...life, attempts, many: (count: number) => enqueueMany(life, count) };
}
async function enqueueMany({ enqueue }: Pick<Life, 'enqueue'>, count: number): Promise<JobId[]> {
  const ids: JobId[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await enqueue());
  return ids;
}

describe('a short kind whose places are all taken', () => {
  test('is claimed ahead, in the one place it has, and begins when the one before has ended', async () => {
    const { many, taskOf, state, runner, clock } = await measured();
    const [a, b, c] = (await many(3)) as [JobId, JobId, JobId];
    expect([a, b, c].map(state)).toEqual(['running', 'running', 'running']);
    const places = runner.held().map(({ task }) => task.place);
    expect([places.length, new Set(places).size]).toEqual([3, 1]);
    expect(runner.capacity('agent')).toBe(99);
    taskOf(a).end(short);
    taskOf(b).end(short);
    await clock.quiesce();
    expect([a, b, c].map(state)).toEqual(['done', 'done', 'running']);
    taskOf(c).end(short);
    await clock.quiesce();
    expect(state(c)).toBe('done');
  });

  test('is claimed ahead only once it has shown to be short, and only as far as the next would begin soon', async () => {
    harness = createHarness({ kinds: [testKind('chat.answer', { concurrency: 1 })] });
    const { enqueue, state } = harness.life();
    expect([await enqueue(), await enqueue()].map(state)).toEqual(['running', 'queued']);
    harness.close();

    const twoAhead = await measured({}, { limits: { aheadMs: 5 } }, after(2));
    expect((await twoAhead.many(4)).map(twoAhead.state)).toEqual(['running', 'running', 'running', 'queued']);
    harness.close();

    const long = await measured({}, { limits: { aheadMs: 5 } }, after(6));
    expect((await long.many(2)).map(long.state)).toEqual(['running', 'queued']);
  });

  test('has no more of it ahead than the limit says', async () => {
    const { many, state } = await measured({}, { limits: { tasksAhead: 3 } });
    expect((await many(6)).map(state)).toEqual(['running', 'running', 'running', 'running', 'queued', 'queued']);
  });

  test.each<[string, Parameters<typeof testKind>[1]]>([
    ['changes something outside', { effects: { part: 'once' } }],
    ['can be undone', { compensations: { part: testKind('chat.answer').payload } }],
    ['asks its host', { hostCall: () => Promise.resolve(null) }],
    ['does something before it is done', { beforeDone: () => Promise.resolve() }],
    ['starts so often in a stretch of time', { rate: { count: 100, perMs: 1_000 } }],
    ['is limited for a session', { perSession: { concurrency: 1 } }],
    ['is not simply run after a crash', { recovery: 'retry' }],
  ])('is not claimed ahead when it %s', async (_, over) => {
    const { many, state } = await measured(over);
    expect((await many(2)).map(state)).toEqual(['running', 'queued']);
  });

  test('leaves the next place to what waits for it: another kind of its worker, a job of a provider', async () => {
    const { enqueue, many, taskOf, state, clock, runner } = await measured({}, { capacity: 1 });
    const [a, b] = (await many(2)) as [JobId, JobId];
    const other = await enqueue({ kind: 'agent.run' });
    const [c] = (await many(1)) as [JobId];
    expect([a, b, other, c].map(state)).toEqual(['running', 'running', 'queued', 'queued']);
    taskOf(a).end(short);
    await clock.quiesce();
    expect([other, c].map(state)).toEqual(['queued', 'queued']);
    taskOf(b).end(short);
    await clock.quiesce();
    expect([other, c].map(state)).toEqual(['running', 'queued']);
    taskOf(other).end(short);
    await clock.quiesce();
    const provided = await enqueue({ provider: 'somebody', sessionId: sessionId.parse('00000000-0000-7000-8000-00000000000a') });
    const [d] = (await many(1)) as [JobId];
    expect([c, provided, d].map(state)).toEqual(['running', 'queued', 'queued']);
    expect(runner.held()).toHaveLength(1);
  });
});

describe('a job whose worker died under it', () => {
  test('gets its worker to itself once the line there has run out, and nothing is handed out ahead of it', async () => {
    const { enqueue, many, taskOf, state, clock } = await measured({}, { capacity: 2 });
    const suspect = await enqueue({ kind: 'agent.run' });
    const [a, b] = (await many(2)) as [JobId, JobId];
    taskOf(suspect).end({ type: 'lost', cause: 'worker_exit', message: 'killed' });
    await clock.quiesce();
    const [c] = (await many(1)) as [JobId];
    expect([suspect, a, b, c].map(state)).toEqual(['queued', 'running', 'running', 'queued']);
    taskOf(a).end(short);
    taskOf(b).end(short);
    await clock.quiesce();
    expect([suspect, c].map(state)).toEqual(['running', 'queued']);
  });
});

/** Two jobs claimed together for the place of two that have ended, of which the first is ready last: it goes behind the other. */
async function overtaken(over: Parameters<typeof testKind>[1], limits: NonNullable<HarnessOptions['limits']>) {
  const ready = Promise.withResolvers<void>();
  let late: JobId | null = null;
  const prepare: JobKind['prepare'] = async job => {
    if (job.id === late) await ready.promise;
    return job.payload;
  };
  const life = await measured({ prepare, ...over }, { limits: { ...limits, tasksAhead: 1 } });
  const [a, b, first, second] = (await life.many(4)) as [JobId, JobId, JobId, JobId];
  late = first;
  life.taskOf(a).end(short);
  life.taskOf(b).end(short);
  await life.clock.quiesce();
  ready.resolve();
  await life.clock.quiesce();
  expect(life.runner.held().map(({ task }) => task.jobId)).toEqual([second, first]);
  return { ...life, first, second };
}

describe('what was claimed first and is ready last', () => {
  test('is taken back like what was handed out ahead, for it is', async () => {
    const { attempts, clock, first, second } = await overtaken({}, { aheadMs: 5 });
    await clock.advance(41);
    expect(attempts(first, second)).toEqual([
      ['queued', 0],
      ['running', 1],
    ]);
  });

  test('has all of its time limit from its beginning on', async () => {
    const { taskOf, clock, first, second } = await overtaken({ timeLimitMs: 60_000 }, { aheadMs: 1_000_000 });
    await clock.advance(50_000);
    taskOf(second).end(short);
    await clock.advance(59_999);
    expect(taskOf(first).cancelled()).toBe(false);
    await clock.advance(1);
    expect(taskOf(first).cancelled()).toBe(true);
  });
});

describe('what was handed out ahead and has not begun', () => {
  test('has no time at which it was started, and when it starts that is the one', async () => {
    const { many, engine, clock, taskOf, views } = await measured();
    const [a, b] = (await many(2)) as [JobId, JobId];
    engine.setPaused(true);
    await clock.quiesce();
    const startedAt = (id: JobId): number | null => views.views([id])[0]?.startedAtMs ?? null;
    expect([startedAt(a) === null, startedAt(b)]).toEqual([false, null]);
    await clock.advance(10_000);
    taskOf(a).end(short);
    engine.setPaused(false);
    await clock.quiesce();
    expect((startedAt(b) ?? 0) - (startedAt(a) ?? 0)).toBe(10_000);
  });

  test('is back in the queue with a pause, its attempt not counted; what runs goes on', async () => {
    const { many, engine, attempts, clock, taskOf } = await measured();
    const [a, b, c] = (await many(3)) as [JobId, JobId, JobId];
    let isDrained = false;
    void engine.drain('chat.answer').then(() => {
      isDrained = true;
    });
    await clock.quiesce();
    expect(attempts(a, b, c)).toEqual([
      ['running', 1],
      ['queued', 0],
      ['queued', 0],
    ]);
    expect(isDrained).toBe(false);
    taskOf(a).end(short);
    await clock.quiesce();
    expect(isDrained).toBe(true);
    engine.setKindPaused('chat.answer', false);
    await clock.quiesce();
    expect(attempts(b)).toEqual([['running', 1]]);
  });

  test('is taken back when what is before it turns out to be slow, and nothing follows it', async () => {
    const { many, attempts, clock, taskOf, state } = await measured({}, { limits: { aheadMs: 5 } });
    const [a, b] = (await many(2)) as [JobId, JobId];
    await clock.advance(19);
    expect(attempts(a, b)).toEqual([
      ['running', 1],
      ['running', 1],
    ]);
    await clock.advance(21);
    const [c] = (await many(1)) as [JobId];
    expect(attempts(a, b, c)).toEqual([
      ['running', 1],
      ['queued', 0],
      ['queued', 0],
    ]);
    taskOf(a).end(after(40));
    await clock.quiesce();
    expect([b, c].map(state)).toEqual(['running', 'queued']);
  });

  test('is cancelled without having begun', async () => {
    const { many, engine, taskOf, state, clock } = await measured();
    const [a, b] = (await many(2)) as [JobId, JobId];
    void engine.cancel(b);
    await clock.quiesce();
    expect(taskOf(b).cancelled()).toBe(true);
    taskOf(b).end({ type: 'cancelled' });
    await clock.quiesce();
    expect([a, b].map(state)).toEqual(['running', 'cancelled']);
  });

  test('has all of its time limit from its beginning on', async () => {
    const { many, taskOf, clock } = await measured({ timeLimitMs: 60_000 }, { limits: { aheadMs: 1_000_000 } });
    const [a, b] = (await many(2)) as [JobId, JobId];
    await clock.advance(50_000);
    taskOf(a).end(short);
    await clock.advance(59_999);
    expect(taskOf(b).cancelled()).toBe(false);
    await clock.advance(1);
    expect(taskOf(b).cancelled()).toBe(true);
  });

  test('is not charged with the death of its worker', async () => {
    const { many, taskOf, clock, store } = await measured();
    const [a, b] = (await many(2)) as [JobId, JobId];
    taskOf(b).end({ type: 'lost', cause: 'shutdown', message: 'It had not begun.' });
    taskOf(a).end({ type: 'lost', cause: 'worker_exit', message: 'killed' });
    await clock.quiesce();
    expect([a, b].map(id => [store.find(id)?.workerDeaths, store.find(id)?.losses])).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });
});
