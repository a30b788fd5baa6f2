import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { JobEnd } from '../../../src/main/engine/job-kind.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import type { Harness, HarnessOptions, Life } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness;
afterEach(() => {
  harness.check();
  harness.close();
});

const undo = { name: 'remove', data: '{"path":"p"}' };
const done = (n = 1) => ({ type: 'done', output: JSON.stringify({ n }), issues: [] }) as const;
const fails = { type: 'failed', error: { code: 'no', message: 'No.' }, retryable: false, retryAfterMs: null } as const;
const passing = { ...fails, retryable: true } as const;

interface Seen {
  readonly ends: JobEnd<unknown>['state'][];
  readonly steps: string[];
  readonly retried: (readonly string[])[];
}

function open(over: Partial<HarnessOptions> = {}): { life: Life; seen: Seen } {
  const seen: Seen = { ends: [], steps: [], retried: [] };
  harness = createHarness({
    kinds: [
      testKind('chat.answer', {
        steps: { part: z.int(), send: z.int(), put: z.int() },
        effects: { send: 'once', put: 'idempotent' },
        compensations: { remove: z.strictObject({ path: z.string() }) },
        onEnd: (_job, end) => void seen.ends.push(end.state),
        onStep: (_job, step) => void seen.steps.push(step.name),
        onRetry: (_job, superseded) => void seen.retried.push(superseded),
        fork: job => ({ payload: { n: job.payload.n + 100 } }),
      }),
    ],
    ...over,
  });
  return { life: harness.life(), seen };
}

async function settled<T>(life: Life, promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  await life.clock.quiesce();
  return promise;
}
async function refusal(life: Life, promise: Promise<unknown>): Promise<string> {
  return settled(life, promise).then(
    () => 'accepted',
    (error: unknown) => (error as EngineError).code,
  );
}
const trailOf = (life: Life, id: Parameters<Life['state']>[0]): string[] =>
  (life.views.inspect(id)?.events ?? []).map(event => (event.detail === null ? event.type : `${event.type} ${event.detail}`));

describe('the journal of effects', () => {
  test('an effect is in the database before its worker may send it, and its outcome after', async () => {
    const { life, seen } = open();
    const id = await life.enqueue();
    const task = life.taskOf(id);
    await settled(life, task.effect('send:a', 0));
    expect(life.views.inspect(id)?.steps).toMatchObject([{ name: 'send:a', effect: 'once', outcome: 'in_flight', finishedAtMs: null }]);
    expect(seen.steps).toEqual([]);
    await settled(life, task.step('send:a', 7));
    expect(life.views.inspect(id)?.steps).toMatchObject([{ name: 'send:a', outcome: 'succeeded' }]);
    expect(seen.steps).toEqual(['send:a']);
    task.end(done());
    await life.clock.quiesce();
    expect(life.state(id)).toBe('done');
  });

  test('a worker may go on only once what it announced, recorded or undid is in the database', async () => {
    const { life } = open();
    const id = await life.enqueue();
    const stepsWhen = (report: Promise<void>): Promise<number | undefined> =>
      settled(
        life,
        report.then(() => life.views.inspect(id)?.steps.length),
      );
    const task = life.taskOf(id);
    expect(await stepsWhen(task.effect('send:a', 0))).toBe(1);
    await settled(life, task.step('send:a', 7));
    expect(await stepsWhen(task.step('part:1', 1, { compensation: undo }))).toBe(2);
    task.end(fails);
    await life.clock.quiesce();
    expect(await stepsWhen(life.taskOf(id).step('part:1', null))).toBe(3);
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(life.state(id)).toBe('failed');
  });

  test('a crash in between: the next attempt is told, and when nobody knows the job waits for a person', async () => {
    const { life } = open();
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).step('part:1', 1));
    await settled(life, life.taskOf(id).effect('send:a', 42));
    const second = harness.crash();
    await second.clock.quiesce();
    const task = second.taskOf(id);
    expect(task.task).toMatchObject({ recorded: [{ name: 'part:1' }], inFlight: ['send:a'] });
    task.end({ type: 'indeterminate', step: 'send:a' });
    await second.clock.quiesce();
    expect(second.views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'answer', undecided: 1, attempt: 0 });
    expect(second.runner.held()).toEqual([]);
    expect(second.views.counts().needsYou).toBe(1);
    expect(second.engine.undecided(id)).toMatchObject([{ name: 'send:a', what: 'effect', decisions: ['done', 'repeat', 'drop'] }]);
    // It waits across a restart.
    const third = harness.crash();
    await third.clock.quiesce();
    expect([third.state(id), third.runner.held()]).toEqual(['waiting', []]);
    expect(third.views.undecided(10)).toEqual([id]);
  });

  async function indeterminate(
    over: Partial<HarnessOptions> = {},
  ): Promise<{ life: Life; seen: Seen; id: Awaited<ReturnType<Life['enqueue']>> }> {
    const { life, seen } = open(over);
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).step('part:1', 1, { compensation: undo }));
    await settled(life, life.taskOf(id).effect('send:a', 42));
    life.taskOf(id).end(passing);
    await life.clock.quiesce();
    await life.clock.advance(1_000);
    await life.clock.quiesce();
    life.taskOf(id).end({ type: 'indeterminate', step: 'send:a' });
    await life.clock.quiesce();
    expect(life.state(id)).toBe('waiting');
    return { life, seen, id };
  }

  test('"done" records the output named for this case, tells the kind, and survives a crash', async () => {
    const { life, seen, id } = await indeterminate();
    await settled(life, life.engine.decide(id, 'send:a', 'done'));
    expect(seen.steps).toEqual(['part:1', 'send:a']);
    expect(life.taskOf(id).task.recorded).toEqual([
      { name: 'part:1', output: '1' },
      { name: 'send:a', output: '42' },
    ]);
    const next = harness.crash();
    await next.clock.quiesce();
    expect(next.taskOf(id).task).toMatchObject({ inFlight: [], recorded: [{ name: 'part:1' }, { name: 'send:a', output: '42' }] });
    expect(trailOf(next, id)).toContain('decided done: send:a');
    expect(next.views.inspect(id)?.steps[1]).toMatchObject({ outcome: 'succeeded', decision: 'done' });
    expect(await refusal(next, next.engine.decide(id, 'send:a', 'done'))).toBe('not_undecided');
    next.taskOf(id).end(done());
    await next.clock.quiesce();
  });

  test('"repeat" sets the row aside, and the worker sends it anew under another run', async () => {
    const { life, id } = await indeterminate();
    await settled(life, life.engine.decide(id, 'send:a', 'repeat'));
    const task = life.taskOf(id);
    expect(task.task).toMatchObject({ inFlight: [], run: 1, recorded: [{ name: 'part:1' }] });
    await settled(life, task.effect('send:a', 0));
    await settled(life, task.step('send:a', 9));
    task.end(done());
    await life.clock.quiesce();
    expect(life.views.inspect(id)?.superseded).toMatchObject([{ run: 1, name: 'send:a', outcome: 'indeterminate', decision: 'repeat' }]);
  });

  test('"drop" cancels the job, undoes the rest, and a later retry still asks', async () => {
    const { life, seen, id } = await indeterminate();
    await settled(life, life.engine.decide(id, 'send:a', 'drop'));
    const task = life.taskOf(id);
    expect(task.task.undo).toEqual([{ step: 'part:1', name: 'remove', data: undo.data, output: '1' }]);
    await settled(life, task.step('part:1', null));
    task.end(done());
    await life.clock.quiesce();
    expect([life.state(id), seen.ends]).toEqual(['cancelled', ['cancelled']]);
    expect(life.views.view(id)?.undecided).toBe(0);
    // Undone from step 1 on, so the effect would be sent again: that is for a person to confirm.
    expect(await refusal(life, life.engine.retry(id))).toBe('effects_again');
    await settled(life, life.engine.retry(id, { confirmEffects: true }));
    expect(life.taskOf(id).task).toMatchObject({ recorded: [], inFlight: [], run: 1 });
    life.taskOf(id).end(done());
    await life.clock.quiesce();
  });

  test('an outcome nobody announced, and an effect the kind does not declare, break the attempt off', async () => {
    const { life } = open();
    const first = await life.enqueue();
    await expect(settled(life, life.taskOf(first).step('send:a', 1))).rejects.toThrow(/announced/u);
    expect(life.taskOf(first).cancelled()).toBe(true);
    const second = await life.enqueue();
    await expect(settled(life, life.taskOf(second).effect('part:a', 1))).rejects.toThrow(/no effect/u);
    for (const held of life.runner.held()) held.end({ type: 'cancelled' });
    await life.clock.quiesce();
    expect([life.state(first), life.state(second)]).toEqual(['failed', 'failed']);
  });

  test('an effect whose output no longer parses is not forgotten and sent again', async () => {
    const { life } = open();
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).effect('send:a', 0));
    await settled(life, life.taskOf(id).step('send:a', 7));
    await settled(life, life.taskOf(id).step('part:1', 7));
    life.db.prepare(`UPDATE job_step SET output = '"old"'`).run();
    const next = harness.crash();
    await next.clock.quiesce();
    expect(next.taskOf(id).task.recorded).toEqual([{ name: 'send:a', output: '"old"' }]);
    next.taskOf(id).end(done());
    await next.clock.quiesce();
  });
});

describe('undoing', () => {
  test('a step that can be undone and no longer parses is handed over, not run again beside what it did', async () => {
    const { life } = open();
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).step('part:1', 7, { compensation: undo }));
    await settled(life, life.taskOf(id).step('part:2', 7));
    life.db.prepare(`UPDATE job_step SET output = '"old"'`).run();
    const next = harness.crash();
    await next.clock.quiesce();
    expect(next.taskOf(id).task.recorded).toEqual([{ name: 'part:1', output: '"old"' }]);
    next.taskOf(id).end(fails);
    await next.clock.quiesce();
    expect(next.taskOf(id).task.undo).toMatchObject([{ step: 'part:1', output: '"old"' }]);
    await settled(next, next.taskOf(id).step('part:1', null));
    next.taskOf(id).end(done());
    await next.clock.quiesce();
    expect(next.state(id)).toBe('failed');
  });

  /** A job that has done three things that can be undone, the last an effect. */
  async function withThree(over: Partial<HarnessOptions> = {}) {
    const opened = open(over);
    const { life } = opened;
    const id = await life.enqueue();
    const task = life.taskOf(id);
    await settled(life, task.step('part:1', 1, { compensation: undo }));
    await settled(life, task.step('part:2', 2, { compensation: undo }));
    await settled(life, task.effect('put:3', 3, undo));
    await settled(life, task.step('put:3', 3));
    return { ...opened, id, task };
  }
  const names = (life: Life, id: Parameters<Life['state']>[0]) => life.taskOf(id).task.undo?.map(each => each.step);

  test('a job that fails for good is undone in reverse before it ends, holding its key', async () => {
    const { life, seen, id, task } = await withThree();
    task.end(fails);
    await life.clock.quiesce();
    expect(names(life, id)).toEqual(['put:3', 'part:2', 'part:1']);
    expect(life.views.view(id)).toMatchObject({ state: 'running', undoing: 'failed', error: { code: 'no' } });
    expect([seen.ends, life.events.filter(event => event.type === 'undoing')]).toEqual([[], [{ type: 'undoing', jobId: id }]]);
    const again = life.engine.enqueue(life.request({ idempotencyKey: 'key-1' }));
    expect(await settled(life, again)).toEqual({ jobId: id, created: false });
    expect(await refusal(life, life.engine.cancel(id))).toBe('already_finished');
    for (const step of ['put:3', 'part:2', 'part:1']) await settled(life, life.taskOf(id).step(step, null));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(life.views.view(id)).toMatchObject({ state: 'failed', undoing: null, error: { code: 'no', message: 'No.' } });
    expect(seen.ends).toEqual(['failed']);
    expect(life.views.inspect(id)?.steps.map(step => step.undo ?? step.compensates)).toEqual([
      'done',
      'done',
      'done',
      'put:3',
      'part:2',
      'part:1',
    ]);
    expect(trailOf(life, id).filter(line => line.startsWith('undo'))).toEqual([
      'undoing no: No.',
      'undone put:3',
      'undone part:2',
      'undone part:1',
    ]);
  });

  test('a job that has to wait while it is undone waits as long as it takes, over a restart, and goes on undoing', async () => {
    const wait = new ParkJob({ reason: 'children', isOver: () => isThere });
    let isThere = false;
    const base = testKind('chat.answer', {
      steps: { part: z.int(), put: z.int() },
      effects: { put: 'idempotent' },
      compensations: { remove: z.strictObject({ path: z.string() }) },
      hostCall: () => Promise.reject(wait),
    });
    const { life, id, task } = await withThree({ kinds: [base] });
    task.end(fails);
    await life.clock.quiesce();
    await settled(life, life.taskOf(id).step('put:3', null));
    /** It asks what it has to wait for, and its worker is told to stop. */
    async function asks(now: Life): Promise<void> {
      const undoing = now.taskOf(id);
      await refusal(now, undoing.observer.onHostCall('part.changes', '{}'));
      expect(undoing.cancelled()).toBe(true);
      undoing.end({ type: 'cancelled' });
      await now.clock.quiesce();
    }
    await asks(life);
    expect(life.views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'children', undoing: 'failed', attempt: 0 });
    await life.clock.advance(24 * 60 * 60 * 1000);
    expect(life.state(id)).toBe('waiting');
    const next = harness.crash({ kinds: [base] });
    await next.clock.quiesce();
    if (next.state(id) === 'waiting') {
      next.store.transaction(() => next.engine.resumeInTransaction(id));
      await next.clock.quiesce();
    }
    expect(names(next, id)).toEqual(['part:2', 'part:1']);
    // What it waits for comes between its question and its end.
    isThere = true;
    await asks(next);
    expect(names(next, id)).toEqual(['part:2', 'part:1']);
    for (const step of ['part:2', 'part:1']) await settled(next, next.taskOf(id).step(step, null));
    next.taskOf(id).end(done());
    await next.clock.quiesce();
    expect(next.views.view(id)).toMatchObject({ state: 'failed', undoing: null, error: { code: 'no' } });
  });

  test.each(['running', 'scheduled'] as const)('a %s job that is cancelled is undone, and a job that was done never', async state => {
    const { life, seen, id, task } = await withThree();
    if (state === 'scheduled') {
      task.end(passing);
      await life.clock.quiesce();
      expect(life.state(id)).toBe('scheduled');
    }
    await settled(life, life.engine.cancel(id));
    if (state === 'running') {
      task.end({ type: 'cancelled' });
      await life.clock.quiesce();
    }
    expect(names(life, id)).toHaveLength(3);
    life.taskOf(id).end({ type: 'lost', cause: 'shutdown', message: 'closing' });
    await life.clock.quiesce();
    for (const step of ['put:3', 'part:2', 'part:1']) await settled(life, life.taskOf(id).step(step, null));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect([life.state(id), seen.ends]).toEqual(['cancelled', ['cancelled']]);

    const other = await life.enqueue();
    await settled(life, life.taskOf(other).step('part:1', 1, { compensation: undo }));
    life.taskOf(other).end(done());
    await life.clock.quiesce();
    expect([life.state(other), life.runner.held()]).toEqual(['done', []]);
  });

  test('a crash in the middle goes on with the next one not undone, whatever the recovery of the kind', async () => {
    const { life, id, task } = await withThree();
    task.end(fails);
    await life.clock.quiesce();
    await settled(life, life.taskOf(id).step('put:3', null));
    const next = harness.crash({
      kinds: [
        testKind('chat.answer', {
          recovery: 'abandon',
          steps: { part: z.int(), put: z.int() },
          effects: { put: 'idempotent' },
          compensations: { remove: z.strictObject({ path: z.string() }) },
        }),
      ],
    });
    await next.clock.quiesce();
    expect(names(next, id)).toEqual(['part:2', 'part:1']);
    for (const step of ['part:2', 'part:1']) await settled(next, next.taskOf(id).step(step, null));
    next.taskOf(id).end(done());
    await next.clock.quiesce();
    expect([next.state(id), next.views.view(id)?.error?.code]).toEqual(['failed', 'no']);
  });

  test('a compensation is tried again, and when it fails for good the job says what is left; a retry goes on', async () => {
    const { life, seen, id, task } = await withThree();
    task.end(fails);
    await life.clock.quiesce();
    await settled(life, life.taskOf(id).step('put:3', null));
    for (const delayMs of [1_000, 2_000]) {
      life.taskOf(id).end(passing);
      await life.clock.quiesce();
      expect(life.state(id)).toBe('scheduled');
      await life.clock.advance(delayMs);
      await life.clock.quiesce();
    }
    life.taskOf(id).end(passing);
    await life.clock.quiesce();
    expect(life.views.view(id)).toMatchObject({ state: 'failed', undoing: 'failed', error: { code: 'compensation_failed' } });
    expect(life.views.view(id)?.error?.message).toMatch(/^Not undone: part:2, part:1\. No\./u);
    expect(life.engine.undecided(id)).toMatchObject([
      { name: 'part:2', what: 'compensation' },
      { name: 'part:1', what: 'compensation' },
    ]);
    expect(life.views.undecided(5)).toEqual([id]);
    expect(await refusal(life, life.engine.retryFrom(id, 1))).toBe('not_retryable');
    await settled(life, life.engine.retry(id));
    expect(names(life, id)).toEqual(['part:2', 'part:1']);
    // Nothing of the work itself runs again.
    expect(seen.retried).toEqual([]);
    life.taskOf(id).end(fails);
    await life.clock.quiesce();

    // A person has undone one by hand and leaves the other.
    await settled(life, life.engine.decide(id, 'part:2', 'done'));
    life.taskOf(id).end(fails);
    await life.clock.quiesce();
    await settled(life, life.engine.decide(id, 'part:1', 'drop'));
    expect(life.views.view(id)).toMatchObject({ state: 'failed', undoing: null, error: { code: 'no' } });
    expect(life.views.inspect(id)?.steps.map(step => step.undo)).toEqual(['left', 'done', 'done', null, null, null]);
    expect(seen.ends).toEqual(['failed', 'failed', 'failed', 'failed']);
  });

  test('a cancel with an effect on its way asks first whether there is something to undo', async () => {
    const { life, id, task } = await withThree();
    await settled(life, task.effect('send:4', 0, undo));
    await settled(life, life.engine.cancel(id));
    task.end({ type: 'cancelled' });
    await life.clock.quiesce();
    expect(life.views.view(id)).toMatchObject({ state: 'waiting', undoing: 'cancelled', undecided: 1 });
    expect(await refusal(life, life.engine.decide(id, 'send:4', 'repeat'))).toBe('not_undecided');
    // Resumed by somebody else, it asks again instead of passing over it.
    await settled(life, life.engine.resume(id));
    expect(life.state(id)).toBe('waiting');
    await settled(life, life.engine.decide(id, 'send:4', 'done'));
    expect(names(life, id)).toEqual(['send:4', 'put:3', 'part:2', 'part:1']);
    for (const step of ['send:4', 'put:3', 'part:2', 'part:1']) await settled(life, life.taskOf(id).step(step, null));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(life.state(id)).toBe('cancelled');
  });

  test('a program that ends again and again while a job is undone: it fails with what is left, and goes on by hand', async () => {
    const { life, id, task } = await withThree({ limits: { losses: 2 } });
    task.end(fails);
    await life.clock.quiesce();
    const second = harness.crash();
    await second.clock.quiesce();
    expect(names(second, id)).toHaveLength(3);
    const third = harness.crash();
    await third.clock.quiesce();
    expect(third.views.view(id)).toMatchObject({ state: 'failed', undoing: 'failed', error: { code: 'compensation_failed' } });
    await settled(third, third.engine.retry(id));
    expect(names(third, id)).toHaveLength(3);
    third.taskOf(id).end({ type: 'lost', cause: 'shutdown', message: 'closing' });
    await third.clock.quiesce();
    for (const step of names(third, id) ?? []) await settled(third, third.taskOf(id).step(step, null));
    third.taskOf(id).end(done());
    await third.clock.quiesce();
    expect(third.views.view(id)).toMatchObject({ state: 'failed', undoing: null, error: { code: 'no' } });
  });

  test('a compensation that the kind does not declare is refused before the step is recorded', async () => {
    const { life } = open();
    const id = await life.enqueue();
    await expect(settled(life, life.taskOf(id).step('part:1', 1, { compensation: { name: 'explode', data: '{}' } }))).rejects.toThrow(
      /declares no compensation/u,
    );
    life.taskOf(id).end({ type: 'cancelled' });
    await life.clock.quiesce();
    expect(life.views.view(id)).toMatchObject({ state: 'failed', error: { code: 'bad_compensation' }, stepsDone: 0 });
  });

  test('children are cancelled when the undoing of their parent begins', async () => {
    const { life, id, task } = await withThree();
    const child = await life.enqueue({ parentId: id, dueAtMs: life.clock.nowMs() + 60_000 });
    task.end(fails);
    await life.clock.quiesce();
    expect([life.state(child), life.views.view(id)?.undoing]).toEqual(['cancelled', 'failed']);
    for (const step of ['put:3', 'part:2', 'part:1']) await settled(life, life.taskOf(id).step(step, null));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
  });
});

describe('running steps again', () => {
  /** A job whose effect could not be undone. */
  async function notUndone(): Promise<{ life: Life; id: Awaited<ReturnType<Life['enqueue']>> }> {
    const { life } = open();
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).effect('send:1', 1, undo));
    await settled(life, life.taskOf(id).step('send:1', 1));
    for (let n = 0; n < 2; n += 1) {
      life.taskOf(id).end(fails);
      await life.clock.quiesce();
    }
    expect(life.views.view(id)).toMatchObject({ state: 'failed', undoing: 'failed', error: { code: 'compensation_failed' } });
    return { life, id };
  }

  test('a job whose undoing is not over has no fork, whatever was confirmed', async () => {
    const { life, id } = await notUndone();
    expect(await refusal(life, life.engine.fork(id, 1, { confirmEffects: true }))).toBe('not_forkable');
  });

  test('an effect that a person said to leave is not sent again without asking', async () => {
    const { life, id } = await notUndone();
    await settled(life, life.engine.decide(id, 'send:1', 'drop'));
    expect(life.views.view(id)).toMatchObject({ state: 'failed', undoing: null });
    expect(await refusal(life, life.engine.retry(id))).toBe('effects_again');
    expect(await refusal(life, life.engine.fork(id, 1))).toBe('effects_again');
    await settled(life, life.engine.retry(id, { confirmEffects: true }));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(life.state(id)).toBe('done');
  });
  async function failedWithSteps(): Promise<ReturnType<typeof open> & { id: Awaited<ReturnType<Life['enqueue']>> }> {
    const opened = open();
    const { life } = opened;
    const id = await life.enqueue();
    const task = life.taskOf(id);
    await settled(life, task.step('part:1', 1));
    await settled(life, task.effect('send:2', 2));
    await settled(life, task.step('send:2', 2));
    await settled(life, task.step('part:3', 3));
    task.end(fails);
    await life.clock.quiesce();
    return { ...opened, id };
  }

  test('from a step on: later ones are set aside and kept, an effect asks first', async () => {
    const { life, seen, id } = await failedWithSteps();
    expect(await refusal(life, life.engine.retryFrom(id, 4))).toBe('no_such_step');
    await expect(settled(life, life.engine.retryFrom(id, 9))).rejects.toThrow('its steps are 1, 2, 3');
    expect(await refusal(life, life.engine.retryFrom(id, 2))).toBe('effects_again');
    await expect(settled(life, life.engine.retryFrom(id, 1))).rejects.toThrow(/2 \(send:2\)/u);
    expect(life.state(id)).toBe('failed');
    await settled(life, life.engine.retryFrom(id, 3));
    expect(seen.retried).toEqual([['part:3']]);
    expect(life.taskOf(id).task).toMatchObject({ recorded: [{ name: 'part:1' }, { name: 'send:2' }], run: 1 });
    expect(await refusal(life, life.engine.retryFrom(id, 1))).toBe('already_running');
    life.taskOf(id).end(fails);
    await life.clock.quiesce();
    await settled(life, life.engine.retryFrom(id, 1, { confirmEffects: true }));
    expect(life.taskOf(id).task).toMatchObject({ recorded: [], run: 2 });
    expect(life.views.inspect(id)?.superseded.map(step => `${step.run} ${step.name}`)).toEqual(['1 part:3', '2 part:1', '2 send:2']);
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(await refusal(life, life.engine.retryFrom(id, 1))).toBe('no_such_step');
  });

  test('a refusal names the first ten of many steps and how many there are', async () => {
    const { life } = open();
    const id = await life.enqueue();
    for (let n = 1; n <= 12; n += 1) {
      await settled(life, life.taskOf(id).effect(`send:${n}`, n));
      await settled(life, life.taskOf(id).step(`send:${n}`, n));
    }
    life.taskOf(id).end(fails);
    await life.clock.quiesce();
    await expect(settled(life, life.engine.retryFrom(id, 99))).rejects.toThrow(
      'its steps are 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more of 12.',
    );
    await expect(settled(life, life.engine.retryFrom(id, 1))).rejects.toThrow('10 (send:10) and 2 more of 12. Confirm');
  });

  test('a fork begins with the steps before, knows its parent, and asks before an effect is sent again', async () => {
    const { life, id } = await failedWithSteps();
    expect(await refusal(life, life.engine.fork(id, 2))).toBe('effects_again');
    const fork = await settled(life, life.engine.fork(id, 3));
    expect(fork.created).toBe(true);
    expect(await settled(life, life.engine.fork(id, 3))).toEqual({ jobId: fork.jobId, created: false });
    expect(life.taskOf(fork.jobId).task).toMatchObject({
      recorded: [
        { name: 'part:1', output: '1' },
        { name: 'send:2', output: '2' },
      ],
    });
    expect(life.taskOf(fork.jobId).task.input).toContain('101');
    expect(life.views.inspect(fork.jobId)).toMatchObject({ forkedFrom: id, forks: [] });
    expect(life.views.inspect(id)).toMatchObject({ forkedFrom: null, forks: [fork.jobId], job: { state: 'failed', stepsDone: 3 } });
    expect(await refusal(life, life.engine.fork(fork.jobId, 1))).toBe('already_running');
    life.taskOf(fork.jobId).end(done());
    await life.clock.quiesce();
    // What is done can be forked, too.
    const third = await settled(life, life.engine.fork(fork.jobId, 2, { confirmEffects: true }));
    expect(life.taskOf(third.jobId).task.recorded).toHaveLength(1);
    life.taskOf(third.jobId).end(done());
    await life.clock.quiesce();
  });

  test('a kind without a way to fork says so', async () => {
    harness = createHarness();
    const life = harness.life();
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).step('part:1', 1));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(await refusal(life, life.engine.fork(id, 1))).toBe('not_forkable');
  });

  test('a retry after an undoing runs all that was undone, and what came after it, again', async () => {
    const { life, seen } = open();
    const id = await life.enqueue();
    const task = life.taskOf(id);
    await settled(life, task.step('part:1', 1));
    await settled(life, task.effect('send:2', 2, undo));
    await settled(life, task.step('send:2', 2));
    await settled(life, task.step('part:3', 3));
    task.end(fails);
    await life.clock.quiesce();
    await settled(life, life.taskOf(id).step('send:2', null));
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    await settled(life, life.engine.retry(id));
    expect(life.taskOf(id).task.recorded.map(step => step.name)).toEqual(['part:1']);
    expect(seen.retried).toEqual([['send:2', 'part:3']]);
    life.taskOf(id).end(done());
    await life.clock.quiesce();
    expect(life.state(id)).toBe('done');
  });
});

test.each(['resume', 'fail', 'cancel'] as const)(
  'a wait of its undoing that runs out changes nothing about how a job ends: %s',
  async onExpiry => {
    const { life } = open({
      kinds: [
        testKind('chat.answer', {
          steps: { part: z.int() },
          compensations: { remove: z.strictObject({ path: z.string() }) },
          hostCall: () => Promise.reject(new ParkJob({ reason: 'approval', onExpiry, expiresAtMs: life.clock.nowMs() + 1_000 })),
        }),
      ],
    });
    const id = await life.enqueue();
    await settled(life, life.taskOf(id).step('part:1', 1, { compensation: undo }));
    life.taskOf(id).end(fails);
    await life.clock.quiesce();
    const undoing = life.taskOf(id);
    const asked = undoing.observer.onHostCall('ask', '{}').catch(() => undefined);
    await life.clock.quiesce();
    await asked;
    if (!undoing.over()) undoing.end({ type: 'cancelled' });
    await life.clock.quiesce();
    expect(life.state(id)).toBe('waiting');
    await life.clock.advance(1_000);
    expect(life.state(id)).toBe('running');
    expect(life.views.view(id)).toMatchObject({ undoing: 'failed' });
  },
);
