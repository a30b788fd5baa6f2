import type { z } from 'zod';
import type { HostCallInput, HostCallName, HostCallOutput, hostCallsOfUndo } from '../../shared/contract/worker/host-calls.ts';
import type { taskSpecs, TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { TaskName } from '../../shared/domain/job.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import type { LogLevel } from './process-guards.ts';

type Spec<K extends TaskName> = (typeof taskSpecs)[K];
type Steps<K extends TaskName> = Spec<K>['steps'];
type OutputOf<K extends TaskName, S> = S extends keyof Steps<K> ? (Steps<K>[S] extends z.ZodType ? z.output<Steps<K>[S]> : never) : never;
/** Declared effects, which are run by `effect` alone. */
export type EffectKey<K extends TaskName> = keyof Steps<K> & keyof Spec<K>['effects'] & string;
export type StepKey<K extends TaskName> = Exclude<keyof Steps<K> & string, EffectKey<K>>;
export type StepOutput<K extends TaskName, S extends StepKey<K>> = OutputOf<K, S>;

type CompensationKey<K extends TaskName> = keyof Spec<K>['compensations'] & string;
type CompensationData<K extends TaskName, C extends CompensationKey<K>> = Spec<K>['compensations'][C] extends z.ZodType
  ? z.output<Spec<K>['compensations'][C]>
  : never;
/** What undoes a step: one of the kind's compensations with what it is given. */
export type Compensate<K extends TaskName> = {
  readonly [C in CompensationKey<K>]: { readonly name: C; readonly data: CompensationData<K, C> };
}[CompensationKey<K>];

/** What a look at the other side has found of an effect that was sent. */
export type EffectFound<O> =
  | { readonly happened: true; readonly output: O }
  | { readonly happened: false }
  /** The same as a look that throws: a person is asked. */
  | { readonly happened: 'unknown' };

/** A change outside the program, declared as an effect by its kind. */
export interface Effect<K extends TaskName, O> {
  /** What the other side knows this change by; one of the job, the effect's name and the run when absent. */
  readonly key?: string;
  /** The output if a person has to say that it happened. */
  readonly assumed: O;
  /** Looks whether it happened, when an earlier attempt ended before it could say. Without it, a person is asked. */
  readonly check?: (sent: { readonly key: string }) => EffectFound<O> | Promise<EffectFound<O>>;
  /**
   * Makes the change. An `EffectNotDone` says that nothing happened, and it may be tried again; any other error leaves
   * that open, and the next attempt looks or asks before it sends anything.
   */
  readonly run: (sending: { readonly key: string }) => O | Promise<O>;
  /** Runs when the job fails for good or is cancelled after this happened. Stored before the effect is sent. */
  readonly compensate?: Compensate<K>;
}

/** What a running task may do to the world outside its own computation. */
export interface TaskContext<K extends TaskName> {
  /** Aborted by cancel and by shutdown. A task that ends after that, in whatever way, is cancelled unless it finished its work. */
  readonly signal: AbortSignal;
  /** 1-based. */
  readonly attempt: number;
  readonly traceId: string;
  /** Cheap: at most some 20 a second are sent, and the last one always. */
  report(progress: Progress): void;
  /**
   * Runs `run` once per job: when an earlier attempt recorded this step, its output comes back and `run` is not called.
   * Otherwise the output is checked, sent, and returned only when it is committed. Steps of one task run one after the
   * other, also when they are asked for at the same time. Rejects with the signal's reason once the task is cancelled.
   */
  step<S extends StepKey<K>>(
    name: S | `${S}:${string}`,
    run: () => StepOutput<K, S> | Promise<StepOutput<K, S>>,
    options?: { readonly compensate?: Compensate<K> },
  ): Promise<StepOutput<K, S>>;
  /**
   * A step that changes something outside. That it is about to be sent is committed before `run` is called, and what came
   * of it before the promise resolves. After a crash in between, an `idempotent` effect is sent again with the same key;
   * for a `once` effect `check` looks, and where that cannot tell the job waits for a person.
   */
  effect<E extends EffectKey<K>>(name: E | `${E}:${string}`, effect: Effect<K, OutputOf<K, E>>): Promise<OutputOf<K, E>>;
  /** Asks main. Rejects with a `TaskFailure` holding main's sentence. */
  hostCall<N extends HostCallName>(name: N, input: HostCallInput<N>): Promise<HostCallOutput<N>>;
  /**
   * Says what was used up. It travels with the next step or the end of the task and is charged in its transaction; a budget
   * that it exceeds parks the job there.
   */
  charge(used: Partial<Usage>): void;
  log(level: LogLevel, message: string): void;
}

export type TaskHandler<K extends TaskName> = (input: TaskInput<K>, context: TaskContext<K>) => Promise<TaskOutput<K>>;

/** The work of one worker process, by kind of job. */
export type TaskHandlers = { readonly [K in TaskName]?: TaskHandler<K> };

/** What may be used while undoing: no steps, no effects, and few host calls. */
export interface UndoContext extends Pick<TaskContext<TaskName>, 'signal' | 'attempt' | 'traceId' | 'report' | 'log'> {
  hostCall<N extends (typeof hostCallsOfUndo)[number]>(name: N, input: HostCallInput<N>): Promise<HostCallOutput<N>>;
}

/**
 * Undoes one step. Run again after a crash, so undoing twice is undoing once. `output` is what the step recorded; null
 * when it is not known that it happened, and then there may be nothing to undo.
 */
export type CompensationHandler<D> = (
  given: { readonly step: string; readonly data: D; readonly output: unknown },
  context: UndoContext,
) => Promise<void>;

/** How steps are undone, by kind of job and name of the compensation. */
export type CompensationHandlers = {
  readonly [K in TaskName]?: { readonly [C in CompensationKey<K>]: CompensationHandler<CompensationData<K, C>> };
};
