/** What a foreign engine is given to work with; each takes the one it knows. */
export interface Place {
  /** A SQLite file that does not exist yet, or that an earlier call of the same session made. */
  readonly file: string;
  /** Port of a Redis on loopback; 0 where there is none. */
  readonly redisPort: number;
  /** Connection string of an empty PostgreSQL database; empty where there is none. */
  readonly postgresUrl: string;
}

export interface Payload {
  readonly n: number;
  /** Monotonic time of the machine just before the call that enqueues; `clock.ts`. */
  readonly sentAtMs: number;
  /** What the worker does with it: nothing, or never end. */
  readonly work: 'nothing' | 'hang';
  readonly padding: string;
}

/** How a worker process is set up; each engine knows what makes it fastest or quickest to notice. */
export type WorkerMode = 'one' | 'best' | 'idle' | 'watchful';

export interface Producer {
  add(payload: Payload): Promise<string>;
  /** In the largest pieces the engine offers. */
  addMany(payloads: readonly Payload[]): Promise<void>;
  cancel?(id: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorkerHooks {
  run(payload: Payload, signal: AbortSignal | null): Promise<void>;
  /** The job's end is committed. */
  onEnded(count: number): void;
}

/** A job engine from npm. `producer` runs in the bench, `work` in a process of its own that is killed in the end. */
export interface ForeignEngine {
  readonly name: ForeignName;
  readonly needs: 'file' | 'redis' | 'postgres';
  /** What was set, for the notes. */
  readonly settings: string;
  /** Jobs measured in one round; slow engines get fewer, so that a round stays within seconds. */
  readonly jobs: { readonly enqueue: number; readonly bulk: number; readonly one: number; readonly best: number };
  /** Why a killed worker's job is not waited for, or null. */
  readonly noRerun: string | null;
  producer(place: Place): Promise<Producer>;
  work(place: Place, mode: WorkerMode, hooks: WorkerHooks): Promise<void>;
}

export const foreignNames = ['plainjob', 'liteque', 'bullmq', 'pg-boss', 'graphile-worker'] as const;
export type ForeignName = (typeof foreignNames)[number];
