import { v7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import type { BudgetLimits } from '../../../src/shared/domain/budget.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { jobId, sessionId } from '../../../src/shared/domain/ids.ts';
import type { StoredBudget } from '../../../src/main/engine/budget-store.ts';
import { createBudgetReleases } from '../../../src/main/engine/budget-releases.ts';
import { createBudgets } from '../../../src/main/engine/budgets.ts';
import type { EngineLog } from '../../../src/main/engine/engine-log.ts';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import { createMemoryBudgetStore } from '../../support/memory-budget-store.ts';
import type { Harness, HarnessOptions, Life } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

const secondMs = 1_000;
const hourMs = 3_600 * secondMs;
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;
const none: BudgetLimits = { tokens: null, moneyMinor: null, steps: null, wallMs: null };

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});

/** The wall clock starts at 2027-01-15T08:00Z. */
function open(options: HarnessOptions = {}): Life {
  harness = createHarness({ kinds: [testKind('chat.answer', { timeLimitMs: hourMs })], ...options });
  return harness.life();
}
function again(): Life {
  if (harness === null) throw new Error('Nothing was opened.');
  return harness.crash();
}
const perCommit = 10;
/** One for each life, as the program makes it. */
function releasesOf(
  { store, budgets, engine, clock }: Pick<Life, 'store' | 'budgets' | 'engine' | 'clock'>,
  log: EngineLog = () => undefined,
) {
  return createBudgetReleases({ store, budgets, engine, clock, log, limits: { ...defaultLimits, resumedPerCommit: perCommit } });
}
/** As `budgets.set` of the contract does; how many go on. */
async function set(life: Life, budget: Partial<StoredBudget> & Pick<StoredBudget, 'scope' | 'subject'>): Promise<number> {
  life.store.transaction(() => life.budgets.set({ period: 'ever', limits: none, ...budget }));
  const resumed = releasesOf(life).release();
  await life.clock.quiesce();
  return resumed;
}
const spentBy = ({ budgets }: Life, id: JobId) => budgets.ofJob(id)?.spent;
/** Reports a step and lets it settle; true when the worker may go on. */
async function step({ clock, taskOf }: Life, id: JobId, n: number, tokens: number, moneyMinor = 0): Promise<boolean> {
  const recorded = taskOf(id)
    .step(`part:${n}`, n, { usage: { tokens, moneyMinor } })
    .then(
      () => true,
      () => false,
    );
  await clock.quiesce();
  return recorded;
}
function park(life: Life, id: JobId): Promise<void> {
  expect(life.taskOf(id).cancelled()).toBe(true);
  life.taskOf(id).end({ type: 'cancelled' });
  return life.clock.quiesce();
}

test('what steps and the end use up is charged to the job, its session, its provider and the program', async () => {
  const life = open();
  const session = sessionId.parse(v7());
  await set(life, { scope: 'session', subject: session, limits: { ...none, tokens: 1_000 } });
  await set(life, { scope: 'provider', subject: 'ollama', period: 'day', limits: { ...none, moneyMinor: 50 } });
  await set(life, { scope: 'program', subject: '', period: 'day', limits: { ...none, tokens: 9_000 } });
  const id = await life.enqueue({ sessionId: session, provider: 'ollama' });
  expect(await step(life, id, 1, 100, 0.25)).toBe(true);
  expect(await step(life, id, 2, 50, 0.5)).toBe(true);
  life.taskOf(id).end({ ...done, usage: { tokens: 7, moneyMinor: 0.25 } });
  await life.clock.quiesce();
  expect(life.state(id)).toBe('done');
  expect(life.budgets.ofSession(session)).toMatchObject({
    spent: { tokens: 157 },
    spentToday: { tokens: 157 },
    budgets: [
      { scope: 'session', subject: session },
      { scope: 'program', spent: { tokens: 157 } },
    ],
  });
  expect(spentBy(life, id)).toMatchObject({ tokens: 157, moneyMinor: 1 });
  expect(life.budgets.list().map(({ scope, spent, endsAtMs }) => [scope, spent?.tokens, spent?.moneyMinor, endsAtMs])).toEqual([
    ['program', 157, 1, Date.UTC(2027, 0, 16)],
    ['provider', 157, 1, Date.UTC(2027, 0, 16)],
    ['session', 157, 1, null],
  ]);
});

test('of several that are done in one turn each is charged with its own', async () => {
  const life = open();
  const ids = [await life.enqueue(), await life.enqueue(), await life.enqueue()];
  for (const [n, id] of ids.entries()) life.taskOf(id).end({ ...done, usage: { tokens: 7 + n, moneyMinor: 0.25 } });
  await life.clock.quiesce();
  expect(ids.map(id => [life.state(id), spentBy(life, id)?.tokens])).toEqual([
    ['done', 7],
    ['done', 8],
    ['done', 9],
  ]);
});

test('a job that nobody limits and that says nothing writes nothing', async () => {
  const life = open();
  const id = await life.enqueue();
  expect(await step(life, id, 1, 0)).toBe(true);
  await life.clock.advance(10 * secondMs);
  life.taskOf(id).end(done);
  await life.clock.quiesce();
  expect(life.db.prepare('SELECT count(*) FROM budget_spent').pluck().get()).toBe(0);
});

test('a step that reaches the budget stands and parks its job, until somebody raises it', async () => {
  const life = open();
  const id = await life.enqueue();
  await set(life, { scope: 'job', subject: id, limits: { ...none, tokens: 100 } });
  expect(await step(life, id, 1, 60)).toBe(true);
  expect(await step(life, id, 2, 60)).toBe(false);
  await park(life, id);
  expect(life.views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'budget', attempt: 0, stepsDone: 2 });
  const detail: unknown = life.db.prepare('SELECT wait_detail FROM job WHERE id = ?').pluck().get(id);
  expect(JSON.parse(String(detail))).toEqual({ scope: 'job', subject: id, period: 'ever', unit: 'tokens', limit: 100, spent: 120 });
  expect(life.views.counts().needsYou).toBe(1);
  // Too little is no help.
  expect(await set(life, { scope: 'job', subject: id, limits: { ...none, tokens: 120 } })).toBe(0);
  expect(await set(life, { scope: 'job', subject: id, limits: { ...none, tokens: 1_000 } })).toBe(1);
  await life.clock.quiesce();
  expect(life.taskOf(id).task.recorded.map(({ name }) => name)).toEqual(['part:1', 'part:2']);
  life.taskOf(id).end(done);
  await life.clock.quiesce();
  expect([life.state(id), spentBy(life, id)?.tokens]).toEqual(['done', 120]);
});

test('a budget that is used up keeps the next job from starting, also one that is enqueued later and after a crash', async () => {
  const life = open();
  const session = sessionId.parse(v7());
  await set(life, { scope: 'session', subject: session, limits: { ...none, tokens: 10 } });
  const first = await life.enqueue({ sessionId: session });
  await step(life, first, 1, 10);
  await park(life, first);
  const second = await life.enqueue({ sessionId: session });
  const elsewhere = await life.enqueue({ sessionId: sessionId.parse(v7()) });
  expect([first, second, elsewhere].map(life.state)).toEqual(['waiting', 'waiting', 'running']);
  expect(life.runner.started.filter(task => task.jobId === second)).toEqual([]);
  const next = again();
  await next.clock.quiesce();
  expect([first, second].map(next.state)).toEqual(['waiting', 'waiting']);
  // Taken away, it holds nobody.
  expect(await set(next, { scope: 'session', subject: session })).toBe(2);
  await next.clock.quiesce();
  expect([first, second].map(next.state)).toEqual(['running', 'running']);
  for (const held of next.runner.held()) held.end(done);
  await next.clock.quiesce();
});

test('a budget of a day lets its jobs go on when the day ends, even if the program was off then', async () => {
  const life = open();
  await set(life, { scope: 'program', subject: '', period: 'day', limits: { ...none, moneyMinor: 5 } });
  const id = await life.enqueue();
  await step(life, id, 1, 1, 5);
  await park(life, id);
  expect(life.state(id)).toBe('waiting');
  await life.clock.advance(15 * hourMs);
  expect(life.state(id)).toBe('waiting');
  const next = again();
  next.clock.jumpWall(2 * hourMs);
  next.engine.wake();
  await next.clock.quiesce();
  expect(next.state(id)).toBe('running');
  expect(next.budgets.list()[0]?.spent).toMatchObject({ moneyMinor: 0 });
  next.taskOf(id).end(done);
  await next.clock.quiesce();
  expect(spentBy(next, id)?.moneyMinor).toBe(5);
});

test('a budget of every job is each one’s own, and one of its own comes before it', async () => {
  const life = open();
  await set(life, { scope: 'job', subject: '*', limits: { ...none, tokens: 10 } });
  const [first, second] = [await life.enqueue(), await life.enqueue()];
  await set(life, { scope: 'job', subject: second, limits: { ...none, tokens: 100 } });
  expect(await step(life, first, 1, 9)).toBe(true);
  expect(await step(life, second, 1, 50)).toBe(true);
  expect(life.budgets.ofJob(first)?.budgets).toMatchObject([{ scope: 'job', subject: '*', limits: { tokens: 10 }, spent: { tokens: 9 } }]);
  expect(life.budgets.ofJob(second)?.budgets).toMatchObject([
    { scope: 'job', subject: second, limits: { tokens: 100 }, spent: { tokens: 50 } },
  ]);
  expect(await step(life, first, 2, 9)).toBe(false);
  await park(life, first);
  life.taskOf(second).end(done);
  await life.clock.quiesce();
  expect([first, second].map(life.state)).toEqual(['waiting', 'done']);
});

test('a task’s budget holds for all of its parts together, and no part has one of every job for itself', async () => {
  const life = open({ kinds: [testKind('agent.run', { timeLimitMs: hourMs })] });
  await set(life, { scope: 'job', subject: '*', limits: { ...none, tokens: 10 } });
  const task = await life.enqueue({ kind: 'agent.run' });
  const [part, other] = [
    await life.enqueue({ kind: 'agent.run', parentId: task }),
    await life.enqueue({ kind: 'agent.run', parentId: task }),
  ];
  const stranger = await life.enqueue({ kind: 'agent.run' });
  expect(await step(life, part, 1, 6)).toBe(true);
  expect(await step(life, other, 1, 3)).toBe(true);
  expect(await step(life, stranger, 1, 3)).toBe(true);
  expect([task, part, other].map(id => spentBy(life, id)?.tokens)).toEqual([9, 6, 3]);
  // The tenth token of the task: whichever of its jobs uses it, all of them wait, and nobody else does.
  expect(await step(life, other, 2, 1)).toBe(false);
  await park(life, other);
  expect(life.budgets.ofJob(part)?.budgets).toMatchObject([{ scope: 'job', subject: '*', spent: { tokens: 10 } }]);
  expect(life.views.inspect(other)?.job.wait?.limit).toMatchObject({ scope: 'job', subject: task, unit: 'tokens', limit: 10 });
  expect(await step(life, part, 2, 1)).toBe(false);
  await park(life, part);
  expect(await step(life, stranger, 2, 3)).toBe(true);
  // Raised once, for the task, all of it goes on.
  expect(await set(life, { scope: 'job', subject: task, limits: { ...none, tokens: 100 } })).toBe(2);
  expect([part, other].map(life.state)).toEqual(['running', 'running']);
});

test('steps are counted where a limit on them holds: the last one that it allows stands, and the job waits', async () => {
  const life = open();
  const free = await life.enqueue();
  expect(await step(life, free, 1, 0)).toBe(true);
  expect(spentBy(life, free)?.steps).toBe(0);
  life.taskOf(free).end(done);
  await life.clock.quiesce();
  await set(life, { scope: 'job', subject: '*', limits: { ...none, steps: 2 } });
  const id = await life.enqueue();
  expect(await step(life, id, 1, 0)).toBe(true);
  expect(await step(life, id, 2, 0)).toBe(false);
  await park(life, id);
  expect(life.views.inspect(id)?.job).toMatchObject({
    state: 'waiting',
    waitReason: 'budget',
    wait: { limit: { unit: 'steps', limit: 2 } },
  });
  expect(spentBy(life, id)?.steps).toBe(2);
  const next = again();
  expect(await set(next, { scope: 'job', subject: id, limits: { ...none, steps: 3 } })).toBe(1);
  expect(next.state(id)).toBe('running');
});

describe('time', () => {
  test('runs out in the middle of the work, which goes on from its last step when there is more', async () => {
    const life = open();
    const id = await life.enqueue();
    life.taskOf(id).end({ type: 'lost', cause: 'shutdown', message: 'So that the limit is there from the start.' });
    await set(life, { scope: 'job', subject: id, limits: { ...none, wallMs: 10 * secondMs } });
    await life.clock.quiesce();
    await life.clock.advance(4 * secondMs);
    expect(await step(life, id, 1, 0)).toBe(true);
    expect(spentBy(life, id)?.wallMs).toBe(4 * secondMs);
    await life.clock.advance(5 * secondMs);
    expect(life.taskOf(id).cancelled()).toBe(false);
    // Asleep, it uses up nothing but the slice that was cut short.
    life.clock.sleep(8 * hourMs, false);
    await life.clock.advance(secondMs);
    await park(life, id);
    expect(life.views.view(id)).toMatchObject({ state: 'waiting', waitReason: 'budget', stepsDone: 1 });
    expect(spentBy(life, id)?.wallMs).toBe(10 * secondMs);
    expect(await set(life, { scope: 'job', subject: id, limits: { ...none, wallMs: 20 * secondMs } })).toBe(1);
    await life.clock.quiesce();
    await life.clock.advance(3 * secondMs);
    life.taskOf(id).end(done);
    await life.clock.quiesce();
    expect([life.state(id), spentBy(life, id)?.wallMs]).toEqual(['done', 13 * secondMs]);
  });

  test('raised while its job is being stopped, it lets the job go on at once', async () => {
    const life = open();
    await set(life, { scope: 'job', subject: '*', limits: { ...none, wallMs: 5 * secondMs } });
    const id = await life.enqueue();
    await life.clock.advance(5 * secondMs);
    expect(life.taskOf(id).cancelled()).toBe(true);
    await set(life, { scope: 'job', subject: '*', limits: { ...none, wallMs: 50 * secondMs } });
    life.taskOf(id).end({ type: 'cancelled' });
    await life.clock.quiesce();
    // Raised before it was settled: it goes on at once, and its attempt is not counted.
    expect(life.views.view(id)).toMatchObject({ state: 'running', attempt: 1 });
    life.taskOf(id).end(done);
    await life.clock.quiesce();
  });
});

describe('a charge stands with its step or not at all', () => {
  test('a step whose hook throws is not charged, and one that shares its transaction is charged once', async () => {
    const life = open({
      kinds: [
        testKind('chat.answer', {
          onStep: (_, { name }) => {
            if (name === 'part:13') throw new Error('The hook is at fault.');
          },
        }),
      ],
    });
    // Far from being reached: with it time is counted.
    await set(life, { scope: 'program', subject: '', limits: { ...none, wallMs: hourMs } });
    const [good, bad] = [await life.enqueue(), await life.enqueue()];
    await life.clock.advance(3 * secondMs);
    // One turn: what throws tears the transaction, and it is run again from its start.
    const steps = [
      life.taskOf(good).step('part:1', 1, { usage: { tokens: 5, moneyMinor: 0 } }),
      life.taskOf(bad).step('part:13', 13, { usage: { tokens: 7, moneyMinor: 0 } }),
    ];
    const settled = Promise.allSettled(steps);
    await life.clock.quiesce();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect([spentBy(life, good)?.tokens, spentBy(life, bad)?.tokens]).toEqual([5, 0]);
    expect(spentBy(life, good)?.wallMs).toBe(3 * secondMs);
    for (const held of life.runner.held()) held.end(done);
    await life.clock.quiesce();
  });

  test('a step that its worker reports once more is charged once', async () => {
    const life = open();
    const id = await life.enqueue();
    expect(await step(life, id, 1, 5)).toBe(true);
    expect(await step(life, id, 1, 5)).toBe(true);
    expect(spentBy(life, id)?.tokens).toBe(5);
    life.taskOf(id).end(done);
    await life.clock.quiesce();
  });

  test('a limit that was read and then not committed holds nobody', async () => {
    const life = open();
    expect(() =>
      life.store.transaction(() => {
        life.budgets.set({ scope: 'program', subject: '', period: 'ever', limits: { ...none, tokens: 0 } });
        expect(life.budgets.list()).toHaveLength(1);
        throw new Error('It does not stand.');
      }),
    ).toThrow('It does not stand.');
    await life.clock.quiesce();
    expect(life.budgets.list()).toEqual([]);
    expect(life.state(await life.enqueue())).toBe('running');
    for (const held of life.runner.held()) held.end(done);
    await life.clock.quiesce();
  });

  test('after a kill the job has spent what its recorded steps say', async () => {
    const life = open();
    const id = await life.enqueue();
    await step(life, id, 1, 5);
    await step(life, id, 2, 6);
    // Reported and not committed when the program dies.
    life
      .taskOf(id)
      .step('part:3', 3, { usage: { tokens: 100, moneyMinor: 0 } })
      .catch(() => undefined);
    const next = again();
    await next.clock.quiesce();
    expect([next.taskOf(id).task.recorded.length, spentBy(next, id)?.tokens]).toEqual([2, 11]);
    expect(await step(next, id, 3, 7)).toBe(true);
    next.taskOf(id).end(done);
    await next.clock.quiesce();
    expect(spentBy(next, id)?.tokens).toBe(18);
  });

  test('a job that is cleaned away takes what it has spent along', async () => {
    const life = open();
    const id = await life.enqueue();
    await set(life, { scope: 'job', subject: id, limits: { ...none, tokens: 100 } });
    await step(life, id, 1, 5);
    life.taskOf(id).end(done);
    await life.clock.quiesce();
    life.db.prepare('DELETE FROM job').run();
    expect(life.db.prepare("SELECT count(*) FROM budget_spent WHERE scope = 'job'").pluck().get()).toBe(0);
    expect(life.db.prepare('SELECT count(*) FROM budget').pluck().get()).toBe(0);
    harness?.close();
    harness = null;
  });
});

test('a charge belongs to one day, also when midnight comes between two of its rows', () => {
  const midnightMs = Date.UTC(2027, 0, 16);
  let nowMs = midnightMs - 1;
  const store = createMemoryBudgetStore(() => null);
  const add: typeof store.add = (...row) => {
    store.add(...row);
    nowMs = midnightMs;
  };
  const clock = { nowMs: () => nowMs, afterTurn: (callback: () => void) => callback() };
  const budgets = createBudgets({ store: { ...store, add }, clock, timeZone: 'UTC' });
  const id = jobId.parse(v7());
  const meter = budgets.meter({ id, sessionId: null, provider: null, parentId: null }, () => 0);
  meter.charge({ afterCommit: effect => effect() }, { tokens: 5, moneyMinor: 0 }, 1);
  expect([store.spent('job', id, midnightMs).tokens, store.spent('program', '', midnightMs).tokens]).toEqual([5, 5]);
});

describe('many jobs that a raised budget lets go on', () => {
  const many = 25;
  const waiting = ({ store }: Pick<Life, 'store'>): number => store.waitingFor('budget', null).length;

  /** Jobs that wait for a budget of the program, in a queue that begins nothing. */
  async function held(options: HarnessOptions = {}): Promise<Life> {
    const life = open({ capacity: 2, ...options });
    await set(life, { scope: 'program', subject: '', limits: { ...none, tokens: 0 } });
    for (let n = 0; n < many; n += 1) await life.enqueue();
    expect(waiting(life)).toBe(many);
    life.engine.setPaused(true);
    return life;
  }
  function raise({ store, budgets }: Life): void {
    store.transaction(() => budgets.set({ scope: 'program', subject: '', period: 'ever', limits: { ...none, tokens: 1_000 } }));
  }

  test('go on so many in a transaction, and all are counted', async () => {
    const life = await held();
    const left = new Set<number>();
    life.engine.subscribe(event => {
      if (event.type === 'resumed') left.add(waiting(life));
    });
    expect(await set(life, { scope: 'program', subject: '', limits: { ...none, tokens: 1_000 } })).toBe(many);
    expect([...left]).toEqual([15, 5, 0]);
  });

  test('go on after a kill in the middle', async () => {
    const life = await held();
    raise(life);
    void releasesOf(life).release();
    expect(waiting(life)).toBe(15);
    const next = again();
    next.engine.setPaused(true);
    await next.clock.quiesce();
    expect(waiting(next)).toBe(15);
    releasesOf(next).start();
    await next.clock.quiesce();
    expect(waiting(next)).toBe(0);
  });

  test('go on once storage takes writes that it refused in the middle', async () => {
    const life = await held();
    const releases = releasesOf(life);
    raise(life);
    const refused = releases.release().catch((error: unknown) => error);
    expect(waiting(life)).toBe(15);
    life.db.pragma('query_only = ON');
    await life.clock.quiesce();
    expect(await refused).toBeInstanceOf(Error);
    await life.clock.advance(5 * secondMs);
    expect(waiting(life)).toBe(15);
    life.db.pragma('query_only = OFF');
    await life.clock.advance(5 * secondMs);
    expect(waiting(life)).toBe(0);
  });

  test('are left for the next start when the program closes', async () => {
    const life = await held();
    const releases = releasesOf(life);
    raise(life);
    const released = releases.release();
    releases.stop();
    await life.clock.quiesce();
    expect([await released, waiting(life)]).toEqual([10, 15]);
  });
});
