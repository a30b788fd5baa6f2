import { describe, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { chatTask, runWatched, until, watch } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';

failOnLeaks();

const place = 'here';
const honest = (settings: Parameters<typeof startTestSupervisor>[0]['settings'] = {}) =>
  startTestSupervisor({ entry: 'honest-worker.ts', settings: { maxProcesses: 1, tasksPerProcess: 2, ...settings } });
/** The process is there. */
async function warm({ runner }: ReturnType<typeof honest>): Promise<void> {
  await runWatched(runner, chatTask('x')).running.ended;
}
const notBegun = { type: 'lost', cause: 'shutdown' };

describe('tasks of one place', () => {
  test('take one seat, run one after the other, and the next begins without being told', async () => {
    const supervisor = honest();
    const { runner } = supervisor;
    await warm(supervisor);
    const first = runWatched(runner, chatTask('wait', { place }));
    await first.watched.here;
    const second = runWatched(runner, chatTask('second', { place }));
    const third = runWatched(runner, chatTask('third', { place }));
    expect([runner.capacity('agent'), first.watched.begun, second.watched.begun]).toEqual([1, 1, 0]);
    // A whole task through the same process: had the second one begun, it would have ended by now.
    await runWatched(runner, chatTask('x')).running.ended;
    expect(second.watched.begun).toBe(0);
    first.running.cancel();
    expect(await first.running.ended).toMatchObject({ type: 'cancelled' });
    expect(await second.running.ended).toMatchObject({ type: 'done', output: expect.stringContaining('second') });
    expect(await third.running.ended).toMatchObject({ type: 'done', tookMs: expect.any(Number) });
    expect([second.watched.begun, third.watched.begun, runner.capacity('agent')]).toEqual([1, 1, 2]);
  });

  test('are kept in line while their process starts', async () => {
    const { runner } = honest();
    const tasks = ['a', 'b', 'c'].map(question => runWatched(runner, chatTask(question, { place })));
    expect(runner.capacity('agent')).toBe(1);
    for (const { running } of tasks) expect(await running.ended).toMatchObject({ type: 'done' });
    expect(runner.capacity('agent')).toBe(2);
  });

  test('are given back when asked for, unless they have begun', async () => {
    const supervisor = honest();
    const { runner } = supervisor;
    await warm(supervisor);
    const first = runWatched(runner, chatTask('wait', { place }));
    const [second, third] = [runWatched(runner, chatTask('b', { place })), runWatched(runner, chatTask('c', { place }))];
    await first.watched.here;
    first.running.withdraw();
    second.running.withdraw();
    second.running.withdraw();
    expect(await second.running.ended).toMatchObject(notBegun);
    first.running.cancel();
    expect(await third.running.ended).toMatchObject({ type: 'done' });
    expect([second.watched.begun, third.watched.begun]).toEqual([0, 1]);
  });

  test('are cancelled while they wait', async () => {
    const supervisor = honest();
    const { runner } = supervisor;
    await warm(supervisor);
    const first = runWatched(runner, chatTask('wait', { place }));
    const second = runWatched(runner, chatTask('b', { place }));
    await first.watched.here;
    second.running.cancel();
    expect(await second.running.ended).toEqual({ type: 'cancelled' });
    expect(second.watched.begun).toBe(0);
    first.running.cancel();
    expect(await first.running.ended).toMatchObject({ type: 'cancelled' });
    expect(runner.capacity('agent')).toBe(2);
  });

  test.each([
    ['a cancel', 'cancel', 'cancelled'],
    ['a wish to have it back', 'withdraw', 'done'],
  ] as const)('that begin while %s is on its way have begun', async (_, wish, end) => {
    const { runner } = startTestSupervisor({ entry: 'hostile-worker.ts', behaviour: 'begins when asked to give back' });
    const first = runWatched(runner, chatTask('a', { place }));
    const second = runWatched(runner, chatTask('b', { place }));
    await until(runner, () => first.watched.begun === 1);
    second.running[wish]();
    expect(await first.running.ended).toMatchObject({ type: 'done' });
    expect(second.watched.begun).toBe(1);
    if (wish === 'withdraw') {
      // It is at work and says so with its end.
      const third = runWatched(runner, chatTask('c', { place }));
      third.running.withdraw();
    }
    expect(await second.running.ended).toMatchObject({ type: end });
  });

  test('share the death of their process with the one before them, whose end may have been on its way; those behind have no part in it', async () => {
    const supervisor = honest();
    const { runner } = supervisor;
    await warm(supervisor);
    const [first, second, third] = ['wait', 'b', 'c'].map(question => runWatched(runner, chatTask(question, { place })));
    await first?.watched.here;
    const [pid] = supervisor.pids;
    if (pid === undefined) throw new Error('No process was started.');
    process.kill(pid, 'SIGKILL');
    expect(await first?.running.ended).toMatchObject({ type: 'lost', cause: 'worker_exit' });
    expect(await second?.running.ended).toMatchObject({ type: 'lost', cause: 'worker_exit' });
    expect(await third?.running.ended).toMatchObject(notBegun);
  });

  test('leave nobody to blame alone for a process that holds too much', async () => {
    let bytes = 1;
    const { runner } = startTestSupervisor({ entry: 'honest-worker.ts', rssOf: () => bytes });
    const first = runWatched(runner, chatTask('wait', { place }));
    const second = runWatched(runner, chatTask('b', { place }));
    await first.watched.here;
    bytes = Number.MAX_SAFE_INTEGER;
    // Memory is looked at, and what it holds is too much.
    expect(await first.running.ended).toMatchObject({ type: 'lost', cause: 'out_of_memory' });
    expect(await second.running.ended).toMatchObject({ type: 'lost', cause: 'out_of_memory' });
  });

  test('are not taken while the breaker is not closed', async () => {
    const supervisor = honest({ maxProcesses: 2, tasksPerProcess: 1 });
    const { runner } = supervisor;
    await warm(supervisor);
    const first = runWatched(runner, chatTask('wait', { place }));
    await first.watched.here;
    expect(runner.takesBehind('agent', place)).toBe(true);
    while (runner.capacity('agent') > 0) await runWatched(runner, chatTask('crash')).running.ended;
    expect(runner.health().find(({ name }) => name === 'agent')?.state).toBe('broken');
    expect(runner.takesBehind('agent', place)).toBe(false);
    first.running.cancel();
    await first.running.ended;
  });

  test('that wait do not begin when the process is told to leave', async () => {
    const supervisor = honest();
    const { runner } = supervisor;
    await warm(supervisor);
    const first = runWatched(runner, chatTask('finish in spite of cancel', { place }));
    const second = runWatched(runner, chatTask('b', { place }));
    await first.watched.here;
    await runner.stop();
    expect(await second.running.ended).toMatchObject(notBegun);
    expect(second.watched.begun).toBe(0);
  });

  test('are not taken where each task has a process of its own, nor behind one that is about to leave', async () => {
    const alone = honest({ tasksPerProcess: 1, recycleAfterTasks: 1 });
    expect(alone.runner.takesBehind('agent', place)).toBe(false);
    const { runner } = honest({ recycleAfterTasks: 2 });
    await runWatched(runner, chatTask('x')).running.ended;
    const first = runWatched(runner, chatTask('wait', { place }));
    await first.watched.here;
    expect(runner.takesBehind('agent', place)).toBe(true);
    // The second task that ends; the process takes no more.
    await runWatched(runner, chatTask('x')).running.ended;
    expect(runner.takesBehind('agent', place)).toBe(false);
    expect(await runWatched(runner, chatTask('x', { place })).running.ended).toMatchObject(notBegun);
    first.running.cancel();
    await until(runner, () => runner.capacity('agent') === 2);
  });
});

test('a worker that gives back what nobody asked for is stopped', async () => {
  const { runner, logs } = startTestSupervisor({ entry: 'hostile-worker.ts', behaviour: 'gives back unasked' });
  const { running } = runWatched(runner, chatTask('x', { place }), watch());
  expect(await running.ended).toMatchObject({ type: 'lost', cause: 'protocol' });
  expect(logs.some(line => line.message.includes('given back'))).toBe(true);
});
