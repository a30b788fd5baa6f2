import { describe, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { isAlive } from '../support/process-tree.ts';
import { createManualTimers } from '../support/workers/manual-timers.ts';
import { chatTask, runWatched, synopsisTask, until } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';
import { poolSettings } from '../../src/main/workers/pool-settings.ts';

const seats = poolSettings.agent.tasksPerProcess;

failOnLeaks();

/** Time stands still unless a test moves it, so nothing here ends because of a slow machine. */
function hostile(behaviour: string, settings: Parameters<typeof startTestSupervisor>[0]['settings'] = {}) {
  const timers = createManualTimers();
  return { timers, ...startTestSupervisor({ entry: 'hostile-worker.ts', behaviour, timers, settings }) };
}

describe('a worker that breaks the protocol is stopped and its task is lost', () => {
  test.for([
    ['future generation', 'does not exist yet'],
    ['foreign lease', 'a task it does not run'],
    ['bad output', 'does not fit its schema'],
    ['unknown host call', 'no host call'],
    ['unknown frame', 'does not fit the protocol'],
    ['garbage bytes', 'not JSON'],
    ['huge frame', 'more than the'],
    ['huge value', 'does not fit the protocol at "output"'],
    ['flood', 'frames in'],
  ] as const)('%s', async ([behaviour, reason]) => {
    const { runner, pids } = hostile(behaviour);
    const { running } = runWatched(runner, chatTask('x'));
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'protocol', message: expect.stringContaining(reason) as unknown });
    expect(isAlive(pids[0] ?? 0)).toBe(false);
    expect(runner.health().find(each => each.name === 'agent')).toMatchObject({ state: 'stopped', running: 0, restarts: 1 });
  });

  test.for([
    ['step out of nowhere', 'has no step'],
    ['step hole', 'follows step 0'],
  ] as const)('%s', async ([behaviour, reason]) => {
    const { runner } = hostile(behaviour);
    const { running, watched } = runWatched(runner, synopsisTask(['summary']));
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'protocol', message: expect.stringContaining(reason) as unknown });
    expect(watched.steps).toEqual([]);
  });

  test('double done: the first stands, the process goes, a second task in it is returned unharmed', async () => {
    const { runner, pids } = hostile('double done');
    const first = runWatched(runner, chatTask('x'));
    const second = runWatched(runner, chatTask('y'));
    expect(await first.running.ended).toMatchObject({ type: 'done' });
    // Both start frames may be answered before the first breach is read.
    expect(['done', 'lost']).toContain((await second.running.ended).type);
    await until(runner, () => runner.health()[2]?.state === 'stopped');
    expect(isAlive(pids[0] ?? 0)).toBe(false);
  });

  test('an old generation is dropped without harm', async () => {
    const { runner, logs } = hostile('old generation', { recycleAfterTasks: 1, tasksPerProcess: 1 });
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({ type: 'done' });
    await until(runner, () => runner.capacity('agent') === 1);
    const { running, watched } = runWatched(runner, chatTask('x'));
    await watched.here;
    expect(logs.map(line => line.message)).toContain('A frame of generation 1 was dropped.');
    running.kill();
    expect(await running.ended).toEqual({ type: 'cancelled' });
  });
});

describe('a worker that does not answer', () => {
  test('never ready: lost after the ceiling', async () => {
    const { runner, timers, pids } = hostile('never ready');
    const { running } = runWatched(runner, chatTask('x'));
    timers.advance(9_999);
    expect(isAlive(pids[0] ?? 0)).toBe(true);
    timers.advance(1);
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'worker_start' });
  });

  test('dies at start: lost, and says how', async () => {
    const { runner } = hostile('dies at start');
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({
      type: 'lost',
      cause: 'worker_start',
      message: expect.stringContaining('code 3') as unknown,
    });
  });

  test('garbage for ready: a start that failed', async () => {
    const { runner } = hostile('garbage for ready');
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({ type: 'lost', cause: 'worker_start' });
  });

  test.for(['busy loop', 'ignores everything'])('%s: stalled after the silence its pool allows', async behaviour => {
    const { runner, timers } = hostile(behaviour, { stallAfterMs: 20_000 });
    const { running, watched } = runWatched(runner, chatTask('x'));
    await watched.here;
    timers.advance(20_500);
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'stalled' });
  });

  test('a night of sleep is no silence of a worker, and no slow start', async () => {
    const { runner, timers, pids } = hostile('ignores everything', { stallAfterMs: 20_000 });
    const { running, watched } = runWatched(runner, chatTask('x'));
    timers.sleep(8 * 3_600_000);
    timers.advance(0);
    await watched.here;
    timers.sleep(8 * 3_600_000);
    timers.advance(15_000);
    expect(isAlive(pids[0] ?? 0)).toBe(true);
    timers.advance(5_500);
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'stalled' });
  });

  test.for(['busy loop', 'ignores everything'])('%s: killed when it ignores a cancel', async behaviour => {
    const { runner, timers, pids } = hostile(behaviour);
    const { running, watched } = runWatched(runner, chatTask('x'));
    await watched.here;
    running.cancel();
    running.cancel();
    timers.advance(1_999);
    expect(isAlive(pids[0] ?? 0)).toBe(true);
    timers.advance(1);
    expect(await running.ended).toEqual({ type: 'cancelled' });
    expect(runner.health()[2]).toMatchObject({ restarts: 0 });
  });

  test('is killed at shutdown after the ceiling, and its task goes back', async () => {
    const { runner, timers, pids } = hostile('busy loop');
    const { running, watched } = runWatched(runner, chatTask('x'));
    await watched.here;
    const stopped = runner.stop();
    timers.advance(4_000);
    await stopped;
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'shutdown' });
    expect(isAlive(pids[0] ?? 0)).toBe(false);
    expect(timers.pending()).toBe(0);
    expect(await runWatched(runner, chatTask('y')).running.ended).toMatchObject({ type: 'lost', cause: 'shutdown' });
  });
});

describe('a worker that dies', () => {
  test.for([
    ['exit 0 midway', 'code 0'],
    ['exit 1 midway', 'code 1'],
    ['abort', 'signal SIGABRT'],
  ] as const)('%s', async ([behaviour, how]) => {
    const { runner } = hostile(behaviour);
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({
      type: 'lost',
      cause: 'worker_exit',
      message: expect.stringContaining(how) as unknown,
    });
  });

  test.runIf(process.platform === 'linux')('memory hog: its only task fails for good, seen from outside', async () => {
    const { runner, timers } = hostile('memory hog', { hardMemoryBytes: 250 * 1024 * 1024 });
    const { running, watched } = runWatched(runner, chatTask('x'));
    await watched.here;
    timers.advance(250);
    expect(await running.ended).toMatchObject({ type: 'failed', retryable: false, error: { code: 'out_of_memory' } });
    await until(runner, () => runner.health()[2]?.state === 'stopped');
    expect(runner.health()[2]).toMatchObject({ restarts: 0 });
  });

  test('heap bomb: its only task fails for good', async () => {
    const { runner } = hostile('heap bomb', { heapLimitMb: 64 });
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({
      type: 'failed',
      retryable: false,
      error: { code: 'out_of_memory' },
    });
  });

  test('out of memory with two tasks: nobody can tell whose fault, both go back', async () => {
    const { runner } = hostile('heap bomb', { heapLimitMb: 64 });
    const both = [runWatched(runner, chatTask('x')), runWatched(runner, chatTask('y'))];
    for (const { running } of both) expect(await running.ended).toMatchObject({ type: 'lost', cause: 'out_of_memory' });
  });

  test('three deaths open the breaker; after the pause one task may try, and another death doubles the pause', async () => {
    const { runner, timers } = hostile('exit 1 midway');
    const die = async (): Promise<void> => {
      await runWatched(runner, chatTask('x')).running.ended;
    };
    await die();
    await die();
    expect(runner.capacity('agent')).toBe(seats);
    await die();
    expect(runner.capacity('agent')).toBe(0);
    expect(runner.health()[2]).toMatchObject({ state: 'broken', retryAtMs: timers.epochMs() + 5_000 });
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({ type: 'lost', cause: 'shutdown' });
    const told = until(runner, () => runner.capacity('agent') === 1);
    timers.advance(5_000);
    await told;
    expect(runner.health()[2]).toMatchObject({ state: 'restarting', retryAtMs: null });
    await die();
    expect(runner.health()[2]).toMatchObject({ state: 'broken', retryAtMs: timers.epochMs() + 10_000 });
  });
});
