import { fromWorker, workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { isHotFromWorker } from '../../shared/contract/worker/hot-frames.ts';
import type { z } from 'zod';
import { startAwakeTimer } from '../../shared/domain/awake-timer.ts';
import type { WorkerName } from '../../shared/domain/job.ts';
import type { RunningTask, Task, TaskEnd, TaskObserver } from '../engine/task-runner.ts';
import { runInBackground } from '../processor/run-in-background.ts';
import {
  cancelGraceMs,
  checkEveryMs,
  framesPerCheckLimit,
  heartbeatMs,
  readyCeilingMs,
  shutdownCeilingMs,
  standbyReadyCeilingMs,
  type PoolSettings,
} from './pool-settings.ts';
import { TaskSeat } from './task-seat.ts';
import type { Timers } from './timers.ts';
import type { SpawnWorker, WorkerExit, WorkerSpec } from './worker-port.ts';

/** Workers whose own processes take all the processor they are given. */
const behindOthers: ReadonlySet<WorkerName> = new Set(['browser']);

export interface WorkerLog {
  readonly worker: WorkerName;
  readonly generation: number;
  readonly pid: number | null;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly jobId: string | null;
  /** Words that are not the program's own: a worker's line, what it left on its output. May quote anything. */
  readonly said?: string;
  /** Why it is stopped or gone. */
  readonly cause?: string;
}

type Json = z.core.util.JSONType;

export interface WorkerProcessParams {
  readonly spec: WorkerSpec;
  readonly generation: number;
  readonly settings: PoolSettings;
  /** Started before anybody needs it. */
  readonly standsBy: boolean;
  readonly config: Readonly<Record<string, Json>>;
  readonly spawn: SpawnWorker;
  readonly timers: Timers;
  readonly rssOf: (pid: number) => number | null;
  readonly log: (entry: WorkerLog) => void;
  /** A seat became free or taken, or the process got ready. */
  readonly onChange: () => void;
  /** A task came to a proper end; the worker does its work. */
  readonly onTaskEnded: () => void;
  /** Once. `failure` is the infrastructure's fault, for the breaker; null for an exit that was asked for or a task's own doing. */
  readonly onExit: (failure: LostCause | null) => void;
}

type LostCause = Extract<TaskEnd, { type: 'lost' }>['cause'];

/** Why a process is being killed. `culprit` is the lease whose task brought it about; null when nobody can tell. */
interface Doom {
  readonly cause: LostCause | 'requested';
  readonly message: string;
  readonly culprit: string | null;
}

export interface WorkerProcess {
  readonly generation: number;
  /** Tasks it would take now. */
  freeSeats(): number;
  /** Tasks that have begun or will with the process; those that wait for their place are not among them. */
  running(): number;
  /** Whether tasks of this place have not ended here. */
  hasPlace(place: string): boolean;
  /** Not while it leaves or is about to. */
  takesMore(): boolean;
  pid(): number | null;
  /** Resident memory when it was last looked at, in bytes; 0 before that. */
  rssBytes(): number;
  assign(task: Task, observer: TaskObserver): RunningTask;
  /** Told to leave at once, tasks and all; killed after the shutdown ceiling. */
  shutDown(): void;
}

/** V8's last words when its heap is full, in Node and in Electron. */
const heapFull = /heap out of memory|Reached heap limit|OOMErrorHandler|invalid table size|Array buffer allocation failed/iu;

/** Frames a worker sends when it likes. Ends and steps are not among them: each answers something main gave. */
const unasked: ReadonlySet<FromWorker['type']> = new Set(['progress', 'log', 'heartbeat', 'host-call']);

const mib = 1024 * 1024;

/** The end of a task that waited for its place. */
const notBegun: TaskEnd = { type: 'lost', cause: 'shutdown', message: 'It was handed out ahead and had not begun.' };

/**
 * One process from its start to its exit, and the tasks in it. It never comes back: a new one has a new generation. The
 * exit is the only truth: tasks in a process that is being killed end when it is gone and not before.
 */
export function startWorkerProcess(params: WorkerProcessParams): WorkerProcess {
  const { settings, timers, generation, spec } = params;
  const seats = new Map<string, TaskSeat>();
  /** Seats that share a place, the one at work first. The worker keeps the same lines from the same frames. */
  const places = new Map<string, TaskSeat[]>();
  /** Seats that are not the first of their place. */
  let behind = 0;
  const cancelled = new Set<string>();
  const stopTimers = new Map<string, () => void>();
  const header = { v: workerProtocolVersion, generation } as const;

  let state: 'starting' | 'ready' | 'leaving' | 'gone' = 'starting';
  let retiring = false;
  let isBehindMain = false;
  let doom: Doom | null = null;
  let tasksServed = 0;
  let checksInSilence = 0;
  let framesSinceCheck = 0;
  let lastRss = 0;

  const port = params.spawn(spec);
  const send = (frame: ToWorker): void => port.send(frame);
  // Nobody waits for it: its start must not hold up main, as that of a process with a task may.
  if (params.standsBy) fallBehindMain();
  const log = (
    level: WorkerLog['level'],
    message: string,
    leaseToken: string | null = null,
    more: Pick<WorkerLog, 'said' | 'cause'> = {},
  ): void => {
    params.log({
      worker: spec.worker,
      generation,
      pid: port.pid(),
      level,
      message,
      jobId: leaseToken === null ? null : (seats.get(leaseToken)?.task.jobId ?? null),
      ...more,
    });
  };

  function arm(name: string, delayMs: number, run: () => void): void {
    stopTimers.get(name)?.();
    stopTimers.set(
      name,
      timers.after(delayMs, () => {
        stopTimers.delete(name);
        run();
      }),
    );
  }
  /** The same for a ceiling: time the machine sleeps is not held against the worker. */
  function armAwake(name: string, delayMs: number, run: () => void): void {
    stopTimers.get(name)?.();
    const port = { monotonicMs: timers.monotonicMs, setTimer: timers.after };
    const timer = startAwakeTimer(port, delayMs, () => {
      stopTimers.delete(name);
      run();
    });
    stopTimers.set(name, timer.cancel);
  }
  function disarm(name: string): void {
    stopTimers.get(name)?.();
    stopTimers.delete(name);
  }

  function kill(next: Doom): void {
    if (state === 'gone' || doom !== null) return;
    doom = next;
    if (next.cause !== 'requested') log('warn', `Worker ${spec.worker} is stopped: ${next.message}`, next.culprit, { cause: next.cause });
    port.kill();
    params.onChange();
  }
  const breach = (message: string, culprit: string | null = null): void => kill({ cause: 'protocol', message, culprit });

  function leave(): void {
    if (state === 'leaving' || state === 'gone') return;
    state = 'leaving';
    disarm('ready');
    port.send({ ...header, type: 'shutdown' });
    armAwake('shutdown', shutdownCeilingMs, () => {
      kill({ cause: 'shutdown', message: `it did not leave within ${shutdownCeilingMs} ms`, culprit: null });
    });
    params.onChange();
  }

  /** The only task of a process is to blame for what happens to it; of several nobody can tell. */
  function soleTask(): string | null {
    const [only] = seats.keys();
    return seats.size === 1 && only !== undefined ? only : null;
  }

  function isBehind(seat: TaskSeat): boolean {
    const { place } = seat.task;
    return place !== undefined && places.get(place)?.[0] !== seat;
  }

  /**
   * Whether it may have had a part in the end of the process. The end that the one before it has sent may be on its way still: a
   * port of Electron hands messages over in a thread of its own, and what has not left dies with the process.
   */
  function mayHaveBegun({ task }: TaskSeat): boolean {
    return task.place === undefined || (places.get(task.place) ?? []).slice(0, 2).some(seat => seat.task === task);
  }

  /** Takes its place, or waits for it. */
  function enter(seat: TaskSeat): void {
    const { place } = seat.task;
    if (place === undefined) return;
    const line = places.get(place);
    if (line === undefined) places.set(place, [seat]);
    else {
      line.push(seat);
      behind += 1;
    }
  }

  function start(seat: TaskSeat): void {
    seat.start();
    if (!isBehind(seat)) seat.begin();
  }

  /** Returns the seat that is first in this place now and was not before. */
  function leavePlace(seat: TaskSeat): TaskSeat | null {
    const { place } = seat.task;
    const line = place === undefined ? undefined : places.get(place);
    const at = line?.indexOf(seat) ?? -1;
    if (place === undefined || line === undefined || at < 0) return null;
    line.splice(at, 1);
    if (line.length === 0) places.delete(place);
    else behind -= 1;
    return at === 0 ? (line[0] ?? null) : null;
  }

  /** The end of the one before it was its beginning in the worker. */
  function beginNext(seat: TaskSeat): void {
    if (!seat.isStarted()) return;
    seat.begin();
    // It was to be cancelled, and had begun before the worker read that it should be given back.
    if (cancelled.has(seat.task.leaseToken)) cancelBegun(seat);
  }

  function freeSeat(leaseToken: string): void {
    const seat = seats.get(leaseToken);
    seats.delete(leaseToken);
    const next = seat === undefined ? null : leavePlace(seat);
    if (next !== null) beginNext(next);
    if (cancelled.delete(leaseToken)) disarm(`cancel ${leaseToken}`);
    tasksServed += 1;
    const worn = (settings.recycleAfterTasks !== null && tasksServed >= settings.recycleAfterTasks) || lastRss > settings.softMemoryBytes;
    if (worn) retiring = true;
    if (seats.size === 0) {
      if (retiring) leave();
      else if (state === 'starting' || state === 'ready') arm('idle', settings.idleStopMs, leave);
    }
    params.onChange();
  }

  /** Asks a task to stop, and kills the process when it has not within the grace period. */
  function stopTask(leaseToken: string): void {
    const seat = seats.get(leaseToken);
    if (seat === undefined || cancelled.has(leaseToken)) return;
    cancelled.add(leaseToken);
    if (!seat.isStarted()) {
      seat.settle({ type: 'cancelled' });
      freeSeat(leaseToken);
      return;
    }
    if (!seat.isBegun()) seat.sendWithdraw();
    else cancelBegun(seat);
  }

  function cancelBegun(seat: TaskSeat): void {
    const { leaseToken } = seat.task;
    seat.sendCancel();
    armAwake(`cancel ${leaseToken}`, cancelGraceMs, () => {
      kill({ cause: 'requested', message: `a task did not stop within ${cancelGraceMs} ms of being asked`, culprit: leaseToken });
    });
  }

  function withdraw(leaseToken: string): void {
    const seat = seats.get(leaseToken);
    if (seat === undefined || !isBehind(seat)) return;
    if (seat.isStarted()) seat.sendWithdraw();
    else onWithdrawn(seat);
  }
  function onWithdrawn(seat: TaskSeat): void {
    const { leaseToken } = seat.task;
    seat.settle(cancelled.has(leaseToken) ? { type: 'cancelled' } : notBegun);
    freeSeat(leaseToken);
  }

  function onEndFrame(seat: TaskSeat, end: TaskEnd): void {
    seat.settle(end);
    freeSeat(seat.task.leaseToken);
    params.onTaskEnded();
  }
  function onAbandon({ task }: TaskSeat): void {
    stopTask(task.leaseToken);
  }

  function fallBehindMain(): void {
    const pid = port.pid();
    if (pid === null || isBehindMain) return;
    isBehindMain = true;
    runInBackground(pid, { behindWorkers: behindOthers.has(spec.worker) });
  }

  function checkMemory(): void {
    const pid = port.pid();
    const rss = (pid === null ? null : params.rssOf(pid)) ?? lastRss;
    lastRss = rss;
    if (rss <= settings.hardMemoryBytes) return;
    kill({
      cause: 'out_of_memory',
      message: `it holds ${Math.round(rss / mib)} MiB, more than the ${Math.round(settings.hardMemoryBytes / mib)} MiB allowed`,
      culprit: soleTask(),
    });
  }

  /**
   * Silence is counted in checks, not in time: after the machine slept, or this process was busy, one late check is one
   * check, and the heartbeats that waited in the pipe are read before it counts again.
   */
  function check(): void {
    framesSinceCheck = 0;
    checkMemory();
    if (state === 'ready') {
      checksInSilence += 1;
      if (checksInSilence * checkEveryMs > settings.stallAfterMs) {
        kill({ cause: 'stalled', message: `it has not been heard of for ${settings.stallAfterMs} ms`, culprit: soleTask() });
      }
    }
    arm('check', checkEveryMs, check);
  }

  /** Null when it does not fit the protocol, and then the process is stopped. */
  function read(raw: unknown): FromWorker | null {
    if (isHotFromWorker(raw)) return raw;
    const parsed = fromWorker.safeParse(raw);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    breach(`a frame does not fit the protocol at "${issue?.path.join('.') ?? ''}" (${issue?.code ?? 'unknown'})`);
    return null;
  }

  function takesMore(): boolean {
    return !retiring && doom === null && state !== 'leaving' && state !== 'gone';
  }

  function takeFrame(raw: unknown): void {
    if (doom !== null || state === 'gone') return;
    const frame = read(raw);
    if (frame === null) return;
    if (frame.generation < generation) {
      framesSinceCheck += 1;
      if (framesSinceCheck <= framesPerCheckLimit) return log('debug', `A frame of generation ${frame.generation} was dropped.`);
      return breach(`it sent more than ${framesPerCheckLimit} frames in ${checkEveryMs} ms`);
    }
    if (frame.generation > generation) return breach(`a frame names generation ${frame.generation}, which does not exist yet`);
    checksInSilence = 0;
    if (unasked.has(frame.type)) {
      framesSinceCheck += 1;
      if (framesSinceCheck > framesPerCheckLimit) return breach(`it sent more than ${framesPerCheckLimit} frames in ${checkEveryMs} ms`);
    }
    if (frame.type === 'ready') {
      if (state === 'leaving') return;
      if (state === 'ready') return breach('it said ready twice');
      state = 'ready';
      disarm('ready');
      fallBehindMain();
      for (const seat of seats.values()) start(seat);
      if (seats.size === 0) arm('idle', settings.idleStopMs, leave);
      return params.onChange();
    }
    if (frame.type === 'log') return log(frame.level, `Worker ${spec.worker} says something.`, frame.leaseToken, { said: frame.message });
    if (state === 'starting') return breach(`it sent ${frame.type} before it was ready`);
    if (frame.type === 'heartbeat') {
      lastRss = frame.rssBytes;
      return checkMemory();
    }
    const seat = seats.get(frame.leaseToken);
    if (seat === undefined) return breach(`it sent ${frame.type} for a task it does not run`);
    try {
      const wrong = seat.take(frame);
      if (wrong !== null) breach(wrong, frame.leaseToken);
    } catch (error) {
      // The observer is this program's own; its mistake must not end the reading of frames.
      log('error', `A frame ${frame.type} was not taken.`, frame.leaseToken, {
        said: error instanceof Error ? (error.stack ?? error.message) : 'unknown',
      });
    }
  }

  /** What the exit of the process means for one of its tasks. */
  function endOf(leaseToken: string, seat: TaskSeat, cause: LostCause | 'requested', message: string, culprit: string | null): TaskEnd {
    if (cancelled.has(leaseToken)) return { type: 'cancelled' };
    if (!mayHaveBegun(seat)) return notBegun;
    if (cause === 'out_of_memory' && culprit === leaseToken) {
      return {
        type: 'failed',
        retryable: false,
        retryAfterMs: null,
        error: {
          code: 'out_of_memory',
          message: `The task needed more memory than the ${Math.round(settings.hardMemoryBytes / mib)} MB a worker may use.`,
        },
      };
    }
    if (cause === 'requested' || (culprit !== null && culprit !== leaseToken)) {
      return { type: 'lost', cause: 'shutdown', message: 'The process was stopped because of another task in it.' };
    }
    if (!seat.isStarted() && cause !== 'shutdown') return { type: 'lost', cause: 'worker_start', message };
    return { type: 'lost', cause, message };
  }

  /** Why a process nobody killed is gone. */
  function causeOf(exit: WorkerExit): Doom {
    const how = exit.signal === null ? `code ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
    if (exit.code !== 0 && heapFull.test(port.outputTail()))
      return { cause: 'out_of_memory', message: `it ran out of memory and ended with ${how}`, culprit: soleTask() };
    if (state === 'leaving') return { cause: 'shutdown', message: 'it was asked to leave', culprit: null };
    if (state === 'starting') return { cause: 'worker_start', message: `it ended with ${how} before it was ready`, culprit: null };
    return { cause: 'worker_exit', message: `it ended with ${how}`, culprit: null };
  }

  port.onMessage(takeFrame);
  port.onGarbage(reason => breach(reason));
  port.onExit(exit => {
    const end = doom ?? causeOf(exit);
    const wanted = end.cause === 'requested' || end.cause === 'shutdown';
    if (!wanted) {
      const tail = port.outputTail();
      log('error', `Worker ${spec.worker} is gone: ${end.message}.`, end.culprit, {
        cause: end.cause,
        ...(tail === '' ? {} : { said: tail }),
      });
    }
    state = 'gone';
    for (const stop of stopTimers.values()) stop();
    stopTimers.clear();
    const message = `The worker was lost: ${end.message}.`;
    for (const [leaseToken, seat] of seats) seat.settle(endOf(leaseToken, seat, end.cause, message, end.culprit));
    seats.clear();
    const ownDoing = end.cause === 'out_of_memory' && end.culprit !== null;
    params.onExit(end.cause === 'requested' || end.cause === 'shutdown' || ownDoing ? null : end.cause);
  });

  const readyWithinMs = params.standsBy ? standbyReadyCeilingMs : readyCeilingMs;
  armAwake('ready', readyWithinMs, () =>
    kill({ cause: 'worker_start', message: `it was not ready within ${readyWithinMs} ms`, culprit: null }),
  );
  arm('check', checkEveryMs, check);
  port.send({ ...header, type: 'init', worker: spec.worker, heartbeatMs, config: { ...params.config } });

  return {
    generation,
    freeSeats: () => (takesMore() ? settings.tasksPerProcess - (seats.size - behind) : 0),
    running: () => seats.size - behind,
    hasPlace: place => places.has(place),
    takesMore,
    pid: port.pid,
    rssBytes: () => lastRss,
    assign(task, observer) {
      disarm('idle');
      const { leaseToken } = task;
      const seat = new TaskSeat({ task, observer, generation, send, onEndFrame, onWithdrawn, onAbandon });
      seats.set(leaseToken, seat);
      enter(seat);
      if (state === 'ready') start(seat);
      params.onChange();
      return {
        ended: seat.ended,
        cancel: () => stopTask(leaseToken),
        withdraw: () => withdraw(leaseToken),
        kill() {
          if (!seats.has(leaseToken)) return;
          if (!seat.isBegun()) return stopTask(leaseToken);
          cancelled.add(leaseToken);
          kill({ cause: 'requested', message: 'its task was to be stopped at once', culprit: leaseToken });
        },
      };
    },
    shutDown: leave,
  };
}
