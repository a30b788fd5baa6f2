import { afterEach, expect, test } from 'vitest';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { openConnection } from '../../../src/main/store/connection.ts';
import type { Harness, HarnessOptions, Life } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});
function open(options: HarnessOptions = {}): Life {
  harness = createHarness({ kinds: [testKind('chat.answer', { concurrency: 3 })], ...options });
  return harness.life();
}
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;

/** Lets the file grow by no further page; the result lifts it. Free pages inside the file are used up first. */
function fillDisk({ db }: Life): () => void {
  db.exec('CREATE TABLE IF NOT EXISTS filler (bytes BLOB) STRICT');
  const pages = (): number => Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${pages() + 8}`);
  const insert = db.prepare('INSERT INTO filler VALUES (zeroblob(3000))');
  try {
    for (;;) insert.run();
  } catch {
    return () => {
      db.pragma('max_page_count = 1000000');
    };
  }
}

test('a full disk pauses the engine, keeps results and steps, and work goes on by itself', async () => {
  const life = open();
  const { engine, enqueue, taskOf, clock, state, events, request, runner, store } = life;
  const [a, b, c] = [await enqueue(), await enqueue(), await enqueue()];
  const waiting = await enqueue();
  const free = fillDisk(life);
  const big = JSON.stringify('x'.repeat(50_000));

  const refused = engine.enqueue(request({ title: 'x'.repeat(500), payload: { n: 1 }, idempotencyKey: 'k'.repeat(500) })).then(
    () => 'none',
    (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
  );
  let stepTaken = false;
  void taskOf(a)
    .observer.onStep({ seq: 1, name: 'part', output: '1', startedAtMs: 1 })
    .then(() => {
      stepTaken = true;
    });
  taskOf(b).end({ ...done, issues: [big.slice(0, 60_000)] });
  await clock.quiesce();
  expect([engine.storage(), await refused, stepTaken, state(b), state(waiting)]).toEqual([
    'full',
    'storage_full',
    false,
    'running',
    'queued',
  ]);
  taskOf(c).end({ type: 'failed', error: { code: 'busy', message: 'Busy.' }, retryable: false, retryAfterMs: null });
  await clock.advance(70_000);
  // Held by the disk and not by its own fault: the time limit waits too.
  expect([taskOf(a).cancelled(), state(c), runner.started.length]).toEqual([false, 'running', 3]);
  expect(
    await engine.cancel(a).then(
      () => 'none',
      (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
    ),
  ).toBe('storage_full');

  free();
  await clock.advance(2_000);
  expect([engine.storage(), stepTaken, state(b), state(c), state(waiting)]).toEqual(['ok', true, 'done', 'failed', 'running']);
  expect(store.recordedSteps(a)).toHaveLength(1);
  expect(events.filter(event => event.type === 'storage')).toEqual([
    { type: 'storage', state: 'full' },
    { type: 'storage', state: 'ok' },
  ]);
});

test('a database that may not be written is told apart from a full one', async () => {
  const life = open();
  const { engine, enqueue, taskOf, clock, state, db } = life;
  const id = await enqueue();
  db.pragma('query_only = ON');
  taskOf(id).end(done);
  await clock.quiesce();
  expect([engine.storage(), state(id)]).toEqual(['read_only', 'running']);
  await clock.advance(10_000);
  expect(engine.storage()).toBe('read_only');
  db.pragma('query_only = OFF');
  await clock.advance(2_000);
  expect([engine.storage(), state(id)]).toEqual(['ok', 'done']);
});

test('a file that another program has locked is waited for', async () => {
  const life = open();
  const id = await life.enqueue();
  const stranger = openConnection(life.db.name);
  stranger.exec('BEGIN IMMEDIATE');
  life.taskOf(id).end(done);
  await life.clock.quiesce();
  expect([life.engine.storage(), life.state(id)]).toEqual(['read_only', 'running']);
  stranger.exec('ROLLBACK');
  stranger.close();
  await life.clock.advance(2_000);
  expect([life.engine.storage(), life.state(id)]).toEqual(['ok', 'done']);
});

test('a recovery that the disk refuses comes before anything else once there is space', async () => {
  const first = open();
  const id = await first.enqueue();
  let refusing = true;
  const after = harness?.crash({
    store: (store, db) => ({
      ...store,
      giveBack(...given) {
        if (refusing) db.pragma('query_only = ON');
        return store.giveBack(...given);
      },
    }),
  });
  if (after === undefined) throw new Error('No second life.');
  expect([after.resumed, after.engine.storage(), after.state(id)]).toEqual([0, 'read_only', 'running']);
  await after.clock.advance(4_000);
  expect(after.runner.started).toHaveLength(0);
  refusing = false;
  after.db.pragma('query_only = OFF');
  await after.clock.advance(2_000);
  expect([after.state(id), after.runner.started.length, after.store.find(id)?.losses]).toEqual(['running', 1, 1]);
});

test('a stop while the disk is full ends, and the next start recovers what could not be written', async () => {
  const life = open();
  const id = await life.enqueue();
  life.db.pragma('query_only = ON');
  life.taskOf(id).end(done);
  await life.clock.quiesce();
  const stopped = life.engine.stop();
  await life.clock.advance(4_000);
  await stopped;
  expect(life.state(id)).toBe('running');
  expect(life.clock.pendingTimers()).toBe(0);
  const after = harness?.crash();
  expect([after?.resumed, after?.state(id)]).toEqual([1, 'queued']);
});

test('a due time that cannot be read after a commit is asked for again, and what is due comes', async () => {
  let refusals = 1;
  const life = open({
    limits: { duePerCommit: 1 },
    store: store => ({
      ...store,
      earliestDueAtMs: () => {
        if (refusals > 0 && !store.inTransaction()) {
          refusals -= 1;
          throw new Error('disk I/O error');
        }
        return store.earliestDueAtMs();
      },
    }),
  });
  const first = await life.enqueue({ dueAtMs: life.clock.nowMs() + 1_000 });
  const second = await life.enqueue({ dueAtMs: life.clock.nowMs() + 1_000 });
  // A turn knows the time from its own transaction, unless more is due than it may take.
  expect(refusals).toBe(1);
  await life.clock.advance(1_000);
  expect([refusals, life.logged.filter(line => line.includes('disk I/O error'))]).toEqual([0, [expect.any(String)]]);
  await life.clock.advance(60_000);
  for (const id of [first, second]) {
    expect(life.state(id)).toBe('running');
    life.taskOf(id).end(done);
  }
  await life.clock.quiesce();
});
