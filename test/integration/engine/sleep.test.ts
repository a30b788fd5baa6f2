import { afterEach, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import { ParkJob } from '../../../src/main/engine/park-job.ts';
import type { Harness } from '../../support/engine-harness.ts';
import { createHarness } from '../../support/engine-harness.ts';
import { testKind } from '../../support/job-kinds.ts';

const hourMs = 3_600_000;
const nightMs = 8 * hourMs;
const done = { type: 'done', output: '{"n":1}', issues: [] } as const;

let harness: Harness | null = null;
afterEach(() => {
  harness?.check();
  harness?.close();
  harness = null;
});

describe.each([true, false])('a night in which the machine sleeps (timers go on: %s)', timersGoOn => {
  test('is not counted against a running job, nor against one that was asked to stop', async () => {
    harness = createHarness({ kinds: [testKind('chat.answer', { timeLimitMs: 60_000 })] });
    const { enqueue, clock, taskOf, engine, views } = harness.life();
    const id = await enqueue();
    await clock.advance(30_000);
    clock.sleep(nightMs, timersGoOn);
    engine.wake();
    await clock.advance(20_000);
    expect([taskOf(id).cancelled(), views.view(id)?.state]).toEqual([false, 'running']);
    // The rest of its minute; where timers went on, the slice that the sleep cut short is gone.
    await clock.advance(timersGoOn ? 5_000 : 10_000);
    expect([taskOf(id).cancelled(), taskOf(id).killed()]).toEqual([true, false]);
    clock.sleep(nightMs, timersGoOn);
    await clock.advance(defaultLimits.killGraceMs / 2);
    expect(taskOf(id).killed()).toBe(false);
    const { killed } = taskOf(id);
    await clock.advance(defaultLimits.killGraceMs);
    expect(killed()).toBe(true);
  });

  test('brings what was due once, at the waking, and not in a storm', async () => {
    let parked = false;
    harness = createHarness({
      kinds: [
        testKind('chat.answer'),
        testKind('synopsis.make', {
          prepare: job => {
            if (parked) return Promise.resolve(job.payload);
            parked = true;
            const wait = { reason: 'network', expiresAtMs: clock.nowMs() + 2 * hourMs, onExpiry: 'resume' } as const;
            return Promise.reject(new ParkJob(wait));
          },
        }),
      ],
    });
    const { enqueue, clock, runner, engine, views, taskOf } = harness.life();
    const running = await enqueue();
    const due = await enqueue({ dueAtMs: clock.nowMs() + hourMs });
    const later = await enqueue({ dueAtMs: clock.nowMs() + 9 * hourMs });
    const waiting = await enqueue({ kind: 'synopsis.make' });
    const retried = await enqueue();
    taskOf(retried).end({ type: 'failed', error: { code: 'x', message: 'x' }, retryable: true, retryAfterMs: 3 * hourMs });
    await clock.quiesce();
    expect([due, later, waiting, retried].map(id => views.view(id)?.state)).toEqual(['scheduled', 'scheduled', 'waiting', 'scheduled']);
    clock.sleep(nightMs, timersGoOn);
    engine.wake();
    await clock.quiesce();
    expect([due, later, waiting, retried].map(id => views.view(id)?.state)).toEqual(['running', 'scheduled', 'running', 'running']);
    expect(runner.started.filter(task => task.jobId === due)).toHaveLength(1);
    expect(runner.started.filter(task => task.jobId === waiting)).toHaveLength(1);
    expect(views.view(running)).toMatchObject({ state: 'running', attempt: 1 });
    // The lease of before the sleep is the lease of after it.
    taskOf(running).end(done);
    await clock.quiesce();
    expect(views.view(running)?.state).toBe('done');
    for (const held of runner.held()) held.end(done);
    await clock.quiesce();
  });
});

test('a clock set back a year holds nothing up but what was planned by it', async () => {
  harness = createHarness();
  const { enqueue, clock, views, taskOf, engine } = harness.life();
  const running = await enqueue();
  clock.jumpWall(-365 * 24 * hourMs);
  engine.wake();
  const soon = await enqueue({ dueAtMs: clock.nowMs() + 1_000 });
  await clock.advance(defaultLimits.dueSleepMs);
  expect([views.view(running)?.state, views.view(soon)?.state]).toEqual(['running', 'running']);
  for (const id of [running, soon]) taskOf(id).end(done);
  await clock.quiesce();
});
