import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spawnChildProcess } from '../../src/main/workers/child-process-port.ts';
import { forkUtilityProcess } from '../../src/main/workers/utility-process-port.ts';
import type { SpawnWorker } from '../../src/main/workers/worker-port.ts';
import type { FromWorker } from '../../src/shared/contract/worker/frames.ts';
import { serveOver } from '../../src/workers/runtime/serve.ts';
import { failOnLeaks } from '../support/leaks.ts';
import { forkFakeUtilityProcess } from '../support/workers/fake-utility-process.ts';
import { toldCompensations } from '../support/workers/effect-tasks.ts';
import { honestTasks } from '../support/workers/honest-tasks.ts';
import { startInMemory } from '../support/workers/in-memory-port.ts';
import { createManualTimers } from '../support/workers/manual-timers.ts';
import { chatTask, exportTask, runWatched, synopsisTask, watch } from '../support/workers/tasks.ts';
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
        serveOver(port, { worker: 'agent', tasks: honestTasks, compensations: toldCompensations });
      }),
  ],
];

/** What the worker's own lines say that begin like this. */
function saidIn(logs: readonly { readonly said?: string }[], start: string): readonly string[] {
  return logs.flatMap(({ said }) => (said?.startsWith(start) === true ? [said] : []));
}

/** A journal that takes an effect when the test says so. */
function heldJournal() {
  const announced = Promise.withResolvers<void>();
  const committed = Promise.withResolvers<void>();
  const watched = watch({
    onEffect: () => {
      announced.resolve();
      return committed.promise;
    },
  });
  return { announced, committed, watched };
}

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

  test('an effect is sent once it is in the journal, and its outcome follows', async () => {
    const { runner, logs } = start();
    const { announced, committed, watched } = heldJournal();
    const { running } = runWatched(runner, exportTask('plain'), watched);
    await announced.promise;
    const sent = () => saidIn(logs, 'sent ');
    expect([sent(), watched.steps]).toEqual([[], []]);
    committed.resolve();
    expect(await running.ended).toMatchObject({ type: 'done', output: '{"written":1,"there":0}' });
    expect(watched.effects).toMatchObject([
      { seq: 1, name: 'file:a', assumed: '{"path":"/assumed"}', compensation: { name: 'remove-file' } },
    ]);
    expect(watched.steps).toMatchObject([{ seq: 2, name: 'file:a', output: '{"path":"/sent"}' }]);
    expect(sent()).toEqual([`sent ${watched.effects[0]?.key ?? ''}`]);
    expect(watched.effects[0]?.key).toBe('01920000-0000-7000-8000-000000000001:0:file:a');
    const anew = watch();
    await runWatched(runner, exportTask('plain', { run: 2 }), anew).running.ended;
    expect(anew.effects[0]?.key).toContain(':2:file:a');
  });

  test('only an effect that is known not to have happened is taken back from the journal', async () => {
    const { runner } = start();
    const sure = runWatched(runner, exportTask('sure'));
    expect(await sure.running.ended).toMatchObject({ type: 'failed', error: { code: 'busy' }, retryable: true });
    expect(sure.watched.notDone).toEqual(['file:a']);
    const unsure = runWatched(runner, exportTask('unsure'));
    expect(await unsure.running.ended).toMatchObject({ type: 'failed', error: { code: 'cut_off' } });
    expect([unsure.watched.notDone, unsure.watched.steps]).toEqual([[], []]);
  });

  test('an effect on its way is looked into, and where nobody can tell the attempt ends as indeterminate', async () => {
    const { runner, logs } = start();
    const run = async (told: string) => {
      const { running, watched } = runWatched(runner, exportTask(told, { inFlight: ['file:a'] }));
      return { end: await running.ended, watched };
    };
    const found = await run('check yes');
    expect(found.end).toMatchObject({ type: 'done', output: '{"written":2,"there":0}' });
    expect([found.watched.effects, found.watched.steps.map(step => step.output)]).toEqual([[], ['{"path":"/found"}']]);
    const not = await run('check no');
    expect(not.end).toMatchObject({ type: 'done' });
    expect([not.watched.notDone, not.watched.effects.map(effect => effect.seq), not.watched.steps.map(step => step.seq)]).toEqual([
      ['file:a'],
      [2],
      [3],
    ]);
    // No look, one that fails, and a task that hides what it was told.
    const sentBefore = saidIn(logs, 'sent ').length;
    for (const told of ['plain', 'check throws', 'swallow'])
      expect((await run(told)).end).toEqual({ type: 'indeterminate', step: 'file:a' });
    expect(saidIn(logs, 'sent ')).toHaveLength(sentBefore);
  });

  test('steps are undone in the order given, each recorded before the next', async () => {
    const { runner, logs } = start();
    const step = (name: string, path: string) => ({
      step: name,
      name: 'remove-file',
      data: JSON.stringify({ path, sha256: 'a'.repeat(64) }),
      output: name === 'file:b' ? null : '{"path":"/x"}',
    });
    const undo = [step('file:c', '/c'), step('file:b', '/b')];
    const whole = runWatched(runner, exportTask('', { input: 'null', undo }));
    expect(await whole.running.ended).toMatchObject({ type: 'done' });
    expect(whole.watched.steps.map(({ seq, name, output }) => [seq, name, output])).toEqual([
      [1, 'file:c', 'null'],
      [2, 'file:b', 'null'],
    ]);
    expect(saidIn(logs, 'undo ')).toEqual(['undo file:c /c {"path":"/x"}', 'undo file:b /b null']);
    const stuck = runWatched(runner, exportTask('', { input: 'null', undo: [...undo, step('file:a', '/stuck')] }));
    expect(await stuck.running.ended).toMatchObject({ type: 'failed', error: { code: 'stuck' }, retryable: true });
    expect(stuck.watched.steps).toHaveLength(2);
  });

  test('while steps are undone nothing is asked of main that is not for it', async () => {
    const { runner, logs } = start();
    const undo = [{ step: 'file:a', name: 'remove-file', data: JSON.stringify({ path: '/asks', sha256: 'a'.repeat(64) }), output: null }];
    const { running, watched } = runWatched(runner, exportTask('', { input: 'null', undo }));
    expect(await running.ended).toMatchObject({ type: 'lost', cause: 'protocol' });
    expect(watched.calls).toEqual([]);
    expect(logs.some(({ message }) => message.includes('"answer.write" was made while undoing'))).toBe(true);
  });

  test('a cancel while an effect is under way leaves it on its way', async () => {
    const { runner } = start();
    const { running, watched } = runWatched(runner, exportTask('hang'));
    await watched.here;
    running.kill();
    expect(await running.ended).toEqual({ type: 'cancelled' });
    expect([watched.effects.length, watched.notDone, watched.steps]).toEqual([1, [], []]);
  });

  test('a cancel while the journal is written takes back what was not sent', async () => {
    const { runner, logs } = start();
    const { announced, committed, watched } = heldJournal();
    const { running } = runWatched(runner, exportTask('plain'), watched);
    await announced.promise;
    running.cancel();
    committed.resolve();
    expect(await running.ended).toEqual({ type: 'cancelled' });
    expect([watched.notDone, saidIn(logs, 'sent ')]).toEqual([['file:a'], []]);
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
          'effect',
          'effect-not-done',
          'indeterminate',
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
        key: fc.constant('k'),
        assumed: fc.constantFrom('{}', '{"path":"/x"}'),
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
