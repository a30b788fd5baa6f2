import { z } from 'zod';
import { workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { hostCallSpecs, taskSpecs } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import { TaskFailure } from '../../shared/domain/task-failure.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import { coalesce } from './coalesce.ts';
import { describeError } from './describe-error.ts';
import { decode, encode } from './frame-values.ts';
import type { LogLevel } from './process-guards.ts';
import { createStepRunner, type ErasedCompensationHandler } from './step-runner.ts';

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
}

/** One task at work in this process. */
export interface WorkingTask {
  /** Settles when the handler has ended and the last frame is sent; never rejects. */
  readonly finished: Promise<void>;
  take(frame: Extract<ToWorker, { type: 'step-recorded' | 'host-result' }>): void;
  cancel(): void;
  /** Stops the work and says nothing of it: the job goes back to the queue with what it recorded. */
  abandon(): void;
}

function stopped(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('The task is to stop.');
}

export function runTask(params: RunningTaskParams): WorkingTask {
  const { start } = params;
  const spec = taskSpecs[start.kind];
  const header = { v: workerProtocolVersion, generation: start.generation, leaseToken: start.leaseToken } as const;
  const abort = new AbortController();
  /** Nobody listens any more. */
  const abandonment = new AbortController();
  const isAbandoned = (): boolean => abandonment.signal.aborted;
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

  /** Resolves with `promise`, or rejects as soon as the task is to stop. */
  function unlessAborted<T>(promise: Promise<T>, { signal }: { readonly signal: AbortSignal } = abort): Promise<T> {
    if (signal.aborted) return Promise.reject(stopped(signal));
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(stopped(signal));
      signal.addEventListener('abort', stop, { once: true });
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }

  const steps = createStepRunner({
    start,
    signal: abort.signal,
    send,
    unlessCancelled: unlessAborted,
    unlessAbandoned: promise => unlessAborted(promise, abandonment),
    isAbandoned,
    flushProgress: progress.flush,
    takeUsed,
    warn: message => params.log('warn', message, start.leaseToken),
  });

  const context = {
    signal: abort.signal,
    attempt: start.attempt,
    traceId: start.traceId,
    report: (value: Progress) => {
      if (!abort.signal.aborted) progress.push(value);
    },
    step: steps.step,
    effect: steps.effect,
    async hostCall(name: keyof typeof hostCallSpecs, input: unknown) {
      abort.signal.throwIfAborted();
      const callSpec = hostCallSpecs[name];
      const encoded = encode(callSpec.input, input, `The input of host call "${name}"`);
      lastRequestId += 1;
      const requestId = lastRequestId;
      const { promise, resolve } = Promise.withResolvers<{ ok: boolean; value: string }>();
      hostCalls.set(requestId, resolve);
      send({ ...header, type: 'host-call', requestId, name, input: encoded });
      const answer = await unlessAborted(promise);
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
      await steps.undoAll(params.compensations, context);
      return { output: 'null', issues: [] };
    }
    const input = decode(spec.input, start.input, `The input of ${start.kind}`);
    const output = await params.handler(input, context);
    await steps.settled();
    return { output: encode(spec.output, output, `The output of ${start.kind}`), issues: issuesOf(output) };
  }

  async function work(): Promise<void> {
    try {
      const done = await result();
      if (isAbandoned()) return;
      progress.flush();
      // A handler may have caught what `effect` threw; its result rests on something that nobody knows.
      if (!sendIndeterminate()) send({ ...header, type: 'done', ...done, ...takeUsed() });
    } catch (error) {
      if (isAbandoned()) return;
      await steps.settled();
      progress.flush();
      if (abort.signal.aborted) send({ ...header, type: 'cancelled', ...takeUsed() });
      else if (!sendIndeterminate()) sendFailure(error);
    }
  }

  function sendIndeterminate(): boolean {
    const name = steps.indeterminate();
    if (name === null) return false;
    send({ ...header, type: 'indeterminate', name, ...takeUsed() });
    return true;
  }

  const stop = (reason: string): void => {
    if (!abort.signal.aborted) abort.abort(new DOMException(reason, 'AbortError'));
  };
  return {
    // In a turn of its own, so a handler that never awaits does not hold back the frame after this one.
    finished: new Promise(resolve => setImmediate(resolve)).then(work).finally(() => {
      isOver = true;
    }),
    take(frame) {
      if (frame.type === 'step-recorded') return steps.take(frame.seq);
      const answer = hostCalls.get(frame.requestId);
      hostCalls.delete(frame.requestId);
      answer?.({ ok: frame.ok, value: frame.value });
    },
    cancel: () => stop('The task is cancelled.'),
    abandon() {
      abandonment.abort();
      stop('The program is closing.');
    },
  };
}

/** Built once: a schema that is made for one value takes longer than the rest of a small task. */
const listsIssues = z.object({ issues: z.array(z.object({ code: z.string() })) });

/** Codes of a finished task's shortcomings, where its output lists them; the engine marks the job `done` with issues. */
function issuesOf(output: unknown): string[] {
  const listed = listsIssues.safeParse(output);
  return listed.success ? listed.data.issues.map(issue => issue.code) : [];
}
