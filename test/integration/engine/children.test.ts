import { afterEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import type { JobState } from '../../../src/shared/domain/job-state.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { untilChildrenEnd } from '../../../src/main/engine/park-job.ts';
import type { Harness, HarnessOptions } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;
const failure = { type: 'failed', error: { code: 'bad', message: 'Bad.' }, retryable: false, retryAfterMs: null } as const;

/** `synopsis.make` waits for its children and keeps what it then sees of them; `document.import` is a child. */
function open(limits: HarnessOptions['limits'] = {}) {
  const seen: (readonly [JobState, string | null])[][] = [];
  const kinds = [
    testKind('document.import'),
    testKind('synopsis.make', {
      prepare: job => {
        const children = harness?.life().engine.children(job.id) ?? [];
        if (children.some(child => child.state === 'queued' || child.state === 'running' || child.state === 'waiting'))
          return Promise.reject(untilChildrenEnd());
        seen.push(children.map(child => [child.state, child.error?.code ?? null]));
        return Promise.resolve(job.payload);
      },
    }),
  ];
  harness = createHarness({ kinds, limits });
  const life = harness.life();
  /** A parent and its children, enqueued in one transaction. */
  async function family(count: number): Promise<{ parent: JobId; children: JobId[] }> {
    const made = life.store.transaction(() => {
      const { jobId: parent } = life.engine.enqueueInTransaction(life.request({ kind: 'synopsis.make' }));
      const children = Array.from(
        { length: count },
        () => life.engine.enqueueInTransaction(life.request({ kind: 'document.import', parentId: parent })).jobId,
      );
      return { parent, children };
    });
    await life.clock.quiesce();
    return made;
  }
  return { ...life, seen, kinds, family };
}

test('a parent waits for all of its children, however they end, and sees it', async () => {
  const { family, taskOf, clock, state, seen, views, events } = open();
  const { parent, children } = await family(3);
  expect(views.view(parent)).toMatchObject({ state: 'waiting', waitReason: 'children', attempt: 0 });
  const [a, b, c] = children;
  if (a === undefined || b === undefined || c === undefined) throw new Error('Three were made.');
  taskOf(a).end(done);
  taskOf(b).end(failure);
  await clock.quiesce();
  expect([state(parent), seen]).toEqual(['waiting', []]);
  taskOf(c).end({ ...done, issues: ['thin'] });
  await clock.quiesce();
  expect([state(parent), seen]).toEqual([
    'running',
    [
      [
        ['done', null],
        ['failed', 'bad'],
        ['done', null],
      ],
    ],
  ]);
  expect(events.filter(event => event.type === 'resumed')).toEqual([{ type: 'resumed', jobId: parent }]);
});

test('children and their waiting parent survive a crash', async () => {
  const { family, kinds } = open();
  const { parent, children } = await family(2);
  const life = harness?.crash({ kinds });
  await life?.clock.quiesce();
  expect([life?.resumed, life?.state(parent)]).toEqual([2, 'waiting']);
  for (const child of children) life?.taskOf(child).end(done);
  await life?.clock.quiesce();
  expect(life?.state(parent)).toBe('running');
});

test('cancelling a waiting parent cancels its children: idle ones at once, running ones when they have stopped', async () => {
  const { family, engine, taskOf, clock, state, events } = open();
  const { parent, children } = await family(5);
  const [first, , , , queued] = children;
  if (first === undefined || queued === undefined) throw new Error('Five were made.');
  expect(children.map(state)).toEqual(['running', 'running', 'running', 'running', 'queued']);
  const asked = engine.cancel(parent);
  await clock.quiesce();
  await asked;
  expect([state(parent), state(queued), state(first), taskOf(first).cancelled()]).toEqual(['cancelled', 'cancelled', 'running', true]);
  for (const child of children.slice(0, 4)) taskOf(child).end({ type: 'cancelled' });
  await clock.quiesce();
  expect([state(parent), ...children.map(state)]).toEqual(Array.from({ length: 6 }, () => 'cancelled'));
  expect(events.filter(event => event.type === 'ended')).toHaveLength(6);
});

test('the cascade reaches grandchildren and a failing parent starts it too', async () => {
  const { enqueue, engine, taskOf, clock, state } = open();
  const top = await enqueue({ kind: 'document.import' });
  const middle = await enqueue({ kind: 'synopsis.make', parentId: top });
  const leaf = await enqueue({ kind: 'document.import', parentId: middle, dueAtMs: clock.nowMs() + 1_000 });
  expect([top, middle, leaf].map(state)).toEqual(['running', 'running', 'scheduled']);
  taskOf(top).end(failure);
  await clock.quiesce();
  expect([state(top), taskOf(middle).cancelled(), state(leaf)]).toEqual(['failed', true, 'cancelled']);
  taskOf(middle).end({ type: 'cancelled' });
  await clock.quiesce();
  expect([top, middle, leaf].map(state)).toEqual(['failed', 'cancelled', 'cancelled']);
  expect(engine.children(top).map(child => child.state)).toEqual(['cancelled']);
});

test('a parent that has ended, is not there or lies too deep takes no children', async () => {
  const { enqueue, engine, request, taskOf, clock } = open();
  const refusal = async (parentId: JobId): Promise<unknown> => {
    const refused = engine.enqueue(request({ kind: 'document.import', parentId })).catch((error: unknown) => error);
    await clock.quiesce();
    return refused;
  };
  const ended = await enqueue({ kind: 'document.import' });
  taskOf(ended).end(done);
  await clock.quiesce();
  expect(await refusal(ended)).toBeInstanceOf(EngineError);
  expect(await refusal(ended)).toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining('is done and takes no more children'),
  });
  expect(await refusal('00000000-0000-7000-8000-000000000000' as JobId)).toMatchObject({ code: 'bad_request' });
  let parentId = await enqueue({ kind: 'document.import' });
  for (let depth = 1; depth <= 8; depth += 1) parentId = await enqueue({ kind: 'document.import', parentId });
  expect(await refusal(parentId)).toMatchObject({ code: 'bad_request', message: expect.stringContaining('9 deep') });
});

describe('a large family', () => {
  /** Of 25 children four run. */
  const large = 25;
  const few = { childrenPerCommit: 10 };
  const calledOff = (): unknown => harness?.life().db.prepare('SELECT count(*) FROM job_family_called_off').pluck().get();

  test('is cancelled so many in a transaction, and none of it begins meanwhile', async () => {
    const { family, engine, clock, state, enqueue, runner, db, taskOf } = open(few);
    const { parent, children } = await family(large);
    const outsider = await enqueue({ kind: 'document.import' });
    const running = runner.held();
    const untouched = db
      .prepare('SELECT count(*) FROM job WHERE parent_id = ? AND finished_at_ms IS NULL AND cancel_requested_at_ms IS NULL')
      .pluck();
    const left: unknown[] = [];
    engine.subscribe(event => {
      if (event.type !== 'ended' && event.type !== 'cancelling') return;
      const now = untouched.get(parent);
      if (left.at(-1) !== now) left.push(now);
    });
    await Promise.all([engine.cancel(parent), clock.quiesce()]);
    expect(left).toEqual([15, 5, 0]);
    expect([calledOff(), runner.held()]).toEqual([0, running]);
    for (const { task } of running) taskOf(task.jobId).end({ type: 'cancelled' });
    await clock.quiesce();
    expect([parent, ...children].map(state)).toEqual(Array.from({ length: large + 1 }, () => 'cancelled'));
    expect(state(outsider)).toBe('running');
  });

  test('is cancelled to its end after a kill in the middle, and nothing of it is begun again', async () => {
    const { family, engine, kinds, runner } = open(few);
    const { parent, children } = await family(large);
    const acknowledged = engine.cancel(parent);
    const begun = runner.started.length;
    // The end of the parent and the first of its children are one commit.
    const firstCommit = Promise.withResolvers<void>();
    engine.subscribe(event => {
      if (event.type === 'ended' && event.jobId === parent) firstCommit.resolve();
    });
    harness?.life().clock.runTurn();
    await Promise.all([acknowledged, firstCommit.promise]);
    expect(calledOff()).toBe(1);
    const next = harness?.crash({ kinds, limits: few });
    await next?.clock.quiesce();
    expect([parent, ...children].map(id => next?.state(id))).toEqual(Array.from({ length: large + 1 }, () => 'cancelled'));
    expect([begun, next?.runner.started.length, calledOff()]).toEqual([4, 0, 0]);
  });

  test('of families below families too: the bound is that of all together', async () => {
    const { engine, enqueue, clock, state, db } = open({ childrenPerCommit: 3 });
    const top = await enqueue({ kind: 'document.import', dueAtMs: clock.nowMs() + 1_000 });
    const all = [top];
    for (let n = 0; n < 3; n += 1) {
      const middle = await enqueue({ kind: 'document.import', dueAtMs: clock.nowMs() + 1_000, parentId: top });
      all.push(middle);
      for (let m = 0; m < 3; m += 1) all.push(await enqueue({ kind: 'document.import', dueAtMs: clock.nowMs() + 1_000, parentId: middle }));
    }
    const cancelled = db.prepare("SELECT count(*) FROM job WHERE state = 'cancelled'").pluck();
    const seen = new Set<unknown>();
    engine.subscribe(event => {
      if (event.type === 'ended') seen.add(cancelled.get());
    });
    await Promise.all([engine.cancel(top), clock.quiesce()]);
    expect([...seen]).toEqual([4, 7, 10, 13]);
    expect(all.map(state)).toEqual(Array.from({ length: 13 }, () => 'cancelled'));
    expect(calledOff()).toBe(0);
  });

  test('whose parent is wanted again before all are cancelled keeps the others', async () => {
    const { family, engine, clock, state } = open(few);
    const { parent, children } = await family(large);
    const asked = [engine.cancel(parent)];
    harness?.life().clock.runTurn();
    asked.push(engine.retry(parent));
    await Promise.all([...asked, clock.quiesce()]);
    expect(state(parent)).toBe('waiting');
    const states = children.map(state);
    expect(states.filter(is => is === 'cancelled')).toHaveLength(6);
    expect(states.filter(is => is === 'queued')).toHaveLength(15);
    expect(calledOff()).toBe(0);
  });
});
