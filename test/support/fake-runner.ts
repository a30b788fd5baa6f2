import type { Compensation } from '../../src/shared/domain/job-step.ts';
import type { WorkerName } from '../../src/shared/domain/job.ts';
import type { ReportedStep, RunningTask, Task, TaskEnd, TaskObserver, TaskRunner } from '../../src/main/engine/task-runner.ts';

/** A task in the hands of a test: it does what it is told, when it is told. */
export interface HeldTask {
  readonly task: Task;
  readonly observer: TaskObserver;
  readonly cancelled: () => boolean;
  readonly killed: () => boolean;
  readonly over: () => boolean;
  end(end: TaskEnd): void;
  /** Reports the next step by its number. */
  step(name: string, output: unknown, reported?: Pick<ReportedStep, 'usage' | 'compensation'>): Promise<void>;
  /** Reports an effect that is about to be sent; `step` with its name is the outcome. */
  effect(name: string, assumed: unknown, compensation?: Compensation): Promise<void>;
  effectNotDone(name: string): Promise<void>;
}

export interface FakeRunner extends TaskRunner {
  /** Tasks that have not ended, oldest first. */
  readonly held: () => readonly HeldTask[];
  readonly started: readonly Task[];
  setCapacity(capacity: number): void;
  /** What happens to each new task at once; by default nothing. */
  onTask: ((held: HeldTask) => void) | null;
}

/** In-memory runner: as many tasks at once as it is told, those of one place one after the other, none of them doing anything by itself. */
export function createFakeRunner(initialCapacity = 100): FakeRunner {
  let capacity = initialCapacity;
  let stopped = false;
  const live = new Set<HeldTask>();
  const started: Task[] = [];
  const listeners = new Set<() => void>();

  function firstIn(place: string): HeldTask | undefined {
    return [...live].find(held => held.task.place === place);
  }
  function isBehind({ task }: HeldTask): boolean {
    return task.place !== undefined && firstIn(task.place)?.task !== task;
  }
  function beginIn(place: string | undefined): void {
    if (place !== undefined) firstIn(place)?.observer.onBegin();
  }

  function run(task: Task, observer: TaskObserver): RunningTask {
    if (stopped) throw new Error('The runner is stopped.');
    started.push(task);
    const ended = Promise.withResolvers<TaskEnd>();
    let cancelled = false;
    let killed = false;
    let over = false;
    let seq = 0;
    const held: HeldTask = {
      task,
      observer,
      cancelled: () => cancelled,
      killed: () => killed,
      over: () => over,
      end(end) {
        if (over) return;
        over = true;
        const wasBehind = isBehind(held);
        live.delete(held);
        ended.resolve(end);
        if (!wasBehind) beginIn(task.place);
      },
      step(name, output, reported = {}) {
        seq += 1;
        const step: ReportedStep = { seq, name, output: JSON.stringify(output), startedAtMs: 1, ...reported };
        return observer.onStep(step);
      },
      effect(name, assumed, compensation) {
        seq += 1;
        const effect = { seq, name, key: name, assumed: JSON.stringify(assumed), startedAtMs: 1 };
        return observer.onEffect({ ...effect, ...(compensation === undefined ? {} : { compensation }) });
      },
      effectNotDone(name) {
        seq += 1;
        return observer.onEffectNotDone({ seq, name });
      },
    };
    live.add(held);
    if (!isBehind(held)) beginIn(task.place);
    runner.onTask?.(held);
    return {
      ended: ended.promise,
      cancel() {
        cancelled = true;
      },
      withdraw() {
        if (isBehind(held)) held.end({ type: 'lost', cause: 'shutdown', message: 'not begun' });
      },
      kill() {
        killed = true;
        held.end({ type: 'lost', cause: 'worker_exit', message: 'killed' });
      },
    };
  }

  const runner: FakeRunner = {
    capacity: (_worker: WorkerName) => (stopped ? 0 : capacity - [...live].filter(held => !isBehind(held)).length),
    takesBehind: () => !stopped,
    run,
    health: () => [],
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop() {
      stopped = true;
      for (const held of live) held.end({ type: 'lost', cause: 'shutdown', message: 'closing' });
      return Promise.resolve();
    },
    held: () => [...live],
    started,
    setCapacity(next) {
      capacity = next;
      for (const listener of listeners) listener();
    },
    onTask: null,
  };
  return runner;
}
