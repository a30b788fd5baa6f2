import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobId } from '../../src/shared/domain/ids.ts';
import { sessionId } from '../../src/shared/domain/ids.ts';
import type { Harness } from '../support/engine-harness.ts';
import { createHarness } from '../support/engine-harness.ts';
import { testKind } from '../support/job-kinds.ts';
import type { ModelEnd, ModelJob, ModelRules } from '../support/job-model.ts';
import { JobModel } from '../support/job-model.ts';

/** Sequences of commands tried; the reliability run asks for 10,000. */
const runs = Number(process.env['ENGINE_MODEL_RUNS'] ?? 40);
/** Of the sequences; a new one each time unless a run says which. */
const seed = process.env['CHAOS_SEED'];
/** Long enough for a job to fail, be retried by hand and be lost again, with others in between. */
const commandsInARun = 120;
/** Every time in this test is a multiple of it, so that timers and the model see the same moments. */
const tickMs = 50;
const sessions = ['a', 'b'].map(letter => sessionId.parse(`00000000-0000-7000-8000-00000000000${letter}`));
const rules: ModelRules = {
  concurrency: 3,
  perSession: 1,
  delaysMs: [2 * tickMs, 6 * tickMs],
  losses: 4,
  deaths: 2,
  waitMs: 5 * tickMs,
  msPerPoint: 3 * tickMs,
};
const setup = {
  kinds: [
    testKind('chat.answer', {
      concurrency: rules.concurrency,
      perSession: { concurrency: rules.perSession },
      retry: { delaysMs: rules.delaysMs, jitter: 0 },
      timeLimitMs: 1_000_000_000,
    }),
  ],
  limits: {
    losses: rules.losses,
    workerDeaths: rules.deaths,
    dueSleepMs: tickMs,
    storageProbeMs: tickMs,
    msPerPriorityPoint: rules.msPerPoint,
  },
  unsynced: true,
};

interface Real {
  readonly harness: Harness;
  readonly ids: JobId[];
}

const ends: Readonly<Record<Exclude<ModelEnd, 'park'>, Parameters<ReturnType<ReturnType<Harness['life']>['taskOf']>['end']>[0]>> = {
  done: { type: 'done', output: '{"n":1}', issues: [] },
  fail: { type: 'failed', error: { code: 'busy', message: 'Busy.' }, retryable: true, retryAfterMs: null },
  fail_for_good: { type: 'failed', error: { code: 'bad', message: 'Bad.' }, retryable: false, retryAfterMs: null },
  worker_exit: { type: 'lost', cause: 'worker_exit', message: 'killed' },
  worker_start: { type: 'lost', cause: 'worker_start', message: 'no memory' },
  shutdown: { type: 'lost', cause: 'shutdown', message: 'closing' },
};

type Command = fc.AsyncCommand<JobModel, Real>;
const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

/** A command: when it applies, what it does to the model and, with the same target, to the engine. */
function command(name: string, applies: (model: JobModel) => boolean, act: (model: JobModel, real: Real) => Promise<void>): Command {
  return {
    check: applies,
    async run(model, real) {
      await act(model, real);
      await real.harness.life().clock.quiesce();
      compare(model, real);
    },
    toString: () => name,
  };
}

function compare(model: JobModel, real: Real): void {
  const { store, runner, clock } = real.harness.life();
  const seen = real.ids.map(id => {
    const row = store.find(id);
    return row === null ? null : [row.state, row.attempt, row.losses, row.workerDeaths];
  });
  expect(seen).toEqual(model.jobs.map(job => [job.state, job.attempt, job.losses, job.deaths]));
  expect(clock.nowMs()).toBe(model.nowMs);
  const idsOf = (jobs: readonly ModelJob[]): unknown[] => jobs.map(job => real.ids[job.age]).sort();
  expect(
    runner
      .held()
      .map(held => held.task.jobId)
      .sort(),
  ).toEqual(idsOf(model.held()));
}

const target = (job: ModelJob, real: Real): JobId => {
  const id = real.ids[job.age];
  if (id === undefined) throw new Error(`The model has a job ${job.age} that the engine has not.`);
  return id;
};
function mustBe(seen: unknown, said: unknown): void {
  if (seen !== said) throw new Error(`The engine answered ${String(seen)} and the model ${String(said)}.`);
}
const index = fc.nat(20);

const frequent: fc.Arbitrary<Command>[] = [
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fc.constantFrom(0, 0, 5),
      fc.constantFrom(0, 0, 3 * tickMs, 9 * tickMs),
      fc.constantFrom(null, null, ...sessions),
    )
    .map(([key, priority, delayMs, session]) =>
      command(
        `enqueue ${key} p${priority} +${delayMs} ${session ?? 'of nobody'}`,
        model => !model.refusing,
        async (model, real) => {
          const { enqueue, clock } = real.harness.life();
          const id = await enqueue({
            idempotencyKey: key,
            priority,
            sessionId: session,
            ...(delayMs > 0 ? { dueAtMs: clock.nowMs() + delayMs } : {}),
          });
          const active = model.enqueue(key, priority, delayMs, session);
          if (active === null) real.ids.push(id);
          else mustBe(id, target(active, real));
        },
      ),
    ),
  fc
    .tuple(
      index,
      fc.constantFrom<ModelEnd>('done', 'done', 'fail', 'fail_for_good', 'worker_exit', 'worker_start', 'shutdown', 'park', 'park'),
    )
    .map(([n, end]) =>
      command(
        `end #${n} ${end}`,
        model => model.held().length > 0,
        async (model, real) => {
          const job = pick(model.held(), n);
          if (job === undefined) return;
          const { taskOf, clock } = real.harness.life();
          taskOf(target(job, real)).end(
            end === 'park' ? { type: 'parked', wait: { reason: 'network', expiresAtMs: clock.nowMs() + rules.waitMs } } : ends[end],
          );
          await clock.quiesce();
          model.end(job, end);
        },
      ),
    ),
];

const commands: fc.Arbitrary<Command>[] = [
  index.map(n =>
    command(
      `step #${n}`,
      model => !model.refusing && model.held().length > 0,
      async (model, real) => {
        const job = pick(model.held(), n);
        if (job === undefined) return;
        const { taskOf, clock } = real.harness.life();
        const taken = taskOf(target(job, real)).step(`part:${job.steps}`, job.steps);
        await clock.quiesce();
        await taken;
        model.step(job);
      },
    ),
  ),
  index.map(n =>
    command(
      `cancel #${n}`,
      model => !model.refusing && model.inState('scheduled', 'queued', 'running', 'waiting').length > 0,
      async (model, real) => {
        const job = pick(model.inState('scheduled', 'queued', 'running', 'waiting'), n);
        if (job === undefined) return;
        const { engine, clock } = real.harness.life();
        const asked = engine.cancel(target(job, real));
        await clock.quiesce();
        await asked;
        model.cancel(job);
      },
    ),
  ),
  index.map(n =>
    command(
      `retry #${n}`,
      model => !model.refusing && model.inState('failed', 'cancelled').length > 0,
      async (model, real) => {
        const job = pick(model.inState('failed', 'cancelled'), n);
        if (job === undefined) return;
        const blocked = model.inState('scheduled', 'queued', 'running', 'waiting').some(other => other.key === job.key);
        const { engine, clock } = real.harness.life();
        const asked = engine.retry(target(job, real)).then(
          () => false,
          () => true,
        );
        await clock.quiesce();
        mustBe(await asked, blocked);
        if (!blocked) model.retry(job);
      },
    ),
  ),
  index.map(n =>
    command(
      `resume #${n}`,
      model => !model.refusing && model.inState('waiting').length > 0,
      async (model, real) => {
        const job = pick(model.inState('waiting'), n);
        if (job === undefined) return;
        const { engine, clock } = real.harness.life();
        const asked = engine.resume(target(job, real));
        await clock.quiesce();
        await asked;
        model.resume(job);
      },
    ),
  ),
  index.map(n =>
    command(
      `try now #${n}`,
      model => !model.refusing && model.inState('scheduled').length > 0,
      async (model, real) => {
        const job = pick(model.inState('scheduled'), n);
        if (job === undefined) return;
        const { engine, clock } = real.harness.life();
        const asked = engine.tryNow(target(job, real));
        await clock.quiesce();
        await asked;
        model.tryNow(job);
      },
    ),
  ),
  fc.nat(8).map(ticks =>
    command(
      `advance ${ticks * tickMs}`,
      () => true,
      async (model, real) => {
        await real.harness.life().clock.advance(ticks * tickMs);
        model.advance(ticks * tickMs);
      },
    ),
  ),
  fc.integer({ min: -20, max: 20 }).map(ticks =>
    command(
      `clock jumps ${ticks * tickMs}`,
      model => !model.refusing,
      async (model, real) => {
        const { clock, engine } = real.harness.life();
        clock.jumpWall(ticks * tickMs);
        engine.wake();
        await clock.quiesce();
        model.nowMs += ticks * tickMs;
        model.turn();
      },
    ),
  ),
  fc.boolean().map(paused =>
    command(
      `pause ${String(paused)}`,
      model => !model.refusing,
      async (model, real) => {
        const { engine, clock } = real.harness.life();
        engine.setPaused(paused);
        await clock.quiesce();
        model.paused = paused;
        if (!paused) model.turn();
      },
    ),
  ),
  fc.constant(
    command(
      'storage refuses',
      model => !model.refusing,
      (model, real) => {
        real.harness.life().db.pragma('query_only = ON');
        model.refusing = true;
        return Promise.resolve();
      },
    ),
  ),
  fc.constant(
    command(
      'storage takes writes',
      model => model.refusing,
      async (model, real) => {
        const { db, clock } = real.harness.life();
        db.pragma('query_only = OFF');
        await clock.advance(tickMs);
        model.allow(tickMs);
      },
    ),
  ),
  fc.constant(
    command(
      'crash',
      () => true,
      async (model, real) => {
        await real.harness.crash().clock.quiesce();
        model.crash();
        real.harness.check();
      },
    ),
  ),
];

test(`the engine does what the model says, ${runs} times`, { timeout: 60_000 + runs * 1_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([...commands, ...frequent, ...frequent, ...frequent, ...frequent], { maxCommands: commandsInARun, size: 'max' }),
      async sequence => {
        const harness = createHarness(setup);
        try {
          await fc.asyncModelRun(
            () => ({ model: new JobModel(rules, harness.life().clock.nowMs()), real: { harness, ids: [] } }),
            sequence,
          );
          await harness.crash().clock.quiesce();
          harness.check();
        } finally {
          harness.close();
        }
      },
    ),
    { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  );
});
