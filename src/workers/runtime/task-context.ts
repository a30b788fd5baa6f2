import type { z } from 'zod';
import type { HostCallInput, HostCallName, HostCallOutput, taskSpecs, TaskInput, TaskOutput } from '../../shared/contract/worker/tasks.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { Progress } from '../../shared/domain/progress.ts';
import type { LogLevel } from './process-guards.ts';

type Steps<K extends JobKindName> = (typeof taskSpecs)[K]['steps'];
export type StepKey<K extends JobKindName> = keyof Steps<K> & string;
export type StepOutput<K extends JobKindName, S extends StepKey<K>> = Steps<K>[S] extends z.ZodType ? z.output<Steps<K>[S]> : never;

/** What a running task may do to the world outside its own computation. */
export interface TaskContext<K extends JobKindName> {
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
  ): Promise<StepOutput<K, S>>;
  /** Asks main. Rejects with a `TaskFailure` holding main's sentence. */
  hostCall<N extends HostCallName>(name: N, input: HostCallInput<N>): Promise<HostCallOutput<N>>;
  /**
   * Says what was used up. It travels with the next step or the end of the task and is charged in its transaction; a budget
   * that it exceeds parks the job there.
   */
  charge(used: Partial<Usage>): void;
  log(level: LogLevel, message: string): void;
}

export type TaskHandler<K extends JobKindName> = (input: TaskInput<K>, context: TaskContext<K>) => Promise<TaskOutput<K>>;

/** The work of one worker process, by kind of job. */
export type TaskHandlers = { readonly [K in JobKindName]?: TaskHandler<K> };
