import { join } from 'node:path';
import type { JobId } from '../../src/shared/domain/ids.ts';
import type { Engine, EngineEvent, EnqueueRequest } from '../../src/main/engine/engine-api.ts';
import type { EngineOptions } from '../../src/main/engine/engine.ts';
import type { Budgets } from '../../src/main/engine/budgets.ts';
import { createBudgets } from '../../src/main/engine/budgets.ts';
import { createEngine } from '../../src/main/engine/engine.ts';
import type { EngineLimits } from '../../src/main/engine/limits.ts';
import { defaultLimits } from '../../src/main/engine/limits.ts';
import type { JobKind } from '../../src/main/engine/job-kind.ts';
import type { JobStore } from '../../src/main/engine/job-store.ts';
import type { TaskRunner } from '../../src/main/engine/task-runner.ts';
import type { Database } from '../../src/main/store/connection.ts';
import { createBudgetRepository } from '../../src/main/store/budgets/budget-repository.ts';
import { createJobRepository } from '../../src/main/store/jobs/job-repository.ts';
import type { JobViews } from '../../src/main/store/jobs/job-views.ts';
import { createJobViews } from '../../src/main/store/jobs/job-views.ts';
import type { FakeClock } from './fake-clock.ts';
import { createFakeClock } from './fake-clock.ts';
import type { FakeRunner, HeldTask } from './fake-runner.ts';
import { createFakeRunner } from './fake-runner.ts';
import { assertInvariants } from './invariants/violations.ts';
import { openJobDatabase } from './job-database.ts';
import { createTestIds } from './job-ids.ts';
import { testKind } from './job-kinds.ts';
import { tempFolder } from './temp-folder.ts';

export interface HarnessOptions {
  readonly kinds?: readonly JobKind[];
  readonly limits?: Partial<EngineLimits>;
  readonly capacity?: number;
  readonly providers?: EngineOptions['providers'];
  /** For runs by the thousand that end no process: commits are not synced. */
  readonly unsynced?: boolean;
  /** Sees the file while nobody has it open. */
  readonly beforeOpen?: (file: string) => void;
  /** Changes the connection before the store is made from it. */
  readonly database?: (db: Database) => Database;
  /** Changes the store before the engine gets it. */
  readonly store?: (store: JobStore, db: Database) => JobStore;
  /** Sees the life before its engine starts. */
  readonly beforeStart?: (life: NewLife) => void;
  /** Changes the runner before the engine gets it. */
  readonly taskRunner?: (runner: FakeRunner) => TaskRunner;
}

/** What there is of a life before its engine starts. */
export type NewLife = Pick<Life, 'engine' | 'runner' | 'clock' | 'db' | 'store' | 'budgets'>;

/** One life of the program: an engine on a real file with everything else in the hands of the test. */
export interface Life {
  readonly engine: Engine;
  readonly runner: FakeRunner;
  readonly clock: FakeClock;
  readonly db: Database;
  readonly store: JobStore;
  readonly views: JobViews;
  /** Days end at midnight UTC. */
  readonly budgets: Budgets;
  readonly events: EngineEvent[];
  readonly logged: string[];
  readonly resumed: number;
  request(overrides?: Partial<EnqueueRequest>): EnqueueRequest;
  /** Enqueues and lets everything settle. */
  enqueue(overrides?: Partial<EnqueueRequest>): Promise<JobId>;
  /** The only running task of the job. */
  taskOf(id: JobId): HeldTask;
  state(id: JobId): string | undefined;
}

export interface Harness {
  /** The current life. */
  readonly life: () => Life;
  /** Drops the engine without a word and starts another on the same file. */
  crash(options?: HarnessOptions): Life;
  check(): void;
  close(): void;
}

export function createHarness(options: HarnessOptions = {}): Harness {
  const folder = tempFolder();
  const ids = createTestIds();
  const acknowledged = new Set<JobId>();
  let wallMs = 1_800_000_000_000;
  let keys = 0;
  let current = live(options);

  function live(with_: HarnessOptions): Life {
    const file = join(folder.path, 'jobs.db');
    with_.beforeOpen?.(file);
    const db = openJobDatabase(file);
    try {
      return liveOn(db, with_);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  function liveOn(db: Database, with_: HarnessOptions): Life {
    if (with_.unsynced === true) db.pragma('synchronous = OFF');
    const connection = with_.database?.(db) ?? db;
    const repository = createJobRepository(connection);
    const store = with_.store?.(repository, db) ?? repository;
    const clock = createFakeClock(wallMs);
    const runner = createFakeRunner(with_.capacity);
    const events: EngineEvent[] = [];
    const logged: string[] = [];
    const budgets = createBudgets({ store: createBudgetRepository(connection), clock, timeZone: 'UTC' });
    const kinds = with_.kinds ?? [testKind('chat.answer')];
    const engine = createEngine({
      store,
      runner: with_.taskRunner?.(runner) ?? runner,
      kinds,
      budgets,
      clock,
      ids,
      random: () => 0.5,
      limits: { ...defaultLimits, ...with_.limits },
      ...(with_.providers === undefined ? {} : { providers: with_.providers }),
      log: (level, message) => {
        logged.push(`${level}: ${message}`);
      },
    });
    engine.subscribe(event => {
      events.push(event);
    });
    with_.beforeStart?.({ engine, runner, clock, db, store, budgets });
    const { resumed } = engine.start();
    const request = (overrides: Partial<EnqueueRequest> = {}): EnqueueRequest => {
      keys += 1;
      return {
        kind: 'chat.answer',
        payload: { n: keys },
        idempotencyKey: `key-${keys}`,
        sessionId: null,
        title: `Job ${keys}`,
        ...overrides,
      };
    };
    return {
      engine,
      runner,
      clock,
      db,
      store,
      views: createJobViews(db),
      budgets,
      events,
      logged,
      resumed,
      request,
      async enqueue(overrides) {
        const promise = engine.enqueue(request(overrides));
        promise.catch(() => undefined);
        await clock.quiesce();
        const { jobId } = await promise;
        acknowledged.add(jobId);
        return jobId;
      },
      taskOf(id) {
        const [only, ...more] = runner.held().filter(held => held.task.jobId === id);
        if (only === undefined || more.length > 0)
          throw new Error(`Job ${id} has ${more.length + (only === undefined ? 0 : 1)} running tasks.`);
        return only;
      },
      state: id => store.find(id)?.state,
    };
  }

  return {
    life: () => current,
    crash(next = options) {
      wallMs = current.clock.nowMs();
      current.db.close();
      current = live(next);
      return current;
    },
    check() {
      assertInvariants(current.db, {
        enqueued: acknowledged,
        liveLeases: new Set(current.runner.held().map(held => held.task.leaseToken)),
      });
    },
    close() {
      current.db.close();
      folder.remove();
    },
  };
}
