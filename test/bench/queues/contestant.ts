/** One engine as the bench measures it, whatever it is made of. A session starts with empty storage and leaves nothing. */
export interface Contestant {
  readonly name: string;
  /** How durable a commit is and what was set. */
  readonly settings: string;
  readonly jobs: { readonly enqueue: number; readonly bulk: number; readonly one: number; readonly best: number };
  open(): Promise<Session>;
}

export interface Drained {
  readonly jobs: number;
  readonly ms: number;
  /** Processor time of all its processes, the server's included, in microseconds; null where the system does not tell. */
  readonly cpuMicros: number | null;
}

/** Why a figure cannot be taken. */
export interface NotMeasured {
  readonly why: string;
}

export interface Session {
  /** Milliseconds for `count` jobs, each awaited before the next. */
  enqueueOneByOne(count: number): Promise<number>;
  /** Milliseconds for `count` jobs handed over together. */
  enqueueBulk(count: number): Promise<number>;
  /** From the first job's start in the worker process to the last one's end on disk, `count` jobs waiting. */
  drain(mode: 'one' | 'best', count: number): Promise<Drained>;
  /** Milliseconds from the call that enqueues to the start of the work in an idle worker process, job by job. */
  pickups(count: number): Promise<readonly number[]>;
  /** Milliseconds from the death of a worker process until its job starts in another one that stands by. */
  rerunAfterKill(): Promise<number | NotMeasured>;
  /** Milliseconds from the call that cancels until the work in the worker process is told. */
  cancelReach(): Promise<number | NotMeasured>;
  close(): Promise<void>;
}
