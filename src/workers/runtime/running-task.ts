import { workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { hostCallSpecs } from '../../shared/contract/worker/host-calls.ts';
import { taskSpecs } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import { coalesce, type Coalesced } from './coalesce.ts';
import { describeError } from './describe-error.ts';
import { decode, encode } from './frame-values.ts';
import type { LogLevel } from './process-guards.ts';
import { createStepRunner, type ErasedCompensationHandler, type StepRunner } from './step-runner.ts';
import { Stop } from './stop.ts';

/** 20 a second: more than a person reads and less than a window redraws. */
const progressIntervalMs = 50;
/** As the frame's schema bounds them. */
const messageLimit = 2_000;

/** A task's work with its types taken off; `serve` has checked that kind and handler belong together. */
export type ErasedHandler = (input: unknown, context: unknown) => Promise<unknown>;

const nothingUsed: Usage = { tokens: 0, moneyMinor: 0 };

interface HostAnswer {
  readonly ok: boolean;
  readonly value: string;
}

export interface RunningTaskParams {
  readonly start: Extract<ToWorker, { type: 'start' }>;
  readonly handler: ErasedHandler;
  /** How its steps are undone, by name. */
  readonly compensations: Readonly<Record<string, ErasedCompensationHandler>>;
  readonly send: (frame: FromWorker) => void;
  readonly log: (level: LogLevel, message: string, leaseToken: string) => void;
  /** The handler has ended and the last frame is sent. */
  readonly onEnded: (task: RunningTask) => void;
}

/**
 * One task at work in this process. A class, since closures for everything that a task may do and mostly does not cost more
 * memory than a small task itself.
 */
export class RunningTask {
  readonly #params: RunningTaskParams;
  readonly #stop = new Stop();
  /** Asked for when nobody listens any more. */
  readonly #abandonment = new Stop();
  #isOver = false;
  #used: Usage = nothingUsed;
  /** Made when they are first needed: most tasks have no step, report nothing and ask nothing. */
  #steps: StepRunner | null = null;
  #progress: Coalesced<Progress> | null = null;
  #hostCalls: Map<number, (answer: HostAnswer) => void> | null = null;
  #lastRequestId = 0;
  #begunAtMs = 0;

  constructor(params: RunningTaskParams) {
    this.#params = params;
  }

  /** Once, in a turn after the one that made it, so that a handler that never awaits does not hold back the frame behind its start. */
  begin(): void {
    if (this.start.place !== undefined) this.#begunAtMs = performance.now();
    void this.#work();
  }
  take(frame: Extract<ToWorker, { type: 'step-recorded' | 'host-result' }>): void {
    if (frame.type === 'step-recorded') return this.#steps?.take(frame.seq);
    const answer = this.#hostCalls?.get(frame.requestId);
    this.#hostCalls?.delete(frame.requestId);
    answer?.({ ok: frame.ok, value: frame.value });
  }
  cancel(): void {
    if (!this.#stop.aborted) this.#stop.abort(new DOMException('The task is cancelled.', 'AbortError'));
  }
  /** Stops the work and says nothing of it: the job goes back to the queue with what it recorded. */
  abandon(): void {
    const reason = new DOMException('The program is closing.', 'AbortError');
    this.#abandonment.abort(reason);
    this.#stop.abort(reason);
  }

  get stop(): Stop {
    return this.#stop;
  }
  get start(): RunningTaskParams['start'] {
    return this.#params.start;
  }
  steps(): StepRunner {
    this.#steps ??= createStepRunner({
      start: this.start,
      signal: this.#stop,
      send: frame => this.#send(frame),
      unlessCancelled: promise => this.#stop.unless(promise),
      unlessAbandoned: promise => this.#abandonment.unless(promise),
      isAbandoned: () => this.#abandonment.aborted,
      flushProgress: () => this.#progress?.flush(),
      takeUsed: () => this.#takeUsed(),
      warn: message => this.log('warn', message),
    });
    return this.#steps;
  }
  report(value: Progress): void {
    if (this.#stop.aborted) return;
    this.#progress ??= coalesce(progressIntervalMs, progress => this.#send({ ...this.#header(), type: 'progress', progress }));
    this.#progress.push(value);
  }
  async hostCall(name: keyof typeof hostCallSpecs, input: unknown): Promise<unknown> {
    this.#stop.throwIfAborted();
    const callSpec = hostCallSpecs[name];
    const encoded = encode(callSpec.input, input, `The input of host call "${name}"`);
    this.#lastRequestId += 1;
    const requestId = this.#lastRequestId;
    const { promise, resolve } = Promise.withResolvers<HostAnswer>();
    this.#hostCalls ??= new Map();
    this.#hostCalls.set(requestId, resolve);
    this.#send({ ...this.#header(), type: 'host-call', requestId, name, input: encoded });
    const answer = await this.#stop.unless(promise);
    if (!answer.ok)
      throw new TaskFailure('host_call_failed', answer.value === '' ? `Host call "${name}" failed.` : answer.value, { retryable: true });
    return decode(callSpec.output, answer.value, `The answer to host call "${name}"`);
  }
  charge({ tokens = 0, moneyMinor = 0, unpricedTokens = 0 }: Partial<Usage>): void {
    const unpriced = (this.#used.unpricedTokens ?? 0) + unpricedTokens;
    this.#used = {
      tokens: this.#used.tokens + tokens,
      moneyMinor: this.#used.moneyMinor + moneyMinor,
      ...(unpriced === 0 ? {} : { unpricedTokens: unpriced }),
    };
  }
  log(level: LogLevel, message: string): void {
    this.#params.log(level, message, this.start.leaseToken);
  }

  #header() {
    const { generation, leaseToken } = this.start;
    return { v: workerProtocolVersion, generation, leaseToken } as const;
  }

  /** After its end frame a task is silent, whatever a forgotten promise of its handler still does. */
  #send(frame: FromWorker): void {
    if (!this.#isOver) this.#params.send(frame);
  }

  /** What was used up since the frame before; for the one frame it is given to. */
  #takeUsed(): { usage?: Usage } {
    const usage = this.#used;
    this.#used = nothingUsed;
    return usage.tokens === 0 && usage.moneyMinor === 0 ? {} : { usage };
  }

  /** Main learns from it which kinds are short. */
  #took(): { tookMs?: number } {
    return this.start.place === undefined ? {} : { tookMs: performance.now() - this.#begunAtMs };
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    try {
      const { output, issues } = await this.#result();
      if (this.#abandonment.aborted) return;
      this.#progress?.flush();
      // A handler may have caught what `effect` threw; its result rests on something that nobody knows.
      if (!this.#sendIndeterminate()) this.#send({ ...this.#header(), type: 'done', output, issues, ...this.#takeUsed(), ...this.#took() });
    } catch (error) {
      if (this.#abandonment.aborted) return;
      await this.#steps?.settled();
      this.#progress?.flush();
      if (this.#stop.aborted) this.#send({ ...this.#header(), type: 'cancelled', ...this.#takeUsed() });
      else if (!this.#sendIndeterminate()) this.#sendFailure(error);
    } finally {
      this.#isOver = true;
      this.#params.onEnded(this);
    }
  }

  /** The JSON text of the result. */
  async #result(): Promise<{ readonly output: string; readonly issues: string[] }> {
    const { start, handler, compensations } = this.#params;
    const spec = taskSpecs[start.kind];
    const context = new ContextOfTask(this);
    if (start.undo !== undefined) {
      await this.steps().undoAll(compensations, context);
      return { output: 'null', issues: [] };
    }
    const input = decode(spec.input, start.input, `The input of ${start.kind}`);
    const output = await handler(input, context);
    if (this.#steps !== null) await this.#steps.settled();
    return { output: encode(spec.output, output, `The output of ${start.kind}`), issues: issuesOf(output) };
  }

  #sendIndeterminate(): boolean {
    const name = this.#steps?.indeterminate() ?? null;
    if (name === null) return false;
    this.#send({ ...this.#header(), type: 'indeterminate', name, ...this.#takeUsed() });
    return true;
  }

  #sendFailure(error: unknown): void {
    if (error instanceof TaskFailure) {
      if (error.cause !== undefined) this.log('warn', `${error.code}: ${describeError(error.cause)}`);
      this.#send({
        ...this.#header(),
        type: 'failed',
        code: error.code.slice(0, 64) || 'internal',
        message: error.message.slice(0, messageLimit),
        retryable: error.retryable,
        retryAfterMs: error.retryAfterMs === null ? null : Math.max(0, Math.round(error.retryAfterMs)),
        ...this.#takeUsed(),
      });
      return;
    }
    // SECURITY: an unexpected error's own words may hold a path or a piece of the person's text; they go to the log alone.
    this.log('error', `Unexpected: ${describeError(error)}`);
    this.#send({
      ...this.#header(),
      type: 'failed',
      code: 'internal',
      message: `The task stopped on an unexpected error (${error instanceof Error ? error.name.slice(0, 100) : typeof error}).`,
      // Once more: it may have been a passing state of the machine. A second time it is the program's fault and stays one.
      retryable: this.start.attempt === 1,
      retryAfterMs: null,
      ...this.#takeUsed(),
    });
  }
}

/** What the handler sees of its task: `TaskContext` with its types taken off. */
class ContextOfTask {
  readonly #task: RunningTask;
  readonly attempt: number;
  readonly traceId: string;

  constructor(task: RunningTask) {
    this.#task = task;
    this.attempt = task.start.attempt;
    this.traceId = task.start.traceId;
  }
  get signal(): AbortSignal {
    return this.#task.stop.signal;
  }
  report(value: Progress): void {
    this.#task.report(value);
  }
  step(...step: Parameters<StepRunner['step']>): Promise<unknown> {
    return this.#task.steps().step(...step);
  }
  effect(...effect: Parameters<StepRunner['effect']>): Promise<unknown> {
    return this.#task.steps().effect(...effect);
  }
  hostCall(name: keyof typeof hostCallSpecs, input: unknown): Promise<unknown> {
    return this.#task.hostCall(name, input);
  }
  charge(used: Partial<Usage>): void {
    this.#task.charge(used);
  }
  log(level: LogLevel, message: string): void {
    this.#task.log(level, message);
  }
}

/** Codes of a finished task's shortcomings, where its output lists them; the engine marks the job `done` with issues. */
function issuesOf(output: unknown): string[] {
  if (typeof output !== 'object' || output === null || !('issues' in output) || !Array.isArray(output.issues)) return [];
  const codes = output.issues.map((issue: unknown) =>
    typeof issue === 'object' && issue !== null && 'code' in issue && typeof issue.code === 'string' ? issue.code : null,
  );
  return codes.every(code => code !== null) ? codes : [];
}
