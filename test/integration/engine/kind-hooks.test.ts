import { afterEach, expect, test } from 'vitest';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import { frameValueLimit } from '../../../src/shared/contract/worker/frames.ts';
import type { Harness } from '../../support/engine-harness.ts';
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
const table = 'CREATE TABLE effect (what TEXT NOT NULL) STRICT';
function open(overrides: (write: (what: string) => void) => Partial<TestKind>) {
  const write = (what: string): void => {
    harness?.life().db.prepare('INSERT INTO effect VALUES (?)').run(what);
  };
  harness = createHarness({ kinds: [testKind('chat.answer', overrides(write))] });
  const life = harness.life();
  life.db.exec(table);
  return { ...life, effects: () => life.db.prepare<[], string>('SELECT what FROM effect').pluck().all() };
}

test('hooks write in the transaction of what they speak of', async () => {
  const { enqueue, taskOf, clock, effects, state } = open(write => ({
    onStep: (job, step) => {
      write(`${step.name}=${String(step.output)}@${job.attempt}`);
    },
    beforeDone: () => Promise.resolve(),
    onEnd: (_, end) => {
      write(end.state);
    },
  }));
  const id = await enqueue();
  const step = taskOf(id).step('part:1', 5);
  await clock.quiesce();
  await step;
  expect(effects()).toEqual(['part:1=5@1']);
  taskOf(id).end(done);
  await clock.quiesce();
  expect([state(id), effects()]).toEqual(['done', ['part:1=5@1', 'done']]);
});

test('what an onStep enqueues is claimed with the step', async () => {
  const { enqueue, taskOf, clock, engine, request, state } = open(() => ({
    onStep: () => {
      engine.enqueueInTransaction(request({ idempotencyKey: 'by the step' }));
    },
  }));
  const id = await enqueue();
  const step = taskOf(id).step('part:1', 5);
  await clock.quiesce();
  await step;
  const [child] = harness?.life().runner.held().slice(1) ?? [];
  expect([child === undefined ? null : state(child.task.jobId)]).toEqual(['running']);
});

test('an onStep that throws leaves no step and fails the attempt', async () => {
  const { enqueue, taskOf, clock, effects, views, store } = open(write => ({
    onStep: () => {
      write('half');
      throw new Error('no such section');
    },
  }));
  const id = await enqueue();
  const task = taskOf(id);
  const step = task.step('part:1', 5).then(
    () => 'taken',
    (error: unknown) => String(error),
  );
  await clock.quiesce();
  expect(await step).toMatch(/no such section/u);
  expect(task.cancelled()).toBe(true);
  task.end(done);
  await clock.quiesce();
  expect(views.view(id)).toMatchObject({ state: 'scheduled', error: { code: 'step_not_recorded' }, stepsDone: 0 });
  expect([store.recordedSteps(id), effects()]).toEqual([[], []]);
});

test('an onEnd that throws on a result undoes it and fails the attempt; on the last failure the job ends without it', async () => {
  const { enqueue, taskOf, clock, effects, views } = open(write => ({
    retry: { delaysMs: [1_000], jitter: 0 },
    onEnd: (_, end) => {
      write(end.state);
      throw new Error('broken hook');
    },
  }));
  const id = await enqueue();
  taskOf(id).end(done);
  await clock.quiesce();
  expect([views.view(id)?.state, views.view(id)?.error?.code, effects()]).toEqual(['scheduled', 'end_hook_failed', []]);
  await clock.advance(1_000);
  taskOf(id).end(done);
  await clock.quiesce();
  expect([views.view(id)?.state, effects()]).toEqual(['failed', []]);
  expect(views.inspect(id)?.events.map(event => event.type)).toContain('end_hook_failed');
});

test('one throwing operation of a turn takes no other with it', async () => {
  let bad = '';
  const { enqueue, taskOf, clock, state, effects } = open(write => ({
    retry: { delaysMs: [], jitter: 0 },
    onEnd: job => {
      write(String(job.payload.n));
      if (job.id === bad) throw new Error('only this one');
    },
  }));
  const [a, b, c] = [await enqueue({ payload: { n: 1 } }), await enqueue({ payload: { n: 2 } }), await enqueue({ payload: { n: 3 } })];
  bad = b;
  for (const id of [a, b, c]) taskOf(id).end(done);
  await clock.quiesce();
  expect([[a, b, c].map(state), effects()]).toEqual([
    ['done', 'failed', 'done'],
    ['1', '3'],
  ]);
});

test('results that do not fit, preparations and adoptions that throw fail the attempt as retryable', async () => {
  let fault = 'prepare';
  const { enqueue, taskOf, clock, views } = open(() => ({
    retry: { delaysMs: [10, 10, 10], jitter: 0 },
    prepare: () => (fault === 'prepare' ? Promise.reject(new Error('no file')) : Promise.resolve({})),
    beforeDone: () => (fault === 'adopt' ? Promise.reject(new Error('wrong hash')) : Promise.resolve()),
  }));
  const id = await enqueue();
  const code = (): unknown => [views.view(id)?.state, views.view(id)?.error?.code];
  expect(code()).toEqual(['scheduled', 'prepare_failed']);
  fault = 'output';
  await clock.advance(10);
  taskOf(id).end({ ...done, output: '{"n":"one"}' });
  await clock.quiesce();
  expect(code()).toEqual(['scheduled', 'bad_output']);
  fault = 'adopt';
  await clock.advance(10);
  taskOf(id).end(done);
  await clock.quiesce();
  expect(code()).toEqual(['scheduled', 'not_accepted']);
  fault = 'none';
  await clock.advance(10);
  taskOf(id).end(done);
  await clock.quiesce();
  expect(code()).toEqual(['done', undefined]);
});

test('a step is taken once, in order, and only as its kind declares it', async () => {
  const { enqueue, taskOf, clock, views } = open(() => ({}));
  const refusal = async (report: (id: Awaited<ReturnType<typeof enqueue>>) => Promise<void>): Promise<unknown> => {
    const id = await enqueue();
    const task = taskOf(id);
    const outcome = report(id).then(
      () => 'taken',
      () => 'refused',
    );
    await clock.quiesce();
    expect(await outcome).toBe('refused');
    task.end({ type: 'cancelled' });
    await clock.quiesce();
    return views.view(id)?.error?.code;
  };
  expect(await refusal(id => taskOf(id).step('unknown', 1))).toBe('bad_step');
  expect(await refusal(id => taskOf(id).step('part', 'text'))).toBe('bad_step');
  expect(await refusal(id => taskOf(id).observer.onStep({ seq: 2, name: 'part', output: '1', startedAtMs: 1 }))).toBe('protocol');
  expect(await refusal(id => Promise.all([taskOf(id).step('part', 1), taskOf(id).step('part', 2)]).then(() => undefined))).toBe(
    'step_differs',
  );
});

test('a worker gets answers from its kind, and a sentence when there is none', async () => {
  const { enqueue, taskOf } = open(() => ({ hostCall: (job, name, input) => Promise.resolve({ name, input, n: job.payload.n }) }));
  const task = taskOf(await enqueue({ payload: { n: 4 } }));
  expect(JSON.parse(await task.observer.onHostCall('passages.search', '{"q":1}'))).toEqual({
    name: 'passages.search',
    input: { q: 1 },
    n: 4,
  });
  await expect(task.observer.onHostCall('passages.search', '{')).rejects.toThrow(/not JSON/u);
});

test('what answers a worker learns when nobody waits for the answer any more', async () => {
  const signals: AbortSignal[] = [];
  const { enqueue, engine, taskOf, clock } = open(() => ({
    hostCall: (_job, _name, _input, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('Nobody waits.'));
        });
      });
    },
  }));
  const [cancelled, over] = [await enqueue({ payload: { n: 1 } }), await enqueue({ payload: { n: 2 } })];
  const asked = [cancelled, over].map(id => taskOf(id).observer.onHostCall('passages.search', '{}').catch(String));
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  const asking = engine.cancel(cancelled);
  await clock.quiesce();
  await asking;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  taskOf(over).end(done);
  await clock.quiesce();
  expect(await Promise.all(asked)).toEqual(['Error: Nobody waits.', 'Error: Nobody waits.']);
});

test('a worker whose attempt is over, lost or cancelled asks for nothing any more', async () => {
  const asked: number[] = [];
  const { enqueue, engine, taskOf, clock, store } = open(() => ({
    hostCall: job => {
      asked.push(job.payload.n);
      return Promise.resolve(null);
    },
  }));
  const [over, lost, cancelled] = [
    await enqueue({ payload: { n: 1 } }),
    await enqueue({ payload: { n: 2 } }),
    await enqueue({ payload: { n: 3 } }),
  ];
  const [ofOver, ofLost, ofCancelled] = [taskOf(over), taskOf(lost), taskOf(cancelled)];
  ofOver.end(done);
  const { jobId, leaseToken } = ofLost.task;
  store.transaction(() => store.giveBack({ jobId, leaseToken }, 'nothing', 'Somebody else has it.', clock.nowMs()));
  const late = ofLost.step('part', 1).catch(String);
  const asking = engine.cancel(cancelled);
  await clock.quiesce();
  await asking;
  expect(await late).toMatch(/lease/u);
  for (const task of [ofOver, ofLost, ofCancelled])
    await expect(task.observer.onHostCall('answer.write', '{}')).rejects.toThrow(/too late/u);
  expect(asked).toEqual([]);
});

test('more input than a worker takes fails the job with a sentence, and no worker dies of it', async () => {
  const { enqueue, clock, views, state } = open(() => ({
    prepare: () => Promise.resolve({ titles: 'x'.repeat(frameValueLimit) }),
  }));
  const id = await enqueue();
  await clock.quiesce();
  expect(state(id)).toBe('failed');
  expect(views.view(id)?.error).toMatchObject({
    code: 'input_too_large',
    message: expect.stringMatching(/Divide the material/u) as string,
  });
});

test('of several results that arrive together, one whose lease was lost calls no hook and leaves the others be', async () => {
  const { enqueue, taskOf, clock, effects, state, store, logged } = open(write => ({
    onEnd: (job, end) => {
      write(`${job.payload.n} ${end.state}`);
    },
  }));
  const [kept, lost] = [await enqueue(), await enqueue()];
  const [first, second] = [taskOf(kept), taskOf(lost)];
  const { jobId, leaseToken } = second.task;
  store.transaction(() => store.giveBack({ jobId, leaseToken }, 'nothing', 'Somebody else has it.', clock.nowMs()));
  first.end(done);
  second.end(done);
  await clock.quiesce();
  expect([state(kept), state(lost), effects()]).toEqual(['done', 'running', ['1 done']]);
  expect(logged.filter(line => line.includes('lease of this job was lost'))).toHaveLength(1);
  taskOf(lost).end(done);
  await clock.quiesce();
  expect(effects()).toEqual(['1 done', '2 done']);
});

test('a job that a hook makes is told of before it starts', async () => {
  const opened = open(() => ({
    onEnd: job => {
      if (job.payload.n !== 1) return;
      harness?.life().engine.enqueueInTransaction(harness.life().request({ idempotencyKey: 'made by a hook', payload: { n: 2 } }));
    },
  }));
  const { enqueue, taskOf, clock, events, runner } = opened;
  const id = await enqueue({ payload: { n: 1 } });
  taskOf(id).end(done);
  await clock.quiesce();
  const made = runner.held()[0]?.task.jobId;
  expect(events.filter(event => 'jobId' in event && event.jobId === made).map(event => event.type)).toEqual(['enqueued', 'started']);
  runner.held()[0]?.end(done);
  await clock.quiesce();
});

test('a read that fails after a transaction of the caller is logged and thrown at nobody', async () => {
  let isRefused = false;
  harness = createHarness({
    store: store => ({
      ...store,
      find(id) {
        if (isRefused) throw new Error('disk I/O error');
        return store.find(id);
      },
    }),
  });
  const { engine, store, request, clock, logged, runner } = harness.life();
  store.transaction(() => engine.enqueueInTransaction(request()));
  isRefused = true;
  await clock.quiesce();
  isRefused = false;
  await clock.quiesce();
  expect(logged.join(' ')).toContain('disk I/O error');
  expect(runner.held()).toHaveLength(1);
});

test('after a worker is lost its kind tidies up before the job is tried again, and a throw there changes nothing', async () => {
  const seen: string[] = [];
  const { enqueue, taskOf, clock, state } = open(() => ({
    afterLoss: job => {
      seen.push(`${job.id} ${state(job.id)}`);
      return Promise.reject(new Error('The folder is gone.'));
    },
  }));
  const id = await enqueue();
  taskOf(id).end({ type: 'lost', cause: 'worker_exit', message: 'killed' });
  await clock.quiesce();
  expect(seen).toEqual([`${id} running`]);
  taskOf(id).end(done);
  await clock.quiesce();
  expect([state(id), seen.length]).toEqual(['done', 1]);
});

test('whatever a worker was killed for, the next attempt begins once its kind has tidied up', async () => {
  const seen: string[] = [];
  const tidied = Promise.withResolvers<void>();
  const kind = testKind('chat.answer', {
    timeLimitMs: 1_000,
    retry: { delaysMs: [100], jitter: 0 },
    prepare: job => {
      seen.push(`prepare ${job.attempt}`);
      return Promise.resolve(job.payload);
    },
    afterLoss: () => {
      seen.push('tidies up');
      return tidied.promise;
    },
  });
  harness = createHarness({ kinds: [kind] });
  const { enqueue, taskOf, clock, runner } = harness.life();
  const first = taskOf(await enqueue());
  await clock.advance(1_001);
  await clock.advance(defaultLimits.killGraceMs + 1);
  expect(first.killed()).toBe(true);
  await clock.advance(1_000);
  expect(seen).toEqual(['prepare 1', 'tidies up']);
  tidied.resolve();
  await clock.advance(1_000);
  expect([seen.at(-1), runner.held().length]).toEqual(['prepare 2', 1]);
});
