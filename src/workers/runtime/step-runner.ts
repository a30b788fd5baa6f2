import type { z } from 'zod';
import { workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { taskSpecs } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { Compensation, EffectClass } from '../../shared/domain/job-step.ts';
import { compensationDataLimit, effectKeyLimit, stepBase, stepNameLimit, undoPrefix } from '../../shared/domain/job-step.ts';
import { EffectNotDone, TaskFailure } from '../../shared/domain/task-failure.ts';
import { describeError } from './describe-error.ts';
import { decode, encode } from './frame-values.ts';

/** How to undo a step, with its types taken off. */
export interface ErasedCompensation {
  readonly name: string;
  readonly data: unknown;
}

/** An effect with its types taken off; see `Effect` in `task-context.ts`. */
export interface ErasedEffect {
  readonly key?: string;
  readonly assumed: unknown;
  readonly check?: (sent: { readonly key: string }) => unknown;
  readonly run: (sending: { readonly key: string }) => unknown;
  readonly compensate?: ErasedCompensation;
}

export type ErasedCompensationHandler = (
  given: { readonly step: string; readonly data: unknown; readonly output: unknown },
  context: unknown,
) => Promise<void>;

type Start = Extract<ToWorker, { type: 'start' }>;

export interface StepRunnerParams {
  readonly start: Start;
  readonly signal: Pick<AbortSignal, 'aborted' | 'throwIfAborted'>;
  readonly send: (frame: FromWorker) => void;
  /** Resolves with the promise, or rejects as soon as the task is to stop. */
  readonly unlessCancelled: <T>(promise: Promise<T>) => Promise<T>;
  /** The same, but a cancel is no reason to stop waiting. */
  readonly unlessAbandoned: <T>(promise: Promise<T>) => Promise<T>;
  /** Nobody listens any more. */
  readonly isAbandoned: () => boolean;
  readonly flushProgress: () => void;
  /** What was used up since the frame before. */
  readonly takeUsed: () => { usage?: Usage };
  readonly warn: (message: string) => void;
}

/**
 * The steps of one task: one after the other, also when they are asked for at the same time; each reported and committed
 * by main before its promise resolves. An effect is reported before it is sent, too.
 */
export function createStepRunner(params: StepRunnerParams) {
  const { start, signal, send } = params;
  const spec = taskSpecs[start.kind];
  const schemas: Readonly<Record<string, z.ZodType>> = spec.steps;
  const effects: Readonly<Record<string, EffectClass>> = spec.effects;
  const compensations: Readonly<Record<string, z.ZodType>> = spec.compensations;
  const header = { v: workerProtocolVersion, generation: start.generation, leaseToken: start.leaseToken } as const;
  const recorded = new Map(start.recorded.map(step => [step.name, step.output]));
  const inFlight = new Set(start.inFlight?.map(effect => effect.name));
  const names = new Set<string>();
  let seq = 0;
  let acknowledged: { readonly seq: number; readonly resolve: () => void } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let indeterminate: string | null = null;

  /** Sends what `frame` makes of the next number and waits until main has committed it. */
  function report(frame: (seq: number) => FromWorker, unless = params.unlessCancelled): Promise<void> {
    seq += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    acknowledged = { seq, resolve };
    params.flushProgress();
    send(frame(seq));
    return unless(promise);
  }

  function claimName(name: string): { readonly base: string; readonly schema: z.ZodType } {
    signal.throwIfAborted();
    if (names.has(name)) throw new TaskFailure('internal', `Step "${name}" was asked for twice in one attempt.`, { retryable: false });
    names.add(name);
    assertLength(name, stepNameLimit, 'The name of a step');
    const base = stepBase(name);
    const schema = Object.hasOwn(schemas, base) ? schemas[base] : undefined;
    if (schema === undefined) throw new TaskFailure('internal', `${start.kind} has no step "${name}".`, { retryable: false });
    return { base, schema };
  }

  function compensationOf(name: string, given: ErasedCompensation | undefined): { compensation?: Compensation } {
    if (given === undefined) return {};
    const schema = Object.hasOwn(compensations, given.name) ? compensations[given.name] : undefined;
    if (schema === undefined) throw new TaskFailure('internal', `${start.kind} has no compensation "${given.name}".`, { retryable: false });
    assertLength(name, stepNameLimit - undoPrefix.length, 'The name of a step that can be undone');
    const what = `What undoes step "${name}"`;
    const data = encode(schema, given.data, what);
    assertLength(data, compensationDataLimit, what);
    return { compensation: { name: given.name, data } };
  }

  /** Reports the output of a step, or the outcome of an effect. */
  async function finish(
    name: string,
    schema: z.ZodType,
    value: unknown,
    startedAtMs: number,
    compensation: { compensation?: Compensation },
  ): Promise<unknown> {
    // A step finished after a cancel is still worth recording, unless nobody listens any more.
    if (params.isAbandoned()) signal.throwIfAborted();
    const output = encode(schema, value, `The output of step "${name}"`);
    await report(number => ({ ...header, type: 'step', seq: number, name, startedAtMs, output, ...compensation, ...params.takeUsed() }));
    return schema.parse(JSON.parse(output));
  }

  async function runStep(name: string, run: () => unknown, compensate: ErasedCompensation | undefined): Promise<unknown> {
    const { base, schema } = claimName(name);
    if (Object.hasOwn(effects, base))
      throw new TaskFailure('internal', `"${name}" is declared as an effect; use effect() for it.`, { retryable: false });
    const known = recorded.get(name);
    if (known !== undefined) return decode(schema, known, `The recorded output of step "${name}"`);
    const compensation = compensationOf(name, compensate);
    const startedAtMs = Date.now();
    return finish(name, schema, await run(), startedAtMs, compensation);
  }

  async function runEffect(name: string, effect: ErasedEffect): Promise<unknown> {
    const { base, schema } = claimName(name);
    const of = Object.hasOwn(effects, base) ? effects[base] : undefined;
    if (of === undefined) throw new TaskFailure('internal', `${start.kind} has no effect "${name}".`, { retryable: false });
    const known = recorded.get(name);
    if (known !== undefined) return decode(schema, known, `The recorded output of effect "${name}"`);
    const key = effect.key ?? `${start.jobId}:${start.run ?? 0}:${name}`;
    assertLength(key, effectKeyLimit, `The key of effect "${name}"`);
    if (of === 'once' && inFlight.has(name)) {
      const found = await look(name, effect, key);
      if (found.happened) return finish(name, schema, found.output, Date.now(), {});
      await notDone(name);
    }
    const compensation = compensationOf(name, effect.compensate);
    const assumed = encode(schema, effect.assumed, `The assumed output of effect "${name}"`);
    const startedAtMs = Date.now();
    await report(
      number => ({ ...header, type: 'effect', seq: number, name, startedAtMs, key, assumed, ...compensation }),
      params.unlessAbandoned,
    );
    // Cancelled while the journal was written: nothing has been sent, and that is known.
    if (signal.aborted && !params.isAbandoned()) await notDone(name);
    signal.throwIfAborted();
    let value: unknown;
    try {
      value = await effect.run({ key });
    } catch (error) {
      // Any other error leaves open what happened outside, and the journal says so.
      if (error instanceof EffectNotDone && !params.isAbandoned()) await notDone(name);
      throw error;
    }
    return finish(name, schema, value, startedAtMs, {});
  }

  function notDone(name: string): Promise<void> {
    return report(number => ({ ...header, type: 'effect-not-done', seq: number, name }), params.unlessAbandoned);
  }

  /** What became of an effect that an earlier attempt sent. Throws when nobody can tell: the attempt is over then. */
  async function look(
    name: string,
    effect: ErasedEffect,
    key: string,
  ): Promise<{ readonly happened: true; readonly output: unknown } | { readonly happened: false }> {
    let found: unknown;
    try {
      found = await effect.check?.({ key });
    } catch (error) {
      signal.throwIfAborted();
      params.warn(`What became of effect "${name}" could not be looked up: ${describeError(error)}`);
    }
    if (typeof found === 'object' && found !== null && 'happened' in found) {
      if (found.happened === false) return { happened: false };
      if (found.happened === true && 'output' in found) return { happened: true, output: found.output };
    }
    indeterminate = name;
    throw new TaskFailure('indeterminate', `Nobody can tell whether effect "${name}" happened.`, { retryable: false });
  }

  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = last.then(run);
    last = mine.catch(() => {});
    return mine;
  }

  return {
    step: (name: string, run: () => unknown, options?: { readonly compensate?: ErasedCompensation }) =>
      inTurn(() => runStep(name, run, options?.compensate)),
    effect: (name: string, effect: ErasedEffect) => inTurn(() => runEffect(name, effect)),
    /** Undoes what the start frame lists, each reported before the next one. */
    async undoAll(handlers: Readonly<Record<string, ErasedCompensationHandler>>, context: unknown): Promise<void> {
      for (const { step, name, data, output } of start.undo ?? []) {
        signal.throwIfAborted();
        const schema = Object.hasOwn(compensations, name) ? compensations[name] : undefined;
        const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
        if (schema === undefined || handler === undefined)
          throw new TaskFailure('internal', `${start.kind} has no compensation "${name}".`, { retryable: false });
        const startedAtMs = Date.now();
        await handler(
          { step, data: decode(schema, data, `What undoes step "${step}"`), output: output === null ? null : JSON.parse(output) },
          context,
        );
        if (params.isAbandoned()) signal.throwIfAborted();
        await report(number => ({ ...header, type: 'step', seq: number, name: step, startedAtMs, output: 'null', ...params.takeUsed() }));
      }
    },
    /** Main has committed what was reported with this number. */
    take(number: number): void {
      if (acknowledged?.seq !== number) return;
      const { resolve } = acknowledged;
      acknowledged = null;
      resolve();
    },
    /** Resolves when no step is at work any more. */
    settled: (): Promise<unknown> => last,
    /** The effect that ended this attempt because nobody can tell what became of it; null for none. */
    indeterminate: (): string | null => indeterminate,
  };
}

export type StepRunner = ReturnType<typeof createStepRunner>;

/**
 * Sent, it would be refused by main's end of the pipe, and the job blamed for the death of its worker. Throws a
 * `TaskFailure` that says so instead.
 */
function assertLength(text: string, limit: number, what: string): void {
  if (text.length > 0 && text.length <= limit) return;
  throw new TaskFailure('internal', `${what} has ${text.length} characters; it takes from 1 to ${limit}: "${text.slice(0, 40)}…".`, {
    retryable: false,
  });
}
