import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spawnChildProcess } from '../../src/main/workers/child-process-port.ts';
import { forkUtilityProcess } from '../../src/main/workers/utility-process-port.ts';
import type { SpawnWorker } from '../../src/main/workers/worker-port.ts';
import type { FromWorker } from '../../src/shared/contract/worker/frames.ts';
import { serveOver } from '../../src/workers/runtime/serve.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { forkFakeUtilityProcess } from '../support/workers/fake-utility-process.ts';
import { honestTasks } from '../support/workers/honest-tasks.ts';
import { startInMemory } from '../support/workers/in-memory-port.ts';
import { createManualTimers } from '../support/workers/manual-timers.ts';
import { chatTask, runWatched, synopsisTask } from '../support/workers/tasks.ts';
import { startTestSupervisor } from '../support/workers/test-supervisor.ts';

failOnLeaks();

const ports: readonly (readonly [string, SpawnWorker])[] = [
  ['child process', spec => spawnChildProcess({ execPath: process.execPath, execArgv: [] }, spec)],
  [
    'utility process',
    spec =>
      forkUtilityProcess(
        {
          fork: forkFakeUtilityProcess,
          killPid: (pid, signal) => {
            process.kill(pid, signal);
          },
        },
        spec,
      ),
  ],
  [
    'in memory',
    () =>
      startInMemory(port => {
        serveOver(port, { worker: 'agent', tasks: honestTasks });
      }),
  ],
];

describe.for(ports)('supervisor and runtime over: %s', { timeout: 30_000 }, ([, spawn]) => {
  const start = () => startTestSupervisor({ entry: 'honest-worker.ts', spawn });

  test('a task with steps, a host call and a failure', async () => {
    const { runner } = start();
    const synopsis = runWatched(runner, synopsisTask(['summary', 'theses']));
    expect(await synopsis.running.ended).toMatchObject({ type: 'done' });
    expect(synopsis.watched.steps.map(step => step.seq)).toEqual([1, 2]);
    const search = runWatched(runner, chatTask('search'));
    expect(await search.running.ended).toMatchObject({ type: 'done' });
    expect(search.watched.calls).toHaveLength(1);
    expect(await runWatched(runner, chatTask('fail')).running.ended).toMatchObject({ type: 'failed', error: { code: 'too_busy' } });
  });

  test('a cancel, a kill and a stop', async () => {
    const { runner } = start();
    const first = runWatched(runner, chatTask('wait'));
    await first.watched.here;
    first.running.cancel();
    expect(await first.running.ended).toEqual({ type: 'cancelled' });
    const second = runWatched(runner, chatTask('never stop'));
    await second.watched.here;
    second.running.kill();
    expect(await second.running.ended).toEqual({ type: 'cancelled' });
    const third = runWatched(runner, chatTask('wait'));
    await third.watched.here;
    await runner.stop();
    expect(await third.running.ended).toMatchObject({ type: 'lost', cause: 'shutdown' });
  });
});

/** Frames of which most are nearly right: the protocol's own words in a wrong order, and anything at all. */
const hostileFrame = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        v: fc.constantFrom(1, 1, 1, 2),
        generation: fc.constantFrom(1, 1, 1, 2, 0),
        type: fc.constantFrom(
          'ready',
          'heartbeat',
          'progress',
          'step',
          'host-call',
          'done',
          'failed',
          'cancelled',
          'log',
          'start',
          '__proto__',
        ),
        leaseToken: fc.constantFrom('LEASE', 'LEASE', 'other'),
        pid: fc.constant(1),
        rssBytes: fc.constantFrom(1, -1, 1e12),
        seq: fc.constantFrom(1, 2),
        requestId: fc.constantFrom(1, 2, 9),
        name: fc.constantFrom('section:summary', 'passages.search', 'constructor'),
        output: fc.constantFrom('{}', 'nope', '{"note":"no_model","text":"","citations":[]}'),
        input: fc.constantFrom('{}', '['),
        issues: fc.constant([]),
        code: fc.constant('x'),
        message: fc.constant('m'),
        retryable: fc.boolean(),
        retryAfterMs: fc.constant(null),
        level: fc.constant('info'),
        startedAtMs: fc.constant(1),
        progress: fc.constant({ phase: 'reading', label: null, done: null, total: null }),
      },
      { requiredKeys: ['v', 'generation', 'type'] },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Partial<FromWorker>>(
      { v: 1, generation: 1, type: 'ready', pid: 1 },
      { v: 1, generation: 1, type: 'heartbeat', rssBytes: 5 },
      { v: 1, generation: 1, type: 'cancelled', leaseToken: 'LEASE' },
      { v: 1, generation: 1, type: 'done', leaseToken: 'LEASE', issues: [], output: '{"note":"no_model","text":"","citations":[]}' },
      { v: 1, generation: 1, type: 'failed', leaseToken: 'LEASE', code: 'x', message: 'm', retryable: false, retryAfterMs: null },
    ),
  },
  { weight: 1, arbitrary: fc.anything() },
);

test('whatever a worker says, its task ends once and its process is gone in the end', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileFrame, { maxLength: 12 }), fc.boolean(), async (frames, diesBySelf) => {
      const timers = createManualTimers();
      const task = chatTask('x');
      let starts = 0;
      const spawn: SpawnWorker = () => {
        starts += 1;
        return startInMemory(port => {
          for (const frame of frames) {
            const own =
              typeof frame === 'object' && frame !== null && 'leaseToken' in frame && frame.leaseToken === 'LEASE'
                ? { ...frame, leaseToken: task.leaseToken }
                : frame;
            try {
              port.send(own as FromWorker);
            } catch {
              /* what cannot be cloned cannot be sent */
            }
          }
          if (diesBySelf) port.exit(0);
        });
      };
      const { runner } = startTestSupervisor({ entry: 'honest-worker.ts', spawn, timers, rssOf: () => null });
      const { running } = runWatched(runner, task);
      let ends = 0;
      void running.ended.then(() => {
        ends += 1;
      });
      await new Promise(resolve => setImmediate(resolve));
      timers.advance(10_000);
      running.cancel();
      timers.advance(60_000);
      const end = await running.ended;
      expect(['done', 'failed', 'cancelled', 'lost']).toContain(end.type);
      const stopped = runner.stop();
      timers.advance(4_000);
      await stopped;
      await new Promise(resolve => setImmediate(resolve));
      expect(ends).toBe(1);
      expect(starts).toBe(1);
      expect(runner.health().every(each => each.running === 0 && each.state !== 'working')).toBe(true);
      expect(timers.pending()).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});
