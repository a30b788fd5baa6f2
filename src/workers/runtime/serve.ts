import { toWorker, workerProtocolVersion, type FromWorker, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { isHotToWorker } from '../../shared/contract/worker/hot-frames.ts';
import type { WorkerName } from '../../shared/domain/job.ts';
import { parentPort, type ParentPort } from './parent-port.ts';
import { installProcessGuards, type LogLevel } from './process-guards.ts';
import { RunningTask, type ErasedHandler } from './running-task.ts';
import type { ErasedCompensationHandler } from './step-runner.ts';
import type { CompensationHandlers, TaskHandlers } from './task-context.ts';

/** As the frame's schema bounds it. */
const logMessageLimit = 8_000;
/** Log lines kept until `init` says which generation this is; an import that prints more has lost its mind. */
const earlyLogLimit = 100;
/** Log lines a second; a library that complains about every glyph of a book must not flood the program. */
const logsPerSecond = 100;

export interface ServeParams {
  readonly worker: WorkerName;
  readonly tasks: TaskHandlers;
  /** How steps of these tasks are undone; none when absent. */
  readonly compensations?: CompensationHandlers;
}

/** Serves tasks over the port this process was started with. The whole of a worker's entry. */
export function serve(params: ServeParams): void {
  const port = parentPort();
  const log = serveOver(port, params);
  installProcessGuards(port, log);
}

/** `serve` without the process around it, so it also runs in memory. Returns the way into the log. */
export function serveOver(port: ParentPort, params: ServeParams): (level: LogLevel, message: string) => void {
  const tasks = new Map<string, RunningTask>();
  const early: { level: LogLevel; message: string }[] = [];
  let generation: number | null = null;
  let heartbeat: ReturnType<typeof setInterval> | null = null;
  let leaving = false;
  let logsThisSecond = 0;
  let secondStartedAt = 0;

  /** Tasks that begin in the next turn, together: what they say of themselves at once travels together, too. */
  let beginning: RunningTask[] = [];

  /** Tasks that share a place, the one at work first. */
  const places = new Map<string, RunningTask[]>();

  const send = (frame: FromWorker): void => port.send(frame);

  function beginNextTurn(task: RunningTask): void {
    beginning.push(task);
    if (beginning.length > 1) return;
    setImmediate(() => {
      const begun = beginning;
      beginning = [];
      for (const each of begun) each.begin();
    });
  }

  function log(level: LogLevel, message: string, leaseToken: string | null = null): void {
    if (generation === null) {
      if (early.length < earlyLogLimit) early.push({ level, message });
      return;
    }
    const now = performance.now();
    if (now - secondStartedAt >= 1_000) {
      secondStartedAt = now;
      logsThisSecond = 0;
    }
    logsThisSecond += 1;
    if (logsThisSecond > logsPerSecond && level !== 'error') return;
    const dropped = logsThisSecond === logsPerSecond ? ' (further lines of this second are left out)' : '';
    send({ v: workerProtocolVersion, generation, type: 'log', level, message: (message + dropped).slice(0, logMessageLimit), leaseToken });
  }

  function onEnded({ start }: RunningTask): void {
    tasks.delete(start.leaseToken);
    if (start.place !== undefined) vacate(start.place);
    leaveWhenDone();
  }

  /** The next task of the place begins in a turn of its own: the end of the one before is on its way by then, whatever this one does. */
  function vacate(place: string): void {
    const line = places.get(place);
    line?.shift();
    const [next] = line ?? [];
    if (next === undefined) places.delete(place);
    else beginNextTurn(next);
  }

  /** Those that wait for their place never begin. */
  function dropWaiting(): void {
    for (const line of places.values()) for (const { start } of line.splice(1)) tasks.delete(start.leaseToken);
  }

  function withdraw(leaseToken: string): void {
    const task = tasks.get(leaseToken);
    const { place } = task?.start ?? {};
    const line = place === undefined ? undefined : places.get(place);
    const at = task === undefined ? -1 : (line?.indexOf(task) ?? -1);
    if (task === undefined || at < 1) return;
    line?.splice(at, 1);
    tasks.delete(leaseToken);
    send({ v: workerProtocolVersion, generation: task.start.generation, leaseToken, type: 'withdrawn' });
  }

  function leaveWhenDone(): void {
    if (!leaving || tasks.size > 0) return;
    if (heartbeat !== null) clearInterval(heartbeat);
    port.exit(0);
  }

  port.onDisconnect(() => {
    if (heartbeat !== null) clearInterval(heartbeat);
    dropWaiting();
    for (const task of tasks.values()) task.abandon();
  });
  function read(raw: unknown): ToWorker | null {
    if (isHotToWorker(raw)) return raw;
    const parsed = toWorker.safeParse(raw);
    if (parsed.success) return parsed.data;
    // Main and its workers come from one build, so this is a mistake of the program and no input's fault.
    log('error', `A frame of the program does not fit the protocol: ${parsed.error.issues[0]?.message ?? ''}`);
    port.exit(70);
    return null;
  }
  port.onMessage(raw => {
    const frame = read(raw);
    if (frame === null) return;
    if (frame.type === 'init') {
      if (generation !== null) return;
      if (frame.worker !== params.worker) {
        throw new Error(`This entry serves "${params.worker}" and was started as "${frame.worker}".`);
      }
      const own = frame.generation;
      generation = own;
      send({ v: workerProtocolVersion, generation: own, type: 'ready', pid: port.pid });
      heartbeat = setInterval(() => {
        send({ v: workerProtocolVersion, generation: own, type: 'heartbeat', rssBytes: process.memoryUsage.rss() });
      }, frame.heartbeatMs);
      for (const line of early.splice(0)) log(line.level, line.message);
      return;
    }
    if (frame.generation !== generation) return;
    if (frame.type === 'shutdown') {
      leaving = true;
      dropWaiting();
      for (const task of tasks.values()) task.abandon();
      return leaveWhenDone();
    }
    if (frame.type === 'start') {
      if (leaving || tasks.has(frame.leaseToken)) return;
      // The one place where a kind's types are taken off: `TaskHandlers` ties each handler to its kind, and runTask checks
      // input and output by that kind's schemas.
      const handler = params.tasks[frame.kind] as ErasedHandler | undefined;
      if (handler === undefined) {
        return send({
          v: workerProtocolVersion,
          generation: frame.generation,
          leaseToken: frame.leaseToken,
          type: 'failed',
          code: 'internal',
          message: `Worker ${params.worker} has no task ${frame.kind}.`,
          retryable: false,
          retryAfterMs: null,
        });
      }
      const compensations = (params.compensations?.[frame.kind] ?? {}) as Readonly<Record<string, ErasedCompensationHandler>>;
      const task = new RunningTask({ start: frame, handler, compensations, send, log, onEnded });
      tasks.set(frame.leaseToken, task);
      if (frame.place === undefined) return beginNextTurn(task);
      const line = places.get(frame.place);
      if (line !== undefined) return void line.push(task);
      places.set(frame.place, [task]);
      return beginNextTurn(task);
    }
    if (frame.type === 'withdraw') return withdraw(frame.leaseToken);
    // A frame for a task that has just ended is late, not wrong.
    const task = tasks.get(frame.leaseToken);
    if (frame.type === 'cancel') task?.cancel();
    else task?.take(frame);
  });
  return log;
}
