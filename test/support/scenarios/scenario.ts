import type { JobId, SessionId } from '../../../src/shared/domain/ids.ts';
import type { FinalJobState } from '../../../src/shared/domain/job-state.ts';
import type { Engine, EnqueueRequest } from '../../../src/main/engine/engine-api.ts';
import { EngineError } from '../../../src/main/engine/engine-api.ts';
import type { EngineOptions } from '../../../src/main/engine/engine.ts';
import type { JobKind } from '../../../src/main/engine/job-kind.ts';
import type { EngineLimits } from '../../../src/main/engine/limits.ts';
import type { Task, TaskEnd } from '../../../src/main/engine/task-runner.ts';
import type { Database } from '../../../src/main/store/connection.ts';

/** What a scenario's kinds and requests may use of the life they are in. */
export interface Stage {
  readonly engine: Engine;
  readonly db: Database;
  readonly nowMs: () => number;
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
  readonly steps: readonly string[];
  /** `hang`: until it is told to stop. */
  readonly end: TaskEnd | 'hang';
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
  readonly ends: Readonly<Record<string, FinalJobState>>;
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

/** What an ask needs has not come; it is asked again a second later. */
class NotYet extends Error {
  override readonly name = 'NotYet';
  constructor(key: string) {
    super(`"${key}" has not ended yet.`);
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

export const sessionsOfTests = ['a', 'b'].map(letter => `00000000-0000-7000-8000-00000000000${letter}` as SessionId);
