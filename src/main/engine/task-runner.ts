import type { JobError, TaskName, WorkerName } from '../../shared/domain/job.ts';
import type { Usage } from '../../shared/domain/budget.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { Wait } from './park-job.ts';
import type { Compensation } from '../../shared/domain/job-step.ts';
import type { StepToUndo } from './step-journal.ts';
import type { Progress } from '../../shared/domain/progress.ts';

/** A step that an earlier attempt finished; the worker gets its output back without running it again. JSON text. */
export interface RecordedStep {
  readonly name: string;
  readonly output: string;
}

/** One attempt at one job, held by one lease. Values are JSON text, already validated by their schemas. */
export interface Task {
  readonly jobId: JobId;
  readonly kind: TaskName;
  readonly worker: WorkerName;
  readonly leaseToken: string;
  readonly attempt: number;
  readonly traceId: string;
  readonly input: string;
  readonly recorded: readonly RecordedStep[];
  /** Names of effects that an earlier attempt sent and that have no outcome. */
  readonly inFlight?: readonly string[];
  /** Times that steps of this job were set aside; part of an effect's own key. */
  readonly run?: number;
  /** Present when the task is to undo these steps, one after the other. */
  readonly undo?: readonly StepToUndo[];
  /** Tasks of one place run one after the other in one process, in the order they were given to it. */
  readonly place?: string;
}

/** What the runner has read of a JSON text with the schema that its kind declares: whoever trusts that very schema need not read it again. */
export interface Checked {
  readonly schema: unknown;
  readonly value: unknown;
}

export interface ReportedStep {
  /** 1-based within this attempt, without holes. */
  readonly seq: number;
  readonly name: string;
  readonly output: string;
  readonly checked?: Checked;
  readonly startedAtMs: number;
  /** Used up since the report before. */
  readonly usage?: Usage | undefined;
  readonly compensation?: Compensation;
}

/** An effect that is about to be sent. It has a number like a step. */
export interface ReportedEffect {
  readonly seq: number;
  readonly name: string;
  readonly startedAtMs: number;
  readonly key: string;
  /** JSON text: its output if a person has to say that it happened. */
  readonly assumed: string;
  readonly compensation?: Compensation;
}

/** What the engine does with what a running task reports. */
export interface TaskObserver {
  /** A task of a place has begun: those before it have ended. May come before `run` returns. */
  onBegin(): void;
  onProgress(progress: Progress): void;
  /** Resolves once the step is committed; rejects when the lease is lost, and the task must then be abandoned. */
  onStep(step: ReportedStep): Promise<void>;
  /** Resolves once the journal has it; only then is the effect sent. */
  onEffect(effect: ReportedEffect): Promise<void>;
  /** A dispatched effect did not happen. */
  onEffectNotDone(effect: { readonly seq: number; readonly name: string }): Promise<void>;
  /** Answers a question of the worker from the database. JSON text in and out; rejects with a sentence. */
  onHostCall(name: string, input: string): Promise<string>;
}

/** What was used up since the last step. */
interface Used {
  readonly usage?: Usage | undefined;
}

/** How an attempt ended. `tookMs`: how long the worker was at it, where it says so. `lost` is the infrastructure's fault: the job goes back unharmed unless it is a poison job. */
export type TaskEnd =
  | ({
      readonly type: 'done';
      readonly output: string;
      readonly checked?: Checked;
      readonly issues: readonly string[];
      readonly tookMs?: number | undefined;
    } & Used)
  | ({ readonly type: 'failed'; readonly error: JobError; readonly retryable: boolean; readonly retryAfterMs: number | null } & Used)
  | ({ readonly type: 'cancelled' } & Used)
  /** An effect of an earlier attempt, of which the worker cannot tell what became of it. */
  | ({ readonly type: 'indeterminate'; readonly step: string } & Used)
  /** The worker asks to be free until something outside happens. No worker frame says this yet. */
  | { readonly type: 'parked'; readonly wait: Wait }
  | {
      readonly type: 'lost';
      readonly cause: 'worker_exit' | 'worker_start' | 'protocol' | 'stalled' | 'out_of_memory' | 'shutdown';
      readonly message: string;
    };

export interface RunningTask {
  /** Never rejects; settles exactly once, and only when the task can have no further effect. */
  readonly ended: Promise<TaskEnd>;
  /** Asks the worker to stop; after its grace period the process is killed. Idempotent. */
  cancel(): void;
  /** Asks for it back if it still waits for its place: then it ends as `lost` by `shutdown`. Nothing otherwise. */
  withdraw(): void;
  /** Stops at once with the process; used for an attempt past its time limit that ignores `cancel`. */
  kill(): void;
}

export type WorkerState = 'stopped' | 'idle' | 'working' | 'restarting' | 'broken';

export interface WorkerHealth {
  readonly name: WorkerName;
  readonly state: WorkerState;
  readonly running: number;
  readonly restarts: number;
  readonly retryAtMs: number | null;
}

/** Port: runs tasks somewhere. Implemented by `main/workers`, and in memory by the engine's tests. */
export interface TaskRunner {
  /** How many more tasks this worker would take now; 0 while its breaker is open. */
  capacity(worker: WorkerName): number;
  /** Whether a task may be given to this place while others of it have not ended; places that are not in use yet take all. */
  takesBehind(worker: WorkerName, place: string): boolean;
  run(task: Task, observer: TaskObserver): RunningTask;
  health(): readonly WorkerHealth[];
  /** Called when capacity or health changed. */
  onChange(listener: () => void): () => void;
  /** Cancels nothing: asks workers to leave, kills those that have not after the ceiling. */
  stop(): Promise<void>;
}
