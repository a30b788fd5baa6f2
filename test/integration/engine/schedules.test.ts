import { v7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { scheduleId } from '../../../src/shared/domain/ids.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import type { ScheduleStore } from '../../../src/main/engine/schedule-store.ts';
import type { ScheduleRequest, Schedules, SchedulesOptions } from '../../../src/main/engine/schedules.ts';
import { createSchedules } from '../../../src/main/engine/schedules.ts';
import { createScheduleRepository } from '../../../src/main/store/schedules/schedule-repository.ts';
import type { Harness, HarnessOptions, Life } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;

let harness: Harness | null = null;
let stopLast: (() => void) | null = null;
afterEach(() => {
  stopLast?.();
  stopLast = null;
  harness?.check();
  harness?.close();
  harness = null;
});

interface Planned extends Life {
  readonly schedules: Schedules;
  readonly stored: ScheduleStore;
  readonly changes: () => number;
}

/** An engine with schedules over the same file; the wall clock starts at 2027-01-15T08:00Z, a Friday. */
function plan(life: Life, overrides: Partial<SchedulesOptions> = {}): Planned {
  const stored = createScheduleRepository(life.db);
  let changes = 0;
  const schedules = createSchedules({
    store: stored,
    jobs: life.store,
    clock: life.clock,
    limits: defaultLimits,
    newId: () => scheduleId.parse(v7()),
    log: (level, message) => {
      life.logged.push(`${level}: ${message}`);
    },
    startJob: (schedule, run) =>
      life.engine.enqueueInTransaction({
        kind: 'chat.answer',
        payload: JSON.parse(schedule.payload),
        idempotencyKey: run.key,
        sessionId: schedule.sessionId,
        title: schedule.title,
      }),
    changed: () => {
      changes += 1;
    },
    ...overrides,
  });
  stopLast = schedules.stop;
  schedules.start();
  return { ...life, schedules, stored, changes: () => changes };
}
function open(overrides: Partial<SchedulesOptions> = {}, options: HarnessOptions = {}): Planned {
  harness = createHarness({ kinds: [testKind('chat.answer', { timeLimitMs: 20 * dayMs })], ...options });
  return plan(harness.life(), overrides);
}
/** The same file after a kill, `awayMs` later. */
function again(planned: Planned, awayMs: number, overrides: Partial<SchedulesOptions> = {}): Planned {
  planned.clock.jumpWall(awayMs);
  if (harness === null) throw new Error('Nothing was opened.');
  return plan(harness.crash(), overrides);
}
const morning: ScheduleRequest = {
  id: null,
  kind: 'chat.answer',
  payload: { n: 1 },
  sessionId: null,
  title: 'Every morning',
  cron: '0 9 * * *',
  timeZone: 'UTC',
  missed: 'run_once',
  enabled: true,
};
const jobsOf = ({ db }: Life): { id: JobId; key: string; state: string }[] =>
  db.prepare<[], { id: JobId; key: string; state: string }>('SELECT id, idempotency_key AS key, state FROM job ORDER BY id').all();
const outcomes = ({ stored, schedules }: Planned): (string | undefined)[] =>
  stored.runs(schedules.list()[0]?.id ?? expect.fail('No schedule.'), 99).map(run => run.outcome);

test('starts its job at each planned time, once, under the key of that time', async () => {
  const planned = open();
  const { schedules, clock, runner } = planned;
  const t0 = clock.nowMs();
  const { id, nextAtMs } = schedules.save(morning);
  expect(nextAtMs).toBe(t0 + hourMs);
  await clock.advance(hourMs - 1);
  expect(jobsOf(planned)).toEqual([]);
  await clock.advance(1);
  expect(jobsOf(planned)).toMatchObject([{ key: `schedule:${id}:${t0 + hourMs}`, state: 'running' }]);
  expect(schedules.list()).toMatchObject([{ nextAtMs: t0 + hourMs + dayMs, lastRun: { plannedAtMs: t0 + hourMs, outcome: 'started' } }]);
  runner.held()[0]?.end(done);
  await clock.advance(3 * dayMs);
  for (const held of runner.held()) held.end(done);
  await clock.quiesce();
  expect(outcomes(planned)).toEqual(['overlapped', 'overlapped', 'started', 'started']);
  expect(planned.changes()).toBeGreaterThan(3);
});

test('while its job is active a planned time is let go', async () => {
  const planned = open();
  planned.schedules.save({ ...morning, cron: '0 * * * *' });
  await planned.clock.advance(3 * hourMs);
  expect(outcomes(planned)).toEqual(['overlapped', 'overlapped', 'started']);
  for (const held of planned.runner.held()) held.end(done);
  await planned.clock.advance(hourMs);
  expect(outcomes(planned)[0]).toBe('started');
  for (const held of planned.runner.held()) held.end(done);
  await planned.clock.quiesce();
});

describe('what was missed while the program was off', () => {
  test('a week of mornings is one run, there before the timer is armed', async () => {
    const first = open();
    const { id } = first.schedules.save(morning);
    await first.clock.advance(dayMs);
    const before = jobsOf(first).length;
    const second = again(first, 7 * dayMs);
    // Synchronously, in `start`.
    expect(jobsOf(second)).toHaveLength(before);
    expect(outcomes(second)).toEqual(['overlapped', 'started']);
    second.runner.setCapacity(1);
    await second.clock.quiesce();
    for (const held of second.runner.held()) held.end(done);
    await second.clock.quiesce();
    const third = again(second, 7 * dayMs + 2 * hourMs);
    expect(jobsOf(third)).toHaveLength(before + 1);
    expect(outcomes(third)).toEqual(['started', 'overlapped', 'started']);
    const planned = third.stored.find(id)?.lastRun?.plannedAtMs ?? 0;
    expect(third.clock.nowMs() - planned).toBeLessThan(dayMs);
    expect(new Date(planned).toISOString()).toMatch(/T09:00:00/u);
    await third.clock.quiesce();
    for (const held of third.runner.held()) held.end(done);
    await third.clock.quiesce();
  });

  test('or nothing, with the time named as missed', async () => {
    const first = open();
    first.schedules.save({ ...morning, missed: 'skip' });
    const second = again(first, 3 * dayMs);
    expect([jobsOf(second), outcomes(second)]).toEqual([[], ['missed']]);
    await second.clock.advance(dayMs);
    expect(outcomes(second)).toEqual(['started', 'missed']);
  });

  test('a kill at any moment around a planned time starts it once', async () => {
    let planned = open();
    planned.schedules.save(morning);
    await planned.clock.advance(hourMs);
    expect(jobsOf(planned)).toHaveLength(1);
    // The same moment again and again.
    for (let n = 0; n < 3; n += 1) planned = again(planned, 0);
    await planned.clock.quiesce();
    expect(jobsOf(planned)).toHaveLength(1);
    expect(outcomes(planned)).toEqual(['started']);
  });

  test('a throw after the job was inserted undoes the job with its run', async () => {
    let isFaulty = true;
    const planned = open({
      startJob: (schedule, run) => {
        const enqueued = planned.engine.enqueueInTransaction({ ...planned.request(), idempotencyKey: run.key, title: schedule.title });
        if (isFaulty) throw new EngineError('not_found', 'Its chat was removed.');
        return enqueued;
      },
    });
    planned.schedules.save(morning);
    await planned.clock.advance(hourMs);
    expect(jobsOf(planned)).toEqual([]);
    expect(planned.schedules.list()[0]?.lastRun).toMatchObject({
      outcome: 'refused',
      error: { code: 'not_found', message: 'Its chat was removed.' },
    });
    isFaulty = false;
    await planned.clock.advance(dayMs);
    expect(outcomes(planned)).toEqual(['started', 'refused']);
  });
});

describe('the clock', () => {
  test('set back an hour, the same planned time does not run again', async () => {
    const planned = open();
    const { clock, schedules, runner } = planned;
    schedules.save(morning);
    await clock.advance(hourMs + 1_000);
    runner.held()[0]?.end(done);
    clock.jumpWall(-hourMs);
    schedules.clockJumped();
    expect(new Date(schedules.list()[0]?.nextAtMs ?? 0).toISOString()).toMatch(/01-15T09:00/u);
    await clock.advance(2 * hourMs);
    expect(jobsOf(planned)).toHaveLength(1);
    expect(new Date(schedules.list()[0]?.nextAtMs ?? 0).toISOString()).toMatch(/01-16T09:00/u);
  });

  test('a year ahead and back again, it keeps coming', async () => {
    const planned = open();
    const { clock, schedules, runner } = planned;
    schedules.save(morning);
    clock.jumpWall(365 * dayMs);
    schedules.clockJumped();
    expect(outcomes(planned)).toEqual(['started']);
    await clock.quiesce();
    runner.held()[0]?.end(done);
    clock.jumpWall(-365 * dayMs);
    schedules.clockJumped();
    await clock.advance(hourMs);
    expect(outcomes(planned)).toEqual(['started', 'started']);
    expect(schedules.list()[0]?.nextAtMs).toBe(clock.nowMs() + dayMs);
  });

  test('a night of sleep, in which timers stand still, is one catch-up without being told', async () => {
    const planned = open();
    planned.schedules.save({ ...morning, cron: '* * * * *' });
    await planned.clock.advance(60_000);
    planned.runner.held()[0]?.end(done);
    planned.clock.jumpWall(8 * hourMs);
    await planned.clock.advance(defaultLimits.dueSleepMs);
    expect(outcomes(planned)).toEqual(['started', 'started']);
  });

  test('goes with the time zone: spring runs once and so does autumn', async () => {
    const planned = open();
    const { clock, schedules, runner } = planned;
    runner.onTask = held => {
      held.end(done);
    };
    schedules.save({ ...morning, cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
    for (const [month, day] of [
      [2, 27],
      [9, 30],
    ] as const) {
      clock.jumpWall(Date.UTC(2027, month, day, 12) - clock.nowMs());
      schedules.clockJumped();
      const before = jobsOf(planned).length;
      await clock.advance(2 * dayMs);
      expect(jobsOf(planned)).toHaveLength(before + 2);
    }
  });
});

describe('by hand', () => {
  test('switched off it does not come, and what passed then was not missed', async () => {
    const planned = open();
    const { id } = planned.schedules.save(morning);
    expect(planned.schedules.setEnabled(id, false)).toMatchObject({ enabled: false, nextAtMs: null });
    await planned.clock.advance(3 * dayMs);
    expect([jobsOf(planned), planned.clock.pendingTimers()]).toEqual([[], 0]);
    planned.schedules.setEnabled(id, true);
    await planned.clock.quiesce();
    expect(jobsOf(planned)).toEqual([]);
    await planned.clock.advance(dayMs);
    expect(outcomes(planned)).toEqual(['started']);
  });

  test('saved anew it follows the new times; removed it is gone', async () => {
    const planned = open();
    const { id } = planned.schedules.save(morning);
    planned.schedules.save({ ...morning, id, cron: '30 8 * * *', title: 'Earlier' });
    await planned.clock.advance(hourMs / 2);
    expect(planned.schedules.list()).toMatchObject([{ id, title: 'Earlier', lastRun: { outcome: 'started' } }]);
    planned.schedules.remove(id);
    await planned.clock.advance(2 * dayMs);
    expect([jobsOf(planned).length, planned.schedules.list()]).toEqual([1, []]);
    expect(() => planned.schedules.remove(id)).toThrow(/no schedule/u);
    expect(() => planned.schedules.setEnabled(id, true)).toThrow(/no schedule/u);
    expect(() => planned.schedules.save({ ...morning, id })).toThrow(/no schedule/u);
  });

  test('what never comes is refused and nothing is kept', () => {
    const planned = open();
    expect(() => planned.schedules.save({ ...morning, cron: '0 0 31 2 *' })).toThrow(/"0 0 31 2 \*" never comes/u);
    expect(() => planned.schedules.preview('0 9 * * *', 'Mars/Olympus', 1)).toThrow(/Mars\/Olympus/u);
    expect(planned.schedules.list()).toEqual([]);
    expect(planned.schedules.preview('0 9 * * *', 'UTC', 2)).toEqual([
      planned.clock.nowMs() + hourMs,
      planned.clock.nowMs() + hourMs + dayMs,
    ]);
  });
});

describe('refusals', () => {
  test('a full queue is waited for where runs are made up for, and a refusal elsewhere', async () => {
    const planned = open({}, { limits: { queueLength: 1 }, capacity: 0 });
    const patient = planned.schedules.save(morning);
    const other = planned.schedules.save({ ...morning, missed: 'skip' });
    const blocking = await planned.enqueue();
    await planned.clock.advance(hourMs);
    expect(planned.stored.find(other.id)?.lastRun).toMatchObject({ outcome: 'refused', error: { code: 'queue_full' } });
    expect(planned.stored.find(patient.id)).toMatchObject({ lastRun: null, nextAtMs: patient.nextAtMs });
    await planned.clock.advance(30_000);
    const cancelled = planned.engine.cancel(blocking);
    await planned.clock.quiesce();
    await cancelled;
    await planned.clock.advance(30_000);
    expect(planned.stored.find(patient.id)?.lastRun).toMatchObject({ outcome: 'started', plannedAtMs: patient.nextAtMs });
  });

  test.each([
    ['the database', () => Object.assign(new Error('disk full'), { code: 'SQLITE_FULL', name: 'SqliteError' })],
    ['the engine', () => new EngineError('storage_full', 'disk full for the engine')],
  ])('storage that refuses %s is tried again, and the run is made then', async (_, refusal) => {
    let isFull = false;
    const planned = open({
      startJob: (schedule, run) => {
        if (isFull) throw refusal();
        return planned.engine.enqueueInTransaction({ ...planned.request(), idempotencyKey: run.key, title: schedule.title });
      },
      jobs: {
        find: id => planned.store.find(id),
        inTransaction: () => planned.store.inTransaction(),
        storageFailure: error => (error instanceof Error && error.message === 'disk full' ? 'full' : null),
      },
    });
    planned.schedules.save(morning);
    isFull = true;
    await planned.clock.advance(hourMs + 30_000);
    expect([outcomes(planned), planned.logged.at(-1)]).toEqual([[], expect.stringContaining('disk full')]);
    isFull = false;
    await planned.clock.advance(60_000);
    expect(outcomes(planned)).toEqual(['started']);
  });

  test('the job of a planned time is there with its row or not at all', async () => {
    let isFull = true;
    harness = createHarness({ kinds: [testKind('chat.answer')] });
    const life = harness.life();
    const stored = createScheduleRepository(life.db);
    const planned = plan(life, {
      store: {
        ...stored,
        recordRun(id, run) {
          if (isFull) throw new Error('The row is refused.');
          return stored.recordRun(id, run);
        },
      },
    });
    planned.schedules.save(morning);
    await planned.clock.advance(hourMs);
    expect([jobsOf(planned), outcomes(planned)]).toEqual([[], []]);
    isFull = false;
    await planned.clock.advance(60_000);
    expect([jobsOf(planned).map(job => job.state), outcomes(planned)]).toEqual([['running'], ['started']]);
    for (const held of planned.runner.held()) held.end(done);
    await planned.clock.quiesce();
  });

  test('a run whose transaction was rolled back underneath it is tried again, and nothing is written outside one', async () => {
    let isLost = false;
    const planned = open({
      startJob: (schedule, run) => {
        if (isLost) {
          planned.db.exec('ROLLBACK');
          throw new Error('The database gave the transaction up.');
        }
        return planned.engine.enqueueInTransaction({ ...planned.request(), idempotencyKey: run.key, title: schedule.title });
      },
    });
    planned.schedules.save(morning);
    isLost = true;
    await planned.clock.advance(hourMs + 30_000);
    expect(outcomes(planned)).toEqual([]);
    isLost = false;
    await planned.clock.advance(60_000);
    expect(outcomes(planned)).toEqual(['started']);
  });

  test('a read that storage refuses and a listener that throws leave the timer alive', async () => {
    harness = createHarness({ kinds: [testKind('chat.answer', { timeLimitMs: 20 * dayMs })] });
    const life = harness.life();
    const stored = createScheduleRepository(life.db);
    let isRefused = false;
    const planned = plan(life, {
      store: {
        ...stored,
        earliestNextAtMs() {
          if (isRefused) throw new Error('disk I/O error');
          return stored.earliestNextAtMs();
        },
      },
      changed: () => {
        if (isRefused) throw new Error('A listener threw.');
      },
    });
    planned.schedules.save({ ...morning, cron: '* * * * *' });
    await planned.clock.quiesce();
    isRefused = true;
    planned.schedules.save(morning);
    await planned.clock.advance(60_000);
    planned.runner.held()[0]?.end(done);
    isRefused = false;
    await planned.clock.advance(60_000);
    expect(jobsOf(planned)).toHaveLength(2);
    expect(planned.logged.join(' ')).toMatch(/A listener threw.*disk I\/O error/u);
  });

  test('a stored expression that no longer reads is switched off with the reason, and the others come', async () => {
    const planned = open();
    const { id } = planned.schedules.save(morning);
    const sound = planned.schedules.save(morning);
    planned.db.prepare("UPDATE schedule SET time_zone = 'Mars/Olympus' WHERE id = ?").run(id);
    await planned.clock.advance(hourMs);
    expect(planned.stored.find(id)).toMatchObject({ enabled: false, lastRun: { outcome: 'refused', error: { code: 'bad_time_zone' } } });
    expect(planned.stored.find(sound.id)?.lastRun?.outcome).toBe('started');
  });
});
