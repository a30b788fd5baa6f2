import { workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { hostCallSpecs, taskSpecs } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import { coalesce } from './coalesce.ts';
import { describeError } from './describe-error.ts';
import { decode, encode } from './frame-values.ts';
import type { LogLevel } from './process-guards.ts';
import { createStepRunner, type ErasedCompensationHandler, type StepRunner } from './step-runner.ts';
import { createStop } from './stop.ts';

/** 20 a second: more than a person reads and less than a window redraws. */
const progressIntervalMs = 50;
/** As the frame's schema bounds them. */
const messageLimit = 2_000;

/** A task's work with its types taken off; `serve` has checked that kind and handler belong together. */
export type ErasedHandler = (input: unknown, context: unknown) => Promise<unknown>;

export interface RunningTaskParams {
  readonly start: Extract<ToWorker, { type: 'start' }>;
  readonly handler: ErasedHandler;
  /** How its steps are undone, by name. */
  readonly compensations: Readonly<Record<string, ErasedCompensationHandler>>;
  readonly send: (frame: FromWorker) => void;
  readonly log: (level: LogLevel, message: string, leaseToken: string) => void;
  /** The handler has ended and the last frame is sent. */
  readonly onEnded: () => void;
}

/** One task at work in this process. */
export interface WorkingTask {
  /** Once, in a turn after the one that made it, so that a handler that never awaits does not hold back the frame behind its start. */
  begin(): void;
  take(frame: Extract<ToWorker, { type: 'step-recorded' | 'host-result' }>): void;
  cancel(): void;
  /** Stops the work and says nothing of it: the job goes back to the queue with what it recorded. */
  abandon(): void;
}

export function runTask(params: RunningTaskParams): WorkingTask {
  const { start } = params;
  const spec = taskSpecs[start.kind];
  const header = { v: workerProtocolVersion, generation: start.generation, leaseToken: start.leaseToken } as const;
  const stop = createStop();
  /** Nobody listens any more. */
  const abandonment = createStop();
  const isAbandoned = (): boolean => abandonment.aborted;
  const hostCalls = new Map<number, (answer: { ok: boolean; value: string }) => void>();
  let isOver = false;
  /** After its end frame a task is silent, whatever a forgotten promise of its handler still does. */
  const send = (frame: FromWorker): void => {
    if (!isOver) params.send(frame);
  };
  const progress = coalesce<Progress>(progressIntervalMs, value => send({ ...header, type: 'progress', progress: value }));
  let lastRequestId = 0;

  let used: Usage = { tokens: 0, moneyMinor: 0 };
  /** What was used up since the frame before; for the one frame it is given to. */
  function takeUsed(): { usage?: Usage } {
    const { tokens, moneyMinor } = used;
    used = { tokens: 0, moneyMinor: 0 };
    return tokens === 0 && moneyMinor === 0 ? {} : { usage: { tokens, moneyMinor } };
  }

  let stepRunner: StepRunner | null = null;
  /** Made for the first step: most tasks have none. */
  function steps(): StepRunner {
    stepRunner ??= createStepRunner({
      start,
      signal: stop,
      send,
      unlessCancelled: stop.unless,
      unlessAbandoned: abandonment.unless,
      isAbandoned,
      flushProgress: progress.flush,
      takeUsed,
      warn: message => params.log('warn', message, start.leaseToken),
    });
    return stepRunner;
  }

  const context = {
    get signal() {
      return stop.signal();
    },
    attempt: start.attempt,
    traceId: start.traceId,
    report: (value: Progress) => {
      if (!stop.aborted) progress.push(value);
    },
    step: (...step: Parameters<StepRunner['step']>) => steps().step(...step),
    effect: (...effect: Parameters<StepRunner['effect']>) => steps().effect(...effect),
    async hostCall(name: keyof typeof hostCallSpecs, input: unknown) {
      stop.throwIfAborted();
      const callSpec = hostCallSpecs[name];
      const encoded = encode(callSpec.input, input, `The input of host call "${name}"`);
      lastRequestId += 1;
      const requestId = lastRequestId;
      const { promise, resolve } = Promise.withResolvers<{ ok: boolean; value: string }>();
      hostCalls.set(requestId, resolve);
      send({ ...header, type: 'host-call', requestId, name, input: encoded });
      const answer = await stop.unless(promise);
      if (!answer.ok)
        throw new TaskFailure('host_call_failed', answer.value === '' ? `Host call "${name}" failed.` : answer.value, { retryable: true });
      return decode(callSpec.output, answer.value, `The answer to host call "${name}"`);
    },
    charge({ tokens = 0, moneyMinor = 0 }: Partial<Usage>) {
      used = { tokens: used.tokens + tokens, moneyMinor: used.moneyMinor + moneyMinor };
    },
    log: (level: LogLevel, message: string) => params.log(level, message, start.leaseToken),
  };

  function sendFailure(error: unknown): void {
    if (error instanceof TaskFailure) {
      if (error.cause !== undefined) params.log('warn', `${error.code}: ${describeError(error.cause)}`, start.leaseToken);
      send({
        ...header,
        type: 'failed',
        code: error.code.slice(0, 64) || 'internal',
        message: error.message.slice(0, messageLimit),
        retryable: error.retryable,
        retryAfterMs: error.retryAfterMs === null ? null : Math.max(0, Math.round(error.retryAfterMs)),
        ...takeUsed(),
      });
      return;
    }
    // SECURITY: an unexpected error's own words may hold a path or a piece of the person's text; they go to the log alone.
    params.log('error', `Unexpected: ${describeError(error)}`, start.leaseToken);
    send({
      ...header,
      type: 'failed',
      code: 'internal',
      message: `The task stopped on an unexpected error (${error instanceof Error ? error.name.slice(0, 100) : typeof error}).`,
      // Once more: it may have been a passing state of the machine. A second time it is the program's fault and stays one.
      retryable: start.attempt === 1,
      retryAfterMs: null,
      ...takeUsed(),
    });
  }

  /** The JSON text of the result. */
  async function result(): Promise<{ readonly output: string; readonly issues: string[] }> {
    if (start.undo !== undefined) {
      await steps().undoAll(params.compensations, context);
      return { output: 'null', issues: [] };
    }
    const input = decode(spec.input, start.input, `The input of ${start.kind}`);
    const output = await params.handler(input, context);
    if (stepRunner !== null) await stepRunner.settled();
    return { output: encode(spec.output, output, `The output of ${start.kind}`), issues: issuesOf(output) };
  }

  /** Never rejects. */
  async function work(): Promise<void> {
    try {
      const done = await result();
      if (isAbandoned()) return;
      progress.flush();
      // A handler may have caught what `effect` threw; its result rests on something that nobody knows.
      if (!sendIndeterminate()) send({ ...header, type: 'done', ...done, ...takeUsed() });
    } catch (error) {
      if (isAbandoned()) return;
      if (stepRunner !== null) await stepRunner.settled();
      progress.flush();
      if (stop.aborted) send({ ...header, type: 'cancelled', ...takeUsed() });
      else if (!sendIndeterminate()) sendFailure(error);
    } finally {
      isOver = true;
      params.onEnded();
    }
  }

  function sendIndeterminate(): boolean {
    const name = stepRunner?.indeterminate() ?? null;
    if (name === null) return false;
    send({ ...header, type: 'indeterminate', name, ...takeUsed() });
    return true;
  }

  const stopBecause = (reason: string): void => {
    if (!stop.aborted) stop.abort(new DOMException(reason, 'AbortError'));
  };
  return {
    begin: () => void work(),
    take(frame) {
      if (frame.type === 'step-recorded') return stepRunner?.take(frame.seq);
      const answer = hostCalls.get(frame.requestId);
      hostCalls.delete(frame.requestId);
      answer?.({ ok: frame.ok, value: frame.value });
    },
    cancel: () => stopBecause('The task is cancelled.'),
    abandon() {
      if (!abandonment.aborted) abandonment.abort(new DOMException('The program is closing.', 'AbortError'));
      stopBecause('The program is closing.');
    },
  };
}

/** Codes of a finished task's shortcomings, where its output lists them; the engine marks the job `done` with issues. */
function issuesOf(output: unknown): string[] {
  if (typeof output !== 'object' || output === null || !('issues' in output) || !Array.isArray(output.issues)) return [];
  const codes = output.issues.map((issue: unknown) =>
    typeof issue === 'object' && issue !== null && 'code' in issue && typeof issue.code === 'string' ? issue.code : null,
  );
  return codes.every(code => code !== null) ? codes : [];
}
