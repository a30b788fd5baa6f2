import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ToWorker } from '../../src/shared/contract/worker/frames.ts';
import { fromWorker } from '../../src/shared/contract/worker/frames.ts';
import { poolSettings } from '../../src/main/workers/pool-settings.ts';
import type { TaskEnd } from '../../src/main/engine/task-runner.ts';
import { createSupervisor } from '../../src/main/workers/supervisor.ts';
import { createManualTimers } from '../support/workers/manual-timers.ts';
import { startInMemory } from '../support/workers/in-memory-port.ts';
import { chatTask, watch } from '../support/workers/tasks.ts';

/** Conversations tried; a run of the reliability suites says which seed. */
const runs = 300;
const seed = process.env['CHAOS_SEED'];

/** What a good frame has in its fields. */
const good = {
  v: 1,
  generation: 1,
  leaseToken: 'own',
  seq: 1,
  name: 'passages.search',
  startedAtMs: 1,
  output: JSON.stringify({ note: 'no_model', text: 'да', citations: [] }),
  issues: [],
  requestId: 1,
  input: '{}',
  progress: { phase: 'reading', label: null, done: 1, total: 2 },
  code: 'busy',
  message: 'Busy.',
  retryable: true,
  retryAfterMs: null,
  level: 'info',
  rssBytes: 1,
  pid: 1,
  tookMs: 1,
};

/** What a bad one has in some of them. */
const bad = fc.record(
  {
    v: fc.constantFrom(0, 'x'),
    generation: fc.constantFrom(0, 2, -1, 1e308),
    leaseToken: fc.constantFrom('other', '', 'x'.repeat(100)),
    seq: fc.constantFrom(2, 3, 0, -1, 1.5),
    name: fc.constantFrom('section:a', 'constructor', ''),
    output: fc.constantFrom('{}', '{', 'null', '"\\ud800"'),
    issues: fc.constantFrom(['x'.repeat(65)], 'x'),
    requestId: fc.constantFrom(2, 0),
    input: fc.constantFrom('{', ''),
    progress: fc.constantFrom({}, null),
    message: fc.constantFrom('x'.repeat(3_000), 5),
    retryAfterMs: fc.constantFrom(5, -5),
    level: fc.constantFrom('shout'),
    rssBytes: fc.constantFrom(-1),
    pid: fc.constantFrom(0),
    tookMs: fc.constantFrom(-1, 'x'),
    extra: fc.anything(),
  },
  { requiredKeys: [] },
);
const type = fc.constantFrom(...fromWorker.options.map(option => option.shape.type.value), 'sudo', '__proto__');
const frame = fc
  .tuple(type, fc.oneof({ arbitrary: fc.constant({}), weight: 5 }, { arbitrary: bad, weight: 1 }))
  .map(([name, wrong]) => ({ ...good, type: name, ...wrong }));

/** Keeps what a frame of its type has, so that a good part of the frames is taken. */
function trimmed(raw: Readonly<Record<string, unknown>>): unknown {
  const option = fromWorker.options.find(candidate => candidate.shape.type.value === raw['type']);
  return option === undefined ? raw : Object.fromEntries(Object.entries(raw).filter(([key]) => key in option.shape));
}

type Said = { readonly say: unknown } | 'leave';
const said: fc.Arbitrary<Said> = fc.oneof(
  { arbitrary: frame.map(raw => ({ say: trimmed(raw) })), weight: 20 },
  { arbitrary: frame.map(raw => ({ say: raw })), weight: 1 },
  { arbitrary: fc.anything().map(say => ({ say })), weight: 1 },
  { arbitrary: fc.constant<Said>('leave'), weight: 1 },
);

test('whatever a worker says, each task ends exactly once and nothing throws', async () => {
  let proper = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 12 }), fc.boolean(), async (words, shareAPlace) => {
      const timers = createManualTimers();
      const runner = createSupervisor({
        spawn: () =>
          startInMemory(port => {
            port.onMessage(message => {
              const asked = message as ToWorker;
              if (asked.type === 'init') return port.send({ v: 1, generation: asked.generation, type: 'ready', pid: 1 });
              if (asked.type === 'shutdown') return port.exit(0);
              if (asked.type !== 'start') return;
              for (const word of words) {
                if (word === 'leave') return port.exit(0);
                port.send(withLease(word.say, asked.leaseToken) as never);
              }
            });
          }),
        programs: { agent: program, documents: program, synopsis: program, files: program, browser: program },
        settings: poolSettings,
        environment: {},
        cwd: '/',
        timers,
        rssOf: () => null,
        log: () => undefined,
      });
      const ends: TaskEnd[] = [];
      const place = shareAPlace ? { place: 'here' } : {};
      const tasks = [chatTask('x', place), chatTask('y', place)].map(task => runner.run(task, watch()).ended.then(end => ends.push(end)));
      // A worker that has said nothing that ends its task is silent from here on, and is stopped for it.
      for (let turns = 0; turns < 4; turns += 1) {
        await new Promise(resolve => {
          setImmediate(resolve);
        });
        timers.advance(poolSettings.agent.stallAfterMs + 1_000);
      }
      await Promise.all(tasks);
      await runner.stop();
      expect(ends).toHaveLength(2);
      expect(timers.pending()).toBe(0);
      expect(runner.health().filter(health => health.running !== 0)).toEqual([]);
      proper += ends.filter(end => end.type === 'done' || end.type === 'failed').length;
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
  // Otherwise the frames are so wild that only the first check of them is tried.
  expect(proper).toBeGreaterThan(0);
});

const program = { entry: '/nowhere', config: {} };

function withLease(value: unknown, leaseToken: string): unknown {
  return typeof value === 'object' && value !== null && 'leaseToken' in value && value.leaseToken === 'own'
    ? { ...value, leaseToken }
    : value;
}
