import { frameValueLimit, workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { hostCallSpecs, hostCallsOfUndo } from '../../shared/contract/worker/host-calls.ts';
import { taskSpecs } from '../../shared/contract/worker/tasks.ts';
import { stepBase, type Compensation } from '../../shared/domain/job-step.ts';
import type { Checked, Task, TaskEnd, TaskObserver } from '../engine/task-runner.ts';
import { hostCallLimit } from './pool-settings.ts';

/** Frames that speak of a task. */
export type TaskFrame = Extract<
  FromWorker,
  {
    type:
      | 'progress'
      | 'step'
      | 'effect'
      | 'effect-not-done'
      | 'indeterminate'
      | 'host-call'
      | 'done'
      | 'failed'
      | 'cancelled'
      | 'withdrawn';
  }
>;

export interface TaskSeatParams {
  readonly task: Task;
  readonly observer: TaskObserver;
  readonly generation: number;
  readonly send: (frame: ToWorker) => void;
  /** The task came to a proper end by a frame of its own. */
  readonly onEndFrame: (seat: TaskSeat, end: TaskEnd) => void;
  /** The worker gives it back: it had not begun. */
  readonly onWithdrawn: (seat: TaskSeat) => void;
  /** The lease is lost: nothing this task does is wanted any more. */
  readonly onAbandon: (seat: TaskSeat) => void;
}

interface Schema {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
}

/** Null when the text is not JSON or does not fit. */
function read(schema: Schema, text: string): Checked | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { schema, value: parsed.data } : null;
  } catch {
    return null;
  }
}

function undoneBy({ compensation }: { readonly compensation?: Compensation | undefined }): { compensation?: Compensation } {
  return compensation === undefined ? {} : { compensation };
}

const tooLarge = 'The answer of the database is larger than a frame may hold. Ask for less.';
const unavailable = 'The answer could not be fetched from the database.';

/**
 * One task in one process: what it may say, in which order, and its single end.
 *
 * A class, since closures for everything that a task may say and mostly does not cost more memory than the rest of a seat.
 */
export class TaskSeat {
  readonly #params: TaskSeatParams;
  readonly task: Task;
  readonly ended: Promise<TaskEnd>;
  readonly #resolve: (end: TaskEnd) => void;
  /** Made when they are first needed. Names of steps that stand; effects that are on their way: announced, or sent by an earlier attempt. */
  #stepNames: Set<string> | null = null;
  #effects: Set<string> | null = null;
  #openHostCalls = 0;
  #started = false;
  #begun = false;
  #withdrawing = false;
  #settled = false;
  #lastSeq = 0;
  #lastRequestId = 0;
  /** The commit of the step last reported; the next one may only follow it. */
  #committing: Promise<void> | null = null;

  constructor(params: TaskSeatParams) {
    this.#params = params;
    this.task = params.task;
    const { promise, resolve } = Promise.withResolvers<TaskEnd>();
    this.ended = promise;
    this.#resolve = resolve;
  }

  /** The process has been told of it. */
  isStarted(): boolean {
    return this.#started;
  }
  /** Nothing is before it in its place: from now on what happens to the process may be its doing. */
  isBegun(): boolean {
    return this.#begun;
  }
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    if (this.task.place !== undefined) this.#params.observer.onBegin();
  }
  /** Asks for it back. */
  sendWithdraw(): void {
    if (this.#withdrawing) return;
    this.#withdrawing = true;
    this.#params.send({ ...this.#header(), type: 'withdraw' });
  }
  start(): void {
    this.#started = true;
    const { kind, jobId, traceId, attempt, input, recorded, inFlight = [], run = 0, undo, place } = this.task;
    this.#params.send({
      ...this.#header(),
      type: 'start',
      kind,
      jobId,
      traceId,
      attempt,
      input,
      recorded: recorded.map(step => ({ name: step.name, output: step.output })),
      ...(inFlight.length === 0 ? {} : { inFlight: inFlight.map(name => ({ name })) }),
      ...(run === 0 ? {} : { run }),
      ...(undo === undefined ? {} : { undo: undo.map(({ step, name, data, output }) => ({ step, name, data, output })) }),
      ...(place === undefined ? {} : { place }),
    });
  }
  /** Returns why the frame breaks the protocol, or null. */
  take(frame: TaskFrame): string | null {
    if (frame.type === 'withdrawn') return this.#takeWithdrawn();
    if (!this.#begun) return `a frame of a task that was not started: ${frame.type}`;
    switch (frame.type) {
      case 'progress':
        this.#params.observer.onProgress(frame.progress);
        return null;
      case 'step':
        return this.#takeStep(frame);
      case 'effect':
        return this.#takeEffect(frame);
      case 'effect-not-done':
        return this.#takeNotDone(frame);
      case 'indeterminate':
        return this.#takeIndeterminate(frame);
      case 'host-call':
        return this.#takeHostCall(frame);
      case 'done':
        return this.#takeDone(frame);
      case 'failed':
        return this.#end({
          type: 'failed',
          error: { code: frame.code, message: frame.message },
          retryable: frame.retryable,
          retryAfterMs: frame.retryAfterMs,
          usage: frame.usage,
        });
      case 'cancelled':
        return this.#end({ type: 'cancelled', usage: frame.usage });
    }
  }
  sendCancel(): void {
    this.#params.send({ ...this.#header(), type: 'cancel' });
  }
  /** First call wins. `ended` follows once no step of this task is being committed any more. */
  settle(end: TaskEnd): void {
    if (this.#settled) return;
    this.#settled = true;
    // A step being committed is an effect of this task; the end comes after it.
    if (this.#committing === null) this.#resolve(end);
    else void this.#committing.then(() => this.#resolve(end));
  }

  #header() {
    return { v: workerProtocolVersion, generation: this.#params.generation, leaseToken: this.task.leaseToken } as const;
  }

  /** By a frame of its own. */
  #end(end: TaskEnd): null {
    this.#params.onEndFrame(this, end);
    return null;
  }

  #names(): Set<string> {
    return (this.#stepNames ??= new Set(this.task.recorded.map(step => step.name)));
  }
  #onTheirWay(): Set<string> {
    return (this.#effects ??= new Set(this.task.inFlight));
  }

  /** What the kind says of an effect, by the part of its name before `:`. */
  #isEffect(name: string): boolean {
    return Object.hasOwn(taskSpecs[this.task.kind].effects, stepBase(name));
  }

  /** Why this frame may not come now, or null. Steps and effects have one row of numbers. */
  #outOfTurn(frame: { readonly seq: number; readonly name: string }): string | null {
    if (this.#committing !== null) return `step ${frame.seq} was sent before step ${this.#lastSeq} was recorded`;
    if (frame.seq !== this.#lastSeq + 1) return `step ${frame.seq} follows step ${this.#lastSeq}`;
    return null;
  }

  /** The output, or in a sentence what is wrong with it. */
  #readOutput(name: string, output: string): Checked | string {
    const schemas: Readonly<Record<string, Schema>> = taskSpecs[this.task.kind].steps;
    const base = stepBase(name);
    const schema = Object.hasOwn(schemas, base) ? schemas[base] : undefined;
    if (schema === undefined) return `${this.task.kind} has no step "${name}"`;
    return read(schema, output) ?? `the output of step "${name}" does not fit its schema`;
  }

  #commit(seq: number, committed: Promise<void>): null {
    this.#lastSeq = seq;
    this.#committing = committed.then(
      () => {
        this.#committing = null;
        if (!this.#settled) this.#params.send({ ...this.#header(), type: 'step-recorded', seq });
      },
      () => {
        this.#committing = null;
        if (!this.#settled) this.#params.onAbandon(this);
      },
    );
    return null;
  }

  #takeWithdrawn(): string | null {
    if (this.#begun || !this.#withdrawing) return 'a task was given back that has begun or that nobody asked for';
    this.#params.onWithdrawn(this);
    return null;
  }

  #takeStep(frame: Extract<TaskFrame, { type: 'step' }>): string | null {
    const wrong = this.#outOfTurn(frame);
    if (wrong !== null) return wrong;
    const { observer } = this.#params;
    const { undo } = this.task;
    const { seq, name, startedAtMs, output, usage } = frame;
    if (undo !== undefined) {
      if (undo[seq - 1]?.step !== name) return `step "${name}" is not the next one to undo`;
      return this.#commit(seq, observer.onStep({ seq, name, startedAtMs, output: 'null', usage }));
    }
    if (this.#names().has(name)) return `step "${name}" was sent twice`;
    if (this.#isEffect(name) && !this.#onTheirWay().has(name)) return `effect "${name}" has an outcome and was not announced`;
    const checked = this.#readOutput(name, output);
    if (typeof checked === 'string') return checked;
    this.#names().add(name);
    this.#onTheirWay().delete(name);
    return this.#commit(seq, observer.onStep({ seq, name, output, checked, startedAtMs, usage, ...undoneBy(frame) }));
  }

  #takeEffect(frame: Extract<TaskFrame, { type: 'effect' }>): string | null {
    const wrong = this.#outOfTurn(frame);
    if (wrong !== null) return wrong;
    const { seq, name, startedAtMs, key, assumed } = frame;
    if (this.task.undo !== undefined) return 'an effect was sent while undoing';
    if (!this.#isEffect(name)) return `${this.task.kind} has no effect "${name}"`;
    if (this.#names().has(name)) return `effect "${name}" was sent twice`;
    const checked = this.#readOutput(name, assumed);
    if (typeof checked === 'string') return checked;
    this.#onTheirWay().add(name);
    return this.#commit(seq, this.#params.observer.onEffect({ seq, name, startedAtMs, key, assumed, ...undoneBy(frame) }));
  }

  #takeNotDone({ seq, name }: Extract<TaskFrame, { type: 'effect-not-done' }>): string | null {
    const wrong = this.#outOfTurn({ seq, name });
    if (wrong !== null) return wrong;
    if (!this.#onTheirWay().delete(name)) return `effect "${name}" is not on its way`;
    return this.#commit(seq, this.#params.observer.onEffectNotDone({ seq, name }));
  }

  #takeIndeterminate({ name, usage }: Extract<TaskFrame, { type: 'indeterminate' }>): string | null {
    if (this.#committing !== null) return `the task ends before step ${this.#lastSeq} was recorded`;
    if (!this.#onTheirWay().has(name)) return `effect "${name}" is not on its way`;
    return this.#end({ type: 'indeterminate', step: name, usage });
  }

  #takeHostCall({ requestId, name, input }: Extract<TaskFrame, { type: 'host-call' }>): string | null {
    if (requestId !== this.#lastRequestId + 1) return `host call ${requestId} follows host call ${this.#lastRequestId}`;
    this.#lastRequestId = requestId;
    const callSpec = Object.hasOwn(hostCallSpecs, name) ? hostCallSpecs[name as keyof typeof hostCallSpecs] : undefined;
    if (callSpec === undefined) return `there is no host call "${name}"`;
    if (this.task.undo !== undefined && !(hostCallsOfUndo as readonly string[]).includes(name))
      return `host call "${name}" was made while undoing`;
    if (read(callSpec.input, input) === null) return `the input of host call "${name}" does not fit its schema`;
    if (this.#openHostCalls >= hostCallLimit) return `more than ${hostCallLimit} host calls are open`;
    this.#openHostCalls += 1;
    const answer = (ok: boolean, value: string): void => {
      this.#openHostCalls -= 1;
      if (this.#settled) return;
      const fits = value.length <= frameValueLimit;
      this.#params.send({ ...this.#header(), type: 'host-result', requestId, ok: ok && fits, value: fits ? value : tooLarge });
    };
    this.#params.observer.onHostCall(name, input).then(
      value => answer(true, value),
      (error: unknown) => answer(false, error instanceof Error ? error.message : unavailable),
    );
    return null;
  }

  #takeDone({ output, issues, usage, tookMs }: Extract<TaskFrame, { type: 'done' }>): string | null {
    if (this.#committing !== null) return `the task says it is done before step ${this.#lastSeq} was recorded`;
    const { kind, undo } = this.task;
    const misfit = `the output of ${kind} does not fit its schema`;
    if (undo !== undefined) return this.#lastSeq >= undo.length ? this.#end({ type: 'done', output, issues, usage }) : misfit;
    const checked = read(taskSpecs[kind].output, output);
    return checked === null ? misfit : this.#end({ type: 'done', output, checked, issues, usage, tookMs });
  }
}
