import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLogMover } from '../../../src/main/app/log-mover.ts';
import { newId } from '../../../src/main/app/new-id.ts';
import type { Engine } from '../../../src/main/engine/engine-api.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import { createEngine } from '../../../src/main/engine/engine.ts';
import { cleanHistory } from '../../../src/main/engine/history.ts';
import type { EngineLimits } from '../../../src/main/engine/limits.ts';
import { defaultLimits } from '../../../src/main/engine/limits.ts';
import { systemClock } from '../../../src/main/engine/system-clock.ts';
import type { Database } from '../../../src/main/store/connection.ts';
import { percentile } from '../../bench/report/percentile.ts';
import { dataFolder } from '../../../src/main/store/data-folder.ts';
import { createJobRepository } from '../../../src/main/store/jobs/job-repository.ts';
import { createReader } from '../../../src/main/store/reader.ts';
import type { JobId } from '../../../src/shared/domain/ids.ts';
import { jobId } from '../../../src/shared/domain/ids.ts';
import type { FakeRunner, HeldTask } from '../../support/fake-runner.ts';
import { createFakeRunner } from '../../support/fake-runner.ts';
import { violationsOf } from '../../support/invariants/violations.ts';
import { openJobDatabase } from '../../support/job-database.ts';
import { testKind } from '../../support/job-kinds.ts';
import { holdings } from '../../support/leaks.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { done, fail } from '../../support/scenarios/scenario.ts';
import type { Suite } from './suite.ts';
import { pick } from './suite.ts';

interface Load {
  readonly engine: Engine;
  readonly runner: FakeRunner;
  readonly db: Database;
  readonly store: ReturnType<typeof createJobRepository>;
  /** Ends that listeners were told of, by job. */
  readonly ends: Map<JobId, number>;
  readonly walBytes: () => number;
  close(): Promise<readonly string[]>;
}

/** Moves the log beside the engine, as the program does; without it every commit that finds the log full does it and the loop stands still. */
function startLogMover(folder: string, database: string) {
  const reader = createReader(new URL('../../../src/main/store/reader-thread.ts', import.meta.url), { ...dataFolder(folder), database });
  const troubles: string[] = [];
  const mover = createLogMover(reader, error => troubles.push(`The log could not be moved: ${String(error)}`));
  return {
    wake: mover.wake,
    async close() {
      await mover.close();
      await reader.close();
      return troubles;
    },
  };
}

/** An engine with the machine's own clock on a real file, and workers in the hands of the suite. */
function startLoad(limits: Partial<EngineLimits>, concurrency: number, { movesLog } = { movesLog: false }): Load {
  const folder = tempFolder();
  const file = join(folder.path, 'jobs.db');
  const db = openJobDatabase(file);
  const store = createJobRepository(db);
  const runner = createFakeRunner(concurrency);
  const ends = new Map<JobId, number>();
  const logMoving = movesLog ? startLogMover(folder.path, file) : null;
  const engine = createEngine({
    store,
    runner,
    kinds: [testKind('chat.answer', { concurrency, retry: { delaysMs: [1, 1], jitter: 0 } })],
    clock: systemClock,
    random: Math.random,
    log: () => undefined,
    ids: { jobId: () => newId(jobId), leaseToken: randomUUID, traceId: randomUUID },
    limits: { ...defaultLimits, ...limits },
  });
  engine.subscribe(event => {
    if (event.type === 'enqueued' || event.type === 'ended') logMoving?.wake();
    if (event.type === 'ended') ends.set(event.jobId, (ends.get(event.jobId) ?? 0) + 1);
  });
  engine.start();
  return {
    engine,
    runner,
    db,
    store,
    ends,
    walBytes: () => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    async close() {
      await engine.stop();
      const troubles = (await logMoving?.close()) ?? [];
      const violations = violationsOf(db, { enqueued: [], liveLeases: new Set() }).map(({ invariant, what }) => `${invariant}: ${what}`);
      db.close();
      folder.remove();
      return [...violations, ...troubles];
    },
  };
}

const request = (n: number) =>
  ({ kind: 'chat.answer', payload: { n }, idempotencyKey: randomUUID(), sessionId: null, title: `Job ${n}` }) as const;

/** Requests that arrive within one turn of the loop, as a window that was told to drop a folder sends them. */
const requestsInATurn = 100;

/** Asks all, some in each turn of the loop, so that what holds the loop up is the engine and not this. */
async function inTurns<T>(asks: readonly (() => Promise<T>)[], turns: number[]): Promise<PromiseSettledResult<T>[]> {
  const answers: Promise<T>[] = [];
  let used = processorMs();
  for (const [n, ask] of asks.entries()) {
    const answer = ask();
    // Looked at below, when all have been asked.
    answer.catch(() => undefined);
    answers.push(answer);
    if (n % requestsInATurn !== 0) continue;
    await nextTurn();
    turns.push(processorMs() - used);
    used = processorMs();
  }
  return Promise.allSettled(answers);
}

/** What this thread has used of a processor: unlike the delay of the loop it says the same on a busy machine. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * A frame of which a person notices nothing. The processor time of a turn is held to it, whatever else the machine does. The delay of the loop
 * is published and says by itself where it is more: on a busy machine it says nothing of the program.
 */
const loopDelayTargetMs = 50;

export const overflow: Suite = {
  number: 13,
  needs: 'machine',
  name: 'Overflow and cancel all',
  proves:
    'A thousand, ten thousand and a hundred thousand jobs at once: the queue refuses at its bound and drops nothing, and when all are cancelled each ends exactly once.',
  async run({ effort }) {
    const failures: string[] = [];
    const figures: Record<string, number | string> = {};
    const sizes = effort === 'short' ? [1_000] : [1_000, 10_000, 100_000];
    for (const size of sizes) {
      const running = 4;
      const load = startLoad({ queueLength: size }, running, { movesLog: true });
      const turns: number[] = [];
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const asked = await inTurns(
        Array.from({ length: size + running + 1 }, (_, n) => () => load.engine.enqueue(request(n))),
        turns,
      );
      const ids = asked.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value.jobId] : []));
      const refused = asked.flatMap(answer => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
      for (const error of refused)
        if (!(error instanceof EngineError) || error.code !== 'queue_full') failures.push(`${size}: refused with ${String(error)}`);
      // How many were claimed before the bound was met depends on the turns; nothing is lost either way.
      if (refused.length === 0 || ids.length < size) failures.push(`${size}: ${ids.length} were taken and ${refused.length} refused`);
      const cancelled = await inTurns(
        ids.map(id => () => load.engine.cancel(id)),
        turns,
      );
      for (const answer of cancelled)
        if (answer.status === 'rejected') failures.push(`${size}: a cancellation was refused with ${String(answer.reason)}`);
      while (load.runner.held().length > 0) {
        for (const held of load.runner.held()) held.end({ type: 'cancelled' });
        await nextTurn();
      }
      while (load.ends.size < ids.length && load.db.prepare('SELECT 1 FROM job WHERE finished_at_ms IS NULL').get() !== undefined)
        await nextTurn();
      await nextTurn();
      delay.disable();
      for (const id of ids) if (load.ends.get(id) !== 1) failures.push(`${size}: job ${id} ended ${load.ends.get(id) ?? 0} times`);
      const delayMs = Math.round(delay.percentile(99) / 1e5) / 10;
      const turnMs = Math.round(percentile(turns, 0.99) * 10) / 10;
      figures[`loop delay p99 with ${size} jobs, ms (target ${loopDelayTargetMs})`] =
        delayMs > loopDelayTargetMs ? `${delayMs}, above the target` : delayMs;
      figures[`processor time of a turn p99 with ${size} jobs, ms`] = turnMs;
      if (turnMs > loopDelayTargetMs)
        failures.push(`${size}: a turn took ${turnMs} ms of processor; at most ${loopDelayTargetMs} are to be taken`);
      failures.push(...(await load.close()));
    }
    return { scenarios: sizes.length, runs: sizes.length, failures, figures };
  },
};

/** Jobs that come together, and how they end: as many good as bad. */
const burst = 50;
const shortBursts = 10;
/** Bursts until caches and compiled code are what they stay. */
const warmAfter = 5;
/** What the log may grow to: the pages after which the writer itself moves it (`connection.ts`), twice over; here no reader does it sooner. */
const walLimitBytes = 32 * 1024 * 1024;
/** Between the first measurement and the last, of the heap after a collection. */
const heapGrowthBytes = 12 * 1024 * 1024;

export const soak: Suite = {
  number: 16,
  needs: 'machine',
  name: 'Soak with chaos',
  proves:
    'Hours of work in minutes, with failing and dying workers, cancellations and a disk that refuses now and then: memory, handles and the log stay flat.',
  async run({ random, goesOn, effort }) {
    const load = startLoad({ losses: 1_000, workerDeaths: 1_000, storageProbeMs: 5 }, 8);
    const { engine, runner, db, store } = load;
    const failures: string[] = [];
    runner.onTask = held => {
      void work(held, random);
    };
    let jobs = 0;
    let bursts = 0;
    let refusals = 0;
    let warmHeap = 0;
    let largestWal = 0;
    const before = holdings();
    while (effort === 'short' ? bursts < shortBursts : goesOn()) {
      bursts += 1;
      const asked = await Promise.allSettled(Array.from({ length: burst }, (_, n) => engine.enqueue(request(n))));
      const ids = asked.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value.jobId] : []));
      jobs += ids.length;
      if (bursts % 7 === 0) {
        refusals += 1;
        db.pragma('query_only = ON');
        for (let turns = 0; turns < 20; turns += 1) await nextTurn();
        db.pragma('query_only = OFF');
      }
      await Promise.allSettled(ids.filter(() => random() < 0.1).map(id => engine.cancel(id)));
      while (db.prepare('SELECT 1 FROM job WHERE finished_at_ms IS NULL LIMIT 1').get() !== undefined) {
        for (const held of runner.held()) if (held.cancelled()) held.end({ type: 'cancelled' });
        await nextTurn();
      }
      for (const id of ids) if (load.ends.get(id) !== 1) failures.push(`job ${id} ended ${load.ends.get(id) ?? 0} times`);
      load.ends.clear();
      (runner.started as unknown[]).length = 0;
      largestWal = Math.max(largestWal, load.walBytes());
      if (bursts % 5 === 0) await cleanHistory({ store, clock: systemClock }, { keepDays: -1, keepCount: 0 });
      if (bursts === warmAfter) warmHeap = heapBytes();
    }
    const heap = heapBytes();
    if (warmHeap > 0 && heap - warmHeap > heapGrowthBytes) failures.push(`the heap grew from ${warmHeap} to ${heap} bytes`);
    if (largestWal > walLimitBytes) failures.push(`the log grew to ${largestWal} bytes`);
    const after = holdings();
    for (const [name, count] of after.handles)
      if (count > (before.handles.get(name) ?? 0)) failures.push(`${count} handles ${name}, ${before.handles.get(name) ?? 0} at the start`);
    failures.push(...(await load.close()));
    const mb = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
    return {
      scenarios: 1,
      runs: bursts,
      failures,
      figures: {
        jobs,
        'times the disk refused': refusals,
        'heap warm, MB': mb(warmHeap),
        'heap at the end, MB': mb(heap),
        'largest log, MB': mb(largestWal),
      },
    };
  },
};

/** An attempt that ends in any of the ways there are. */
async function work(held: HeldTask, random: () => number): Promise<void> {
  try {
    const steps = Math.floor(random() * 3);
    for (let n = 1; n <= steps; n += 1) if (!held.task.recorded.some(step => step.name === `part:${n}`)) await held.step(`part:${n}`, n);
    const end = pick(random, [
      done,
      done,
      done,
      fail(true),
      fail(false),
      { type: 'lost', cause: 'worker_exit', message: 'killed' },
      { type: 'lost', cause: 'worker_start', message: 'no memory' },
      { type: 'parked', wait: { reason: 'network', expiresAtMs: Date.now() + 1 } },
    ] as const);
    held.end(held.cancelled() ? { type: 'cancelled' } : end);
  } catch {
    held.end({ type: 'cancelled' });
  }
}

/** Bytes of the heap after everything that can go has gone. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
