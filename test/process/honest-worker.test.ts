import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { taskSpecs } from '../../src/shared/contract/worker/tasks.ts';
import { describe, expect, test } from 'vitest';
import { failOnLeaks } from '../support/leaks.ts';
import { isAlive } from '../support/process-tree.ts';
import { emptySection } from '../support/workers/honest-tasks.ts';
import { createManualTimers } from '../support/workers/manual-timers.ts';
import { chatTask, runWatched, synopsisTask, until, watch } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';
import { poolSettings } from '../../src/main/workers/pool-settings.ts';

const seats = poolSettings.agent.tasksPerProcess;

failOnLeaks();

const agent = 2;
const honest = (settings: Parameters<typeof startTestSupervisor>[0]['settings'] = {}) =>
  startTestSupervisor({ entry: 'honest-worker.ts', settings });

const standbyAfterMs = 500;
function standing(settings: Parameters<typeof startTestSupervisor>[0]['settings'] = {}) {
  const timers = createManualTimers();
  return { timers, ...startTestSupervisor({ entry: 'honest-worker.ts', timers, settings: { standbyAfterMs, ...settings } }) };
}

describe('the runtime in a process of its own', () => {
  test('runs a task and gives its output', async () => {
    const { runner } = honest();
    expect(runner.capacity('agent')).toBe(seats);
    const { running } = runWatched(runner, chatTask('да?'));
    expect(runner.capacity('agent')).toBe(seats - 1);
    expect(await running.ended).toMatchObject({
      type: 'done',
      output: '{"note":"no_model","text":"да?","citations":[]}',
      checked: { schema: taskSpecs['chat.answer'].output, value: { note: 'no_model', text: 'да?', citations: [] } },
      issues: [],
    });
    expect(runner.capacity('agent')).toBe(seats);
    expect(runner.health()[agent]).toMatchObject({ name: 'agent', state: 'idle', restarts: 0 });
  });

  test('records steps one after the other, and starts none before the last is committed', async () => {
    const { runner } = honest();
    const gate = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const watched = watch({
      onStep: ({ seq }) => {
        if (seq > 1) return Promise.resolve();
        first.resolve();
        return gate.promise;
      },
    });
    const { running } = runWatched(runner, synopsisTask(['summary', 'theses', 'questions']), watched);
    await first.promise;
    // A whole task through the same process: had the second step been sent, it would be here by now.
    await runWatched(runner, chatTask('x')).running.ended;
    expect(watched.steps.map(step => step.name)).toEqual(['section:summary']);
    gate.resolve();
    expect(await running.ended).toMatchObject({ type: 'done' });
    expect(watched.steps.map(({ seq, name }) => [seq, name])).toEqual([
      [1, 'section:summary'],
      [2, 'section:theses'],
      [3, 'section:questions'],
    ]);
  });

  test('says what it has used up with the step or the end that follows', async () => {
    const { runner } = honest();
    expect(await runWatched(runner, chatTask('charge')).running.ended).toMatchObject({
      type: 'done',
      usage: { tokens: 7, moneyMinor: 0.5 },
    });
    const { running, watched } = runWatched(runner, synopsisTask(['summary', 'questions']));
    expect(await running.ended).toMatchObject({ type: 'done', usage: undefined });
    expect(watched.steps.map(({ usage }) => usage)).toEqual([undefined, { tokens: 30, moneyMinor: 0 }]);
  });

  test('does not run a recorded step again', async () => {
    const { runner } = honest();
    const recorded = [{ name: 'section:summary', output: JSON.stringify(emptySection('summary')) }];
    const { running, watched } = runWatched(runner, synopsisTask(['summary', 'theses'], { recorded, attempt: 2 }));
    expect(await running.ended).toMatchObject({ type: 'done' });
    expect(watched.steps.map(({ seq, name }) => [seq, name])).toEqual([[1, 'section:theses']]);
  });

  test('that dies while its step is being committed ends its task after the commit', async () => {
    const { runner, pids } = honest();
    const commit = Promise.withResolvers<void>();
    const reported = Promise.withResolvers<void>();
    const watched = watch({
      onStep: () => {
        reported.resolve();
        return commit.promise;
      },
    });
    const { running } = runWatched(runner, synopsisTask(['summary']), watched);
    let isOver = false;
    void running.ended.then(() => {
      isOver = true;
    });
    await reported.promise;
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(runner, () => runner.health().every(health => health.state === 'stopped'));
    expect(isOver).toBe(false);
    commit.resolve();
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'worker_exit' });
  });

  test('stops a task whose lease is lost', async () => {
    const { runner } = honest();
    const watched = watch({ onStep: () => Promise.reject(new Error('the lease is lost')) });
    const { running } = runWatched(runner, synopsisTask(['summary', 'theses']), watched);
    expect(await running.ended).toEqual({ type: 'cancelled' });
    expect(watched.steps).toHaveLength(1);
  });

  test('asks main and passes its refusal on as a sentence', async () => {
    const { runner } = honest();
    const asked = watch();
    expect(await runWatched(runner, chatTask('search'), asked).running.ended).toMatchObject({
      type: 'done',
      output: expect.stringContaining('[]') as unknown,
    });
    expect(asked.calls).toEqual([{ name: 'passages.search', input: expect.stringContaining('"limit":3') as unknown }]);
    const refused = watch({ onHostCall: () => Promise.reject(new Error('The search index is being rebuilt.')) });
    expect(await runWatched(runner, chatTask('search'), refused).running.ended).toEqual({
      type: 'failed',
      error: { code: 'host_call_failed', message: 'The search index is being rebuilt.' },
      retryable: true,
      retryAfterMs: null,
    });
  });

  test('tells a declared failure as declared, an unexpected one without its words and retryable once', async () => {
    const { runner, logs } = honest();
    expect(await runWatched(runner, chatTask('fail')).running.ended).toEqual({
      type: 'failed',
      error: { code: 'too_busy', message: 'The other side is busy.' },
      retryable: true,
      retryAfterMs: 1_500,
    });
    const first = await runWatched(runner, chatTask('throw')).running.ended;
    expect(first).toEqual({
      type: 'failed',
      error: { code: 'internal', message: 'The task stopped on an unexpected error (Error).' },
      retryable: true,
      retryAfterMs: null,
    });
    expect(await runWatched(runner, chatTask('throw', { attempt: 2 })).running.ended).toMatchObject({ type: 'failed', retryable: false });
    expect(logs.some(line => line.level === 'error' && line.said?.includes('/home/somebody/secret.txt')) === true).toBe(true);
    expect(await runWatched(runner, chatTask('bad output')).running.ended).toMatchObject({
      type: 'failed',
      retryable: false,
      error: { code: 'bad_output' },
    });
  });

  test('sends the last progress and not all of it', async () => {
    const { runner } = honest();
    const { running, watched } = runWatched(runner, chatTask('many reports'));
    await running.ended;
    expect(watched.progress.length).toBeLessThan(50);
    expect(watched.progress.at(-1)?.done).toBe(1_000);
  });

  test('says nothing of a task after its end', async () => {
    const { runner, pids } = honest();
    expect(await runWatched(runner, chatTask('report after the end')).running.ended).toMatchObject({ type: 'done' });
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({ type: 'done' });
    expect(pids).toHaveLength(1);
  });

  test('cancels in its own time, or finishes if it was faster', async () => {
    const { runner, pids } = honest();
    const waiting = runWatched(runner, chatTask('wait'));
    const stubborn = runWatched(runner, chatTask('finish in spite of cancel'));
    await Promise.all([waiting.watched.here, stubborn.watched.here]);
    waiting.running.cancel();
    stubborn.running.cancel();
    expect(await waiting.running.ended).toEqual({ type: 'cancelled' });
    expect(await stubborn.running.ended).toMatchObject({ type: 'done' });
    expect(isAlive(pids[0] ?? 0)).toBe(true);
  });

  test('a task cancelled before its process is ready never starts', async () => {
    const { runner } = honest();
    const { running, watched } = runWatched(runner, chatTask('wait'));
    running.cancel();
    expect(await running.ended).toEqual({ type: 'cancelled' });
    expect(watched.progress).toEqual([]);
  });

  test('kill takes the process; its other task goes back unharmed', async () => {
    const { runner, pids } = honest();
    const victim = runWatched(runner, chatTask('never stop'));
    const neighbour = runWatched(runner, chatTask('wait'));
    await Promise.all([victim.watched.here, neighbour.watched.here]);
    victim.running.kill();
    expect(await victim.running.ended).toEqual({ type: 'cancelled' });
    expect(await neighbour.running.ended).toMatchObject({ type: 'lost', cause: 'shutdown' });
    expect(isAlive(pids[0] ?? 0)).toBe(false);
  });

  test.for(['crash', 'reject'])('%s: an error nobody catches is logged and ends the process with 70', async question => {
    const { runner, logs } = honest();
    const { running } = runWatched(runner, chatTask(question));
    expect(await running.ended).toMatchObject({
      type: 'lost',
      cause: 'worker_exit',
      message: expect.stringContaining('code 70') as unknown,
    });
    expect(logs.some(line => line.level === 'error' && /nobody (catches|awaits) this/u.test(line.said ?? ''))).toBe(true);
  });

  test.runIf(process.platform !== 'win32')('a signal to the whole group leaves the decision to main', async () => {
    const { runner, pids } = honest();
    const { running, watched } = runWatched(runner, chatTask('finish in spite of cancel'));
    await watched.here;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pids[0] ?? 0, signal);
    // A whole task through the same process, after the signals.
    expect(await runWatched(runner, chatTask('x')).running.ended).toMatchObject({ type: 'done' });
    running.cancel();
    expect(await running.ended).toMatchObject({ type: 'done' });
    expect(pids).toHaveLength(1);
  });

  test('prints go to the log', async () => {
    const { runner, logs } = honest();
    await runWatched(runner, chatTask('print')).running.ended;
    expect(logs.some(line => line.level === 'warn' && line.said === 'printed 7')).toBe(true);
  });

  test('one process per task where the pool says so, and never two in one place', async () => {
    const { runner, pids } = honest({ maxProcesses: 1, tasksPerProcess: 1, recycleAfterTasks: 1 });
    const seen: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await until(runner, () => runner.capacity('agent') === 1);
      for (const old of pids) expect(isAlive(old)).toBe(false);
      const end = await runWatched(runner, chatTask('pid')).running.ended;
      if (end.type === 'done') seen.push(end.output);
    }
    expect(new Set(seen).size).toBe(3);
  });

  test('an idle process leaves', async () => {
    const timers = createManualTimers();
    const { runner, pids } = startTestSupervisor({
      entry: 'honest-worker.ts',
      timers,
      settings: { idleStopMs: 1_000, stallAfterMs: 60_000 },
    });
    await runWatched(runner, chatTask('x')).running.ended;
    timers.advance(999);
    expect(runner.health()[agent]?.state).toBe('idle');
    timers.advance(1);
    await until(runner, () => runner.health()[agent]?.state === 'stopped');
    expect(isAlive(pids[0] ?? 0)).toBe(false);
  });

  test('every thread of a worker that is ready waits for the processor behind main', async () => {
    const { runner, pids, readyPids } = honest();
    const { watched } = runWatched(runner, chatTask('wait'));
    await watched.here;
    await readyPids(1);
    const pid = pids[0] ?? 0;
    const threads = process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid];
    for (const thread of threads) expect(getPriority(thread)).toBeGreaterThan(getPriority());
  });

  test('the process that stands by takes the place of one that was killed, and another is started in its turn', async () => {
    const { runner, pids, readyPids, timers } = standing({ maxProcesses: 1, tasksPerProcess: 1 });
    const first = runWatched(runner, chatTask('wait'));
    await first.watched.here;
    timers.advance(standbyAfterMs - 1);
    expect(pids).toHaveLength(1);
    timers.advance(1);
    expect(pids).toHaveLength(2);
    // It waits for a kill and takes no task beside the one its pool may run.
    expect(runner.capacity('agent')).toBe(0);
    await readyPids(2);

    first.running.kill();
    await first.running.ended;
    const end = await runWatched(runner, chatTask('pid')).running.ended;
    expect(end).toMatchObject({ type: 'done' });
    expect(end.type === 'done' && end.output).toContain(String(pids[1]));
    timers.advance(standbyAfterMs);
    expect(pids).toHaveLength(3);
    expect(isAlive(pids[0] ?? 0)).toBe(false);
    await runner.stop();
    for (const pid of pids) expect(isAlive(pid)).toBe(false);
    expect(timers.pending()).toBe(0);
  });

  test('the process that stands by leaves when there has been nothing to do', async () => {
    const { runner, pids, readyPids, timers } = standing({ idleStopMs: 1_000, stallAfterMs: 60_000 });
    await runWatched(runner, chatTask('x')).running.ended;
    timers.advance(standbyAfterMs);
    await readyPids(2);
    timers.advance(1_000);
    await until(runner, () => runner.health()[agent]?.state === 'stopped');
    for (const pid of pids) expect(isAlive(pid)).toBe(false);
    // Only a task makes another one.
    timers.advance(10 * standbyAfterMs);
    expect(pids).toHaveLength(2);
  });

  test('no process stands by after a stop that came before its start', async () => {
    const { runner, pids, timers } = standing();
    await runWatched(runner, chatTask('x')).running.ended;
    await runner.stop();
    timers.advance(standbyAfterMs);
    expect(pids).toHaveLength(1);
  });

  test('stop: tasks go back to the queue and no process is left', async () => {
    const { runner, pids } = honest();
    const { running, watched } = runWatched(runner, chatTask('wait'));
    await watched.here;
    await runner.stop();
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'shutdown' });
    expect(isAlive(pids[0] ?? 0)).toBe(false);
    expect(runner.capacity('agent')).toBe(0);
  });
});

/** Runs a program that holds one worker, kills it, and tells the worker's pid. */
async function orphanOf(question: string): Promise<number> {
  const program = spawn(
    process.execPath,
    [fileURLToPath(new URL('../support/workers/program-with-a-worker.ts', import.meta.url)), question],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: program.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  program.kill('SIGKILL');
  await once(program, 'exit');
  return Number(line);
}

/** Resolves when the process is gone. There is no event for somebody else's child, so this looks. */
async function gone(pid: number): Promise<true> {
  while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 20));
  return true;
}

describe('when the program is killed without a word', () => {
  test('a worker that waits leaves', async () => {
    expect(await gone(await orphanOf('wait'))).toBe(true);
  });
  test('a worker whose loop is blocked leaves, too', async () => {
    expect(await gone(await orphanOf('block'))).toBe(true);
  });
});
