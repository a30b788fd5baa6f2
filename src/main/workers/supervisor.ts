import type { z } from 'zod';
import { workerNames, type WorkerName } from '../../shared/domain/job.ts';
import type { RunningTask, Task, TaskEnd, TaskRunner, WorkerHealth, WorkerState } from '../engine/task-runner.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import type { PoolSettings } from './pool-settings.ts';
import type { Timers } from './timers.ts';
import { startWorkerProcess, type WorkerLog, type WorkerProcess } from './worker-process.ts';
import type { SpawnWorker } from './worker-port.ts';

type Json = z.core.util.JSONType;

/** What differs between hosts for one worker. */
export interface WorkerProgram {
  /** Absolute path of the entry module. */
  readonly entry: string;
  /** Sent in the first frame. SECURITY: secrets go here and never into the environment. */
  readonly config: Readonly<Record<string, Json>>;
}

export interface SupervisorParams {
  readonly spawn: SpawnWorker;
  readonly programs: Readonly<Record<WorkerName, WorkerProgram>>;
  readonly settings: Readonly<Record<WorkerName, PoolSettings>>;
  /** From `workerEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
  /** A folder of the program's own: never one the person could put a module into. */
  readonly cwd: string;
  readonly timers: Timers;
  readonly rssOf: (pid: number) => number | null;
  readonly log: (entry: WorkerLog) => void;
}

/** One worker process that is not gone. */
export interface ProcessFigures {
  readonly pid: number | null;
  readonly generation: number;
  /** Bytes; 0 until it was looked at. */
  readonly rssBytes: number;
  readonly tasks: number;
  /** Started ahead of need and without a task. */
  readonly standsBy: boolean;
}

export interface PoolFigures {
  readonly name: WorkerName;
  readonly breaker: 'closed' | 'open' | 'half_open';
  readonly processes: readonly ProcessFigures[];
}

export interface Supervisor extends TaskRunner {
  /** What each pool holds now. */
  pools(): readonly PoolFigures[];
}

interface Pool {
  readonly name: WorkerName;
  readonly settings: PoolSettings;
  readonly breaker: Breaker;
  /** Every process that is not gone, also those being killed: each holds its place until its exit. */
  readonly processes: Set<WorkerProcess>;
  /** Started and without a task; takes the place of the next process to be started. Not one of `processes`. */
  standby: WorkerProcess | null;
  /** Calls off the start of the standby that is planned. */
  forgetStandby: (() => void) | null;
  generation: number;
  restarts: number;
}

/**
 * Runs tasks in worker processes. A pool never has more processes at work than its settings say, a leaving or dying one counted,
 * and beside them at most one that stands by; a task ends exactly once; after `stop` no process is left.
 */
export function createSupervisor(params: SupervisorParams): Supervisor {
  const { timers } = params;
  const listeners = new Set<() => void>();
  let stopping = false;
  let notifying = false;
  let whenEmpty: (() => void) | null = null;

  const pools = new Map<WorkerName, Pool>(
    workerNames.map(name => [
      name,
      {
        name,
        settings: params.settings[name],
        breaker: createBreaker(),
        processes: new Set(),
        standby: null,
        forgetStandby: null,
        generation: 0,
        restarts: 0,
      },
    ]),
  );
  function poolOf(name: WorkerName): Pool {
    const pool = pools.get(name);
    if (pool === undefined) throw new Error(`There is no worker "${name}"; the list is in shared/domain/job.ts.`);
    return pool;
  }

  /** Several changes of one turn are told once, and never from inside the caller's own call. */
  function notify(): void {
    if (notifying) return;
    notifying = true;
    queueMicrotask(() => {
      notifying = false;
      for (const listener of [...listeners]) listener();
    });
  }

  function running(pool: Pool): number {
    let sum = 0;
    for (const process of pool.processes) sum += process.running();
    return sum;
  }

  function capacity(name: WorkerName): number {
    const pool = poolOf(name);
    const state = pool.breaker.state(timers.monotonicMs());
    if (stopping || state === 'open') return 0;
    let free = (pool.settings.maxProcesses - pool.processes.size) * pool.settings.tasksPerProcess;
    for (const process of pool.processes) free += process.freeSeats();
    // Half open: one task shows whether the worker lives.
    return state === 'half_open' ? Math.max(0, Math.min(free, 1 - running(pool))) : free;
  }

  function startProcess(pool: Pool, standsBy: boolean): WorkerProcess {
    pool.generation += 1;
    const program = params.programs[pool.name];
    const process = startWorkerProcess({
      spec: {
        worker: pool.name,
        entry: program.entry,
        heapLimitMb: pool.settings.heapLimitMb,
        environment: params.environment,
        cwd: params.cwd,
      },
      generation: pool.generation,
      settings: pool.settings,
      standsBy,
      config: program.config,
      spawn: params.spawn,
      timers,
      rssOf: params.rssOf,
      log: params.log,
      onChange: notify,
      onTaskEnded: () => pool.breaker.succeeded(timers.monotonicMs()),
      onExit(failure) {
        pool.processes.delete(process);
        if (pool.standby === process) {
          pool.standby = null;
          // It left for having nothing to do, as idle ones do, and a long task still runs beside it.
          if (failure === null && running(pool) > 0) planStandby(pool);
        }
        if (failure !== null) countFailure(pool);
        notify();
        if ([...pools.values()].every(each => each.processes.size === 0 && each.standby === null)) whenEmpty?.();
      },
    });
    return process;
  }

  /** The one that stands by, if it has not been told to leave, or a new one. */
  function nextProcess(pool: Pool): WorkerProcess {
    const { standby } = pool;
    const process = standby !== null && standby.freeSeats() > 0 ? standby : startProcess(pool, false);
    if (process === standby) pool.standby = null;
    pool.processes.add(process);
    return process;
  }

  function planStandby(pool: Pool): void {
    const { standbyAfterMs } = pool.settings;
    if (stopping || standbyAfterMs === null || pool.standby !== null || pool.forgetStandby !== null) return;
    pool.forgetStandby = timers.after(standbyAfterMs, () => {
      pool.forgetStandby = null;
      if (pool.breaker.state(timers.monotonicMs()) !== 'closed') return;
      pool.standby = startProcess(pool, true);
    });
  }

  function countFailure(pool: Pool): void {
    pool.restarts += 1;
    const now = timers.monotonicMs();
    const before = pool.breaker.retryAt();
    pool.breaker.failed(now);
    const retryAt = pool.breaker.retryAt();
    if (retryAt === null || retryAt === before || stopping) return;
    params.log({
      worker: pool.name,
      generation: pool.generation,
      pid: null,
      level: 'error',
      message: `Worker ${pool.name} failed too often and is left alone for ${Math.round(retryAt - now)} ms.`,
      jobId: null,
    });
    const forget = timers.after(retryAt - now, () => {
      pauses.delete(forget);
      notify();
    });
    pauses.add(forget);
  }
  const pauses = new Set<() => void>();

  /** The fullest process with a free seat, so the others can go idle and leave. */
  function seatFor(pool: Pool): WorkerProcess {
    let best: WorkerProcess | null = null;
    for (const process of pool.processes) {
      if (process.freeSeats() > 0 && (best === null || process.running() > best.running())) best = process;
    }
    return best ?? nextProcess(pool);
  }

  /** The process in which tasks of this place have not ended. */
  function processOf(pool: Pool, place: string): WorkerProcess | null {
    for (const process of pool.processes) if (process.hasPlace(place)) return process;
    return null;
  }

  function refused(cause: 'shutdown' | 'worker_start', message: string): RunningTask {
    const end: TaskEnd = { type: 'lost', cause, message };
    return { ended: Promise.resolve(end), cancel: () => {}, withdraw: () => {}, kill: () => {} };
  }

  function healthOf(pool: Pool): WorkerHealth {
    const now = timers.monotonicMs();
    const breaker = pool.breaker.state(now);
    const busy = running(pool);
    let state: WorkerState = pool.processes.size > 0 || pool.standby !== null ? 'idle' : 'stopped';
    if (busy > 0) state = 'working';
    if (breaker === 'half_open') state = 'restarting';
    if (breaker === 'open') state = 'broken';
    const retryAt = pool.breaker.retryAt();
    return {
      name: pool.name,
      state,
      running: busy,
      restarts: pool.restarts,
      retryAtMs: breaker === 'open' && retryAt !== null ? Math.round(timers.epochMs() + retryAt - now) : null,
    };
  }

  function figuresOf(pool: Pool): PoolFigures {
    const figures = (process: WorkerProcess, standsBy: boolean): ProcessFigures => ({
      pid: process.pid(),
      generation: process.generation,
      rssBytes: process.rssBytes(),
      tasks: process.running(),
      standsBy,
    });
    return {
      name: pool.name,
      breaker: pool.breaker.state(timers.monotonicMs()),
      processes: [
        ...[...pool.processes].map(process => figures(process, false)),
        ...(pool.standby === null ? [] : [figures(pool.standby, true)]),
      ],
    };
  }

  return {
    capacity,
    takesBehind(name, place) {
      const pool = poolOf(name);
      // A process of its own for each task: what it leaves behind meets no second one.
      if (stopping || pool.settings.recycleAfterTasks === 1 || pool.breaker.state(timers.monotonicMs()) !== 'closed') return false;
      return processOf(pool, place)?.takesMore() ?? true;
    },
    pools: () => [...pools.values()].map(figuresOf),
    run(task: Task, observer) {
      if (stopping) return refused('shutdown', 'The program is closing.');
      const inPlace = task.place === undefined ? null : processOf(poolOf(task.worker), task.place);
      if (inPlace !== null)
        return inPlace.takesMore() ? inPlace.assign(task, observer) : refused('shutdown', `Worker ${task.worker} takes no more tasks.`);
      if (capacity(task.worker) < 1) return refused('shutdown', `Worker ${task.worker} takes no task now.`);
      const pool = poolOf(task.worker);
      const process = seatFor(pool);
      planStandby(pool);
      return process.assign(task, observer);
    },
    health: () => [...pools.values()].map(healthOf),
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async stop() {
      stopping = true;
      for (const forget of pauses) forget();
      for (const pool of pools.values()) pool.forgetStandby?.();
      const processes = [...pools.values()].flatMap(pool => [...pool.processes, ...(pool.standby === null ? [] : [pool.standby])]);
      if (processes.length === 0) return;
      const { promise: empty, resolve } = Promise.withResolvers<void>();
      const before = whenEmpty;
      whenEmpty = () => {
        before?.();
        resolve();
      };
      for (const process of processes) process.shutDown();
      await empty;
    },
  };
}
