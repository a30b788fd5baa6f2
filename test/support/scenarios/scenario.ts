import type { JobId, SessionId } from '../../../src/shared/domain/ids.ts';
import type { FinalJobState } from '../../../src/shared/domain/job-state.ts';
import type { Engine, EnqueueRequest } from '../../../src/main/engine/engine-api.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { EngineOptions } from '../../../src/main/engine/engine.ts';
import type { Budgets } from '../../../src/main/engine/budgets.ts';
import type { JobStore } from '../../../src/main/engine/job-store.ts';
import type { StoredBudget } from '../../../src/main/engine/budget-store.ts';
import type { BudgetReleases } from '../../../src/main/engine/budget-releases.ts';
import type { ScheduleRequest, Schedules } from '../../../src/main/engine/schedules.ts';
import type { Usage } from '../../../src/shared/domain/budget.ts';
import type { StepDecision, UndecidedStep } from '../../../src/shared/domain/job-step.ts';
import type { JobKind } from '../../../src/main/engine/job-kind.ts';
import type { EngineLimits } from '../../../src/main/engine/limits.ts';
import type { Task, TaskEnd } from '../../../src/main/engine/task-runner.ts';
import type { Database } from '../../../src/main/store/connection.ts';

/** What a scenario's kinds and requests may use of the life they are in. */
export interface Stage {
  readonly engine: Engine;
  readonly db: Database;
  readonly store: JobStore;
  readonly budgets: Budgets;
  readonly schedules: Schedules;
  readonly releases: BudgetReleases;
  readonly nowMs: () => number;
  /** The machine sleeps until then, and the program is told when it wakes. */
  sleepUntil(wallMs: number): void;
  /** The job a key was acknowledged as; throws for a key that was not. */
  job(key: string): JobId;
}

/** Something a caller asks for. What was not acknowledged before a crash is asked again, so it must bear that. */
export interface Ask {
  readonly name: string;
  /** Resolves to the job when it is an enqueuing under `key`. */
  readonly key?: string;
  ask(stage: Stage): Promise<JobId | void>;
}

/** What the worker does with one attempt. */
export interface Work {
  /** `send:x` and `put:x` are effects, as their kind says. */
  readonly steps: readonly string[];
  /** `hang`: until it is told to stop. */
  readonly end: TaskEnd | 'hang';
  /** Each of its steps can be undone. */
  readonly undoable?: boolean;
  /** What each step uses up. */
  readonly usage?: Usage;
  /** It can look what became of a `send` without an outcome; else nobody can tell. */
  readonly canLook?: boolean;
  /** How it fails between the sending of a `send` and its outcome. */
  readonly losesOutcomes?: TaskEnd;
  /** It fails between announcing a `send` and sending it. */
  readonly stopsBeforeSending?: boolean;
  /** How the undoing of a step fails; null when it does not. */
  readonly undo?: (step: string) => TaskEnd | null;
}

/**
 * A story that every suite of faults and kills tells with each of its faults. New abilities of the engine get a row in
 * `scenarios.ts`: what is asked, what the workers do, how each job ends whatever was broken on the way.
 */
export interface Scenario {
  readonly name: string;
  /** What its green runs show. */
  readonly proves: string;
  kinds(stage: () => Stage): readonly JobKind[];
  readonly limits?: Partial<EngineLimits>;
  readonly providers?: EngineOptions['providers'];
  readonly asks: readonly Ask[];
  /** By the key of the job, of one whose key has no work of its own `{ steps: [], end: done }`. */
  readonly work: Readonly<Record<string, (task: Task) => Work>>;
  /** Of every job with that key in its payload. */
  readonly ends: Readonly<Record<string, FinalJobState>>;
  /** What a person says, whenever a step of that job waits for somebody's word. */
  readonly person?: Readonly<Record<string, (step: UndecidedStep) => StepDecision>>;
  /** Where the wall clock stands when it begins. */
  readonly beginsAtMs?: number;
  /** How long the program is off after each of its deaths. */
  readonly offMs?: number;
  /** What is done depends on the time of day, so a clock that jumps may call for another attempt. */
  readonly goesByTheClock?: boolean;
  /** Queries that find what must not be, by the name of what they refute. */
  readonly refutes?: Readonly<Record<string, string>>;
}

export const done: Extract<TaskEnd, { type: 'done' }> = { type: 'done', output: '{"n":1}', issues: [] };
export const fail = (retryable: boolean, retryAfterMs: number | null = null): TaskEnd => ({
  type: 'failed',
  error: { code: 'busy', message: 'Busy.' },
  retryable,
  retryAfterMs,
});

export function enqueue(key: string, more: Partial<Omit<EnqueueRequest, 'idempotencyKey'>> & { readonly afterMs?: number } = {}): Ask {
  const { afterMs, ...request } = more;
  return {
    name: `enqueue ${key}`,
    key,
    async ask({ engine, nowMs }) {
      const { jobId } = await engine.enqueue({
        kind: 'chat.answer',
        payload: { key },
        sessionId: null,
        title: key,
        idempotencyKey: key,
        ...(afterMs === undefined ? {} : { dueAtMs: nowMs() + afterMs }),
        ...request,
      });
      return jobId;
    },
  };
}

/** A key that is still active is asked for a second time: the same job comes back. */
export const askAgain = (key: string): Ask => ({
  name: `ask again for ${key}`,
  async ask(stage) {
    const id = stage.job(key);
    const active = stage.db.prepare<[string], { n: number }>('SELECT 1 AS n FROM job WHERE id = ? AND finished_at_ms IS NULL').get(id);
    if (active === undefined) return;
    const again = await enqueue(key).ask(stage);
    if (again !== id) throw new Error(`"${key}" was ${id} and came back as ${String(again)}.`);
  },
});

/** An ask that was heard before the crash finds its work done. */
async function unlessHeard(work: Promise<void>, ...codes: EngineError['code'][]): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof EngineError) || !codes.includes(error.code)) throw error;
  }
}

/** Less than the turns of a second that a story has patience for. */
const looksOnMs = 150_000;

/** What an ask needs has not come; it is asked again a second later. */
class NotYet extends Error {
  override readonly name = 'NotYet';
  constructor(key: string) {
    super(`"${key}" has not come so far yet.`);
  }
}

export const cancel = (key: string): Ask => ({
  name: `cancel ${key}`,
  ask: ({ engine, job }) => unlessHeard(engine.cancel(job(key)), 'already_finished'),
});
/** Once the job has failed, or was cancelled. */
export const retry = (key: string): Ask => ({
  name: `retry ${key}`,
  async ask({ engine, db, job }) {
    const ended = db
      .prepare<[string], { n: number }>('SELECT finished_at_ms AS n FROM job WHERE id = ? AND finished_at_ms IS NOT NULL')
      .get(job(key));
    if (ended === undefined) throw new NotYet(key);
    await unlessHeard(engine.retry(job(key)), 'already_running', 'not_retryable');
  },
});
export const resume = (key: string): Ask => ({
  name: `resume ${key}`,
  ask: ({ engine, job }) => unlessHeard(engine.resume(job(key)), 'not_waiting'),
});

/** Of a job that is due later; one that has begun by then is left as it is. */
export const tryNow = (key: string): Ask => ({
  name: `try ${key} now`,
  ask: ({ engine, job }) => engine.tryNow(job(key)),
});

/** Once it has ended. */
export const retryFrom = (key: string, step: number): Ask => ({
  name: `retry ${key} from step ${step}`,
  async ask({ engine, db, job }) {
    const row = db
      .prepare<[string], { endedAtMs: number | null; run: number }>(
        'SELECT finished_at_ms AS endedAtMs, steps_run AS run FROM job WHERE id = ?',
      )
      .get(job(key));
    if (row !== undefined && row.run > 0) return;
    if (row?.endedAtMs === null) throw new NotYet(key);
    await engine.retryFrom(job(key), step);
  },
});
/** Once it has ended: the fork's key has " again" behind. */
export const fork = (key: string, fromStep: number): Ask => ({
  name: `fork ${key} from step ${fromStep}`,
  async ask({ engine, db, job }) {
    const id = job(key);
    const row = db
      .prepare<[string], { endedAtMs: number | null; forks: number }>(
        'SELECT finished_at_ms AS endedAtMs, (SELECT count(*) FROM job AS fork WHERE fork.forked_from = job.id) AS forks FROM job WHERE id = ?',
      )
      .get(id);
    // A person who was not told looks before asking again.
    if (row !== undefined && row.forks > 0) return;
    if (row?.endedAtMs === null) throw new NotYet(key);
    await engine.fork(id, fromStep);
  },
});

/** Sets a budget as the program's call does: with the jobs that it lets go on. `after`: once that job waits for it. */
export const setBudget = (budget: StoredBudget, after: string | null = null): Ask => ({
  name: `budget of ${budget.scope} ${budget.subject}`,
  async ask({ store, budgets, releases, db, job }) {
    const isSet = budgets
      .list()
      .some(
        ({ scope, subject, period, limits }) =>
          scope === budget.scope &&
          subject === budget.subject &&
          period === budget.period &&
          JSON.stringify(limits) === JSON.stringify(budget.limits),
      );
    if (!isSet) {
      if (after !== null) {
        const waits = db
          .prepare<[string], { n: number }>("SELECT 1 AS n FROM job WHERE id = ? AND state = 'waiting' AND wait_reason = 'budget'")
          .get(job(after));
        if (waits === undefined) throw new NotYet(after);
      }
      store.transaction(() => budgets.set(budget));
    }
    // Asked again, it lets go on what it had not.
    await releases.release();
  },
});

export const saveSchedule = (title: string, more: Partial<ScheduleRequest> = {}): Ask => ({
  name: `schedule ${title}`,
  async ask({ schedules }) {
    await Promise.resolve();
    if (schedules.list().some(schedule => schedule.title === title)) return;
    schedules.save({
      id: null,
      kind: 'chat.answer',
      payload: { key: title },
      sessionId: null,
      title,
      cron: '* * * * *',
      timeZone: 'UTC',
      missed: 'run_once',
      enabled: true,
      ...more,
    });
  },
});
/** Waits until so many planned times of the schedule have been seen to; a fault may have refused one of them. */
export const seenTo = (title: string, count: number): Ask => ({
  name: `${title} has come ${count} times`,
  ask({ db }) {
    const row = db
      .prepare<[string], { n: number }>('SELECT count(*) AS n FROM schedule_run JOIN schedule ON schedule.id = schedule_id WHERE title = ?')
      .get(title);
    return (row?.n ?? 0) < count ? Promise.reject(new NotYet(title)) : Promise.resolve();
  },
});
export const switchOff = (title: string): Ask => ({
  name: `${title} is switched off`,
  async ask({ schedules }) {
    await Promise.resolve();
    for (const schedule of schedules.list()) if (schedule.title === title) schedules.setEnabled(schedule.id, false);
  },
});
export const sleepUntil = (wallMs: number): Ask => ({
  name: `asleep until ${new Date(wallMs).toISOString()}`,
  async ask(stage) {
    await Promise.resolve();
    if (stage.nowMs() < wallMs) stage.sleepUntil(wallMs);
  },
});
/** Waits until a job has ended, and sleeps through a wait of it that is longer than anybody looks on. */
export const sleepThrough = (key: string): Ask => ({
  name: `asleep while "${key}" waits`,
  ask(stage) {
    const row = stage.db
      .prepare<[string], { endedAtMs: number | null; untilMs: number | null }>(
        'SELECT finished_at_ms AS endedAtMs, wait_expires_at_ms AS untilMs FROM job WHERE id = ?',
      )
      .get(stage.job(key));
    if (row !== undefined && row.endedAtMs !== null) return Promise.resolve();
    const untilMs = row?.untilMs ?? null;
    if (untilMs !== null && untilMs - stage.nowMs() > looksOnMs) stage.sleepUntil(untilMs);
    return Promise.reject(new NotYet(key));
  },
});
export const waitUntil = (wallMs: number): Ask => ({
  name: `it is ${new Date(wallMs).toISOString()}`,
  ask: ({ nowMs }) => (nowMs() < wallMs ? Promise.reject(new NotYet('the time')) : Promise.resolve()),
});

export const sessionsOfTests = ['a', 'b'].map(letter => `00000000-0000-7000-8000-00000000000${letter}` as SessionId);
