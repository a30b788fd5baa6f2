import { frameValueLimit, workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { hostCallSpecs, taskSpecs } from '../../shared/contract/worker/tasks.ts';
import { stepBase, type Compensation } from '../../shared/domain/job-step.ts';
import type { Checked, Task, TaskEnd, TaskObserver } from '../engine/task-runner.ts';
import { hostCallLimit } from './pool-settings.ts';

/** Frames that speak of a task. */
export type TaskFrame = Extract<
  FromWorker,
  { type: 'progress' | 'step' | 'effect' | 'effect-not-done' | 'indeterminate' | 'host-call' | 'done' | 'failed' | 'cancelled' }
>;

export interface TaskSeatParams {
  readonly task: Task;
  readonly observer: TaskObserver;
  readonly generation: number;
  readonly send: (frame: ToWorker) => void;
  /** The task came to a proper end by a frame of its own. */
  readonly onEndFrame: (end: TaskEnd) => void;
  /** The lease is lost: nothing this task does is wanted any more. */
  readonly onAbandon: () => void;
}

/** One task in one process: what it may say, in which order, and its single end. */
export interface TaskSeat {
  readonly task: Task;
  readonly ended: Promise<TaskEnd>;
  isStarted(): boolean;
  start(): void;
  /** Returns why the frame breaks the protocol, or null. */
  take(frame: TaskFrame): string | null;
  sendCancel(): void;
  /** First call wins. `ended` follows once no step of this task is being committed any more. */
  settle(end: TaskEnd): void;
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

export function createTaskSeat(params: TaskSeatParams): TaskSeat {
  const { task, observer, send } = params;
  const header = { v: workerProtocolVersion, generation: params.generation, leaseToken: task.leaseToken } as const;
  const spec = taskSpecs[task.kind];
  const stepSchemas: Readonly<Record<string, Schema>> = spec.steps;
  const stepNames = new Set(task.recorded.map(step => step.name));
  /** On their way: announced, or sent by an earlier attempt. */
  const effects = new Set(task.inFlight);
  const openHostCalls = new Set<number>();
  let started = false;
  let settled = false;
  let lastSeq = 0;
  let lastRequestId = 0;
  /** The commit of the step last reported; the next one may only follow it. */
  let committing: Promise<void> | null = null;

  const { promise: ended, resolve } = Promise.withResolvers<TaskEnd>();

  /** What the kind says of an effect, by the part of its name before `:`. */
  function isEffect(name: string): boolean {
    return Object.hasOwn(spec.effects, stepBase(name));
  }

  /** Why this frame may not come now, or null. Steps and effects have one row of numbers. */
  function outOfTurn(frame: { readonly seq: number; readonly name: string }): string | null {
    if (committing !== null) return `step ${frame.seq} was sent before step ${lastSeq} was recorded`;
    if (frame.seq !== lastSeq + 1) return `step ${frame.seq} follows step ${lastSeq}`;
    return null;
  }

  /** The output, or in a sentence what is wrong with it. */
  function readOutput(name: string, output: string): Checked | string {
    const key = stepBase(name);
    const schema = Object.hasOwn(stepSchemas, key) ? stepSchemas[key] : undefined;
    if (schema === undefined) return `${task.kind} has no step "${name}"`;
    return read(schema, output) ?? `the output of step "${name}" does not fit its schema`;
  }

  function commit(seq: number, committed: Promise<void>): null {
    lastSeq = seq;
    committing = committed.then(
      () => {
        committing = null;
        if (!settled) send({ ...header, type: 'step-recorded', seq });
      },
      () => {
        committing = null;
        if (!settled) params.onAbandon();
      },
    );
    return null;
  }

  function takeStep(frame: Extract<TaskFrame, { type: 'step' }>): string | null {
    const wrong = outOfTurn(frame);
    if (wrong !== null) return wrong;
    const { seq, name, startedAtMs, output } = frame;
    if (task.undo !== undefined) {
      if (task.undo[seq - 1]?.step !== name) return `step "${name}" is not the next one to undo`;
      return commit(seq, observer.onStep({ seq, name, startedAtMs, output: 'null', usage: frame.usage }));
    }
    if (stepNames.has(name)) return `step "${name}" was sent twice`;
    if (isEffect(name) && !effects.has(name)) return `effect "${name}" has an outcome and was not announced`;
    const checked = readOutput(name, output);
    if (typeof checked === 'string') return checked;
    stepNames.add(name);
    effects.delete(name);
    return commit(seq, observer.onStep({ seq, name, output, checked, startedAtMs, usage: frame.usage, ...undoneBy(frame) }));
  }

  function takeEffect(frame: Extract<TaskFrame, { type: 'effect' }>): string | null {
    const wrong = outOfTurn(frame);
    if (wrong !== null) return wrong;
    const { seq, name, startedAtMs, key, assumed } = frame;
    if (task.undo !== undefined) return 'an effect was sent while undoing';
    if (!isEffect(name)) return `${task.kind} has no effect "${name}"`;
    if (stepNames.has(name)) return `effect "${name}" was sent twice`;
    const checked = readOutput(name, assumed);
    if (typeof checked === 'string') return checked;
    effects.add(name);
    return commit(seq, observer.onEffect({ seq, name, startedAtMs, key, assumed, ...undoneBy(frame) }));
  }

  function takeNotDone(frame: Extract<TaskFrame, { type: 'effect-not-done' }>): string | null {
    const wrong = outOfTurn(frame);
    if (wrong !== null) return wrong;
    if (!effects.delete(frame.name)) return `effect "${frame.name}" is not on its way`;
    return commit(frame.seq, observer.onEffectNotDone({ seq: frame.seq, name: frame.name }));
  }

  function takeIndeterminate({ name, usage }: Extract<TaskFrame, { type: 'indeterminate' }>): string | null {
    if (committing !== null) return `the task ends before step ${lastSeq} was recorded`;
    if (!effects.has(name)) return `effect "${name}" is not on its way`;
    params.onEndFrame({ type: 'indeterminate', step: name, usage });
    return null;
  }

  function takeHostCall(frame: Extract<TaskFrame, { type: 'host-call' }>): string | null {
    if (frame.requestId !== lastRequestId + 1) return `host call ${frame.requestId} follows host call ${lastRequestId}`;
    lastRequestId = frame.requestId;
    const callSpec = Object.hasOwn(hostCallSpecs, frame.name) ? hostCallSpecs[frame.name as keyof typeof hostCallSpecs] : undefined;
    if (callSpec === undefined) return `there is no host call "${frame.name}"`;
    if (read(callSpec.input, frame.input) === null) return `the input of host call "${frame.name}" does not fit its schema`;
    if (openHostCalls.size >= hostCallLimit) return `more than ${hostCallLimit} host calls are open`;
    openHostCalls.add(frame.requestId);
    const answer = (ok: boolean, value: string): void => {
      openHostCalls.delete(frame.requestId);
      if (settled) return;
      const fits = value.length <= frameValueLimit;
      send({ ...header, type: 'host-result', requestId: frame.requestId, ok: ok && fits, value: fits ? value : tooLarge });
    };
    observer.onHostCall(frame.name, frame.input).then(
      value => answer(true, value),
      (error: unknown) => answer(false, error instanceof Error ? error.message : unavailable),
    );
    return null;
  }

  function takeDone(frame: Extract<TaskFrame, { type: 'done' }>): string | null {
    if (committing !== null) return `the task says it is done before step ${lastSeq} was recorded`;
    const { output, issues, usage } = frame;
    const misfit = `the output of ${task.kind} does not fit its schema`;
    if (task.undo !== undefined) {
      if (lastSeq < task.undo.length) return misfit;
      params.onEndFrame({ type: 'done', output, issues, usage });
      return null;
    }
    const checked = read(spec.output, output);
    if (checked === null) return misfit;
    params.onEndFrame({ type: 'done', output, checked, issues, usage });
    return null;
  }

  return {
    task,
    ended,
    isStarted: () => started,
    start() {
      started = true;
      send({
        ...header,
        type: 'start',
        kind: task.kind,
        jobId: task.jobId,
        traceId: task.traceId,
        attempt: task.attempt,
        input: task.input,
        recorded: task.recorded.map(step => ({ name: step.name, output: step.output })),
        ...(task.inFlight === undefined || task.inFlight.length === 0 ? {} : { inFlight: task.inFlight.map(name => ({ name })) }),
        ...(task.run === undefined || task.run === 0 ? {} : { run: task.run }),
        ...(task.undo === undefined ? {} : { undo: task.undo.map(({ step, name, data, output }) => ({ step, name, data, output })) }),
      });
    },
    take(frame) {
      if (!started) return `a frame of a task that was not started: ${frame.type}`;
      switch (frame.type) {
        case 'progress':
          observer.onProgress(frame.progress);
          return null;
        case 'step':
          return takeStep(frame);
        case 'effect':
          return takeEffect(frame);
        case 'effect-not-done':
          return takeNotDone(frame);
        case 'indeterminate':
          return takeIndeterminate(frame);
        case 'host-call':
          return takeHostCall(frame);
        case 'done':
          return takeDone(frame);
        case 'failed':
          params.onEndFrame({
            type: 'failed',
            error: { code: frame.code, message: frame.message },
            retryable: frame.retryable,
            retryAfterMs: frame.retryAfterMs,
            usage: frame.usage,
          });
          return null;
        case 'cancelled':
          params.onEndFrame({ type: 'cancelled', usage: frame.usage });
          return null;
      }
    },
    sendCancel: () => send({ ...header, type: 'cancel' }),
    settle(end) {
      if (settled) return;
      settled = true;
      // A step being committed is an effect of this task; the end comes after it.
      if (committing === null) resolve(end);
      else void committing.then(() => resolve(end));
    },
  };
}
