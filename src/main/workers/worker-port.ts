import type { ToWorker } from '../../shared/contract/worker/frames.ts';
import type { WorkerName } from '../../shared/domain/job.ts';

/** Everything an operating system needs to start one worker process. */
export interface WorkerSpec {
  readonly worker: WorkerName;
  /** Absolute path of the module the process runs. */
  readonly entry: string;
  /** Ceiling of V8's old space in MiB; above it V8 ends the process. */
  readonly heapLimitMb: number;
  /** The whole environment of the process; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** `code` and `signal` as the operating system told them; both null when the process could not be started. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/**
 * One worker process as the supervisor sees it. Three implementations pass one contract suite: child process, Electron
 * utility process, in memory.
 *
 * Nothing here throws: what goes wrong shows as garbage or as the exit, and the exit comes exactly once, after the last
 * message. After it no listener is called again.
 */
export interface WorkerPort {
  /** Null before the process is there and when it could not be started. */
  pid(): number | null;
  /** A frame to a process that is gone is dropped. */
  send(frame: ToWorker): void;
  /** SECURITY: the value is whatever the process sent; parse before use. */
  onMessage(listener: (message: unknown) => void): void;
  /** The transport itself was broken: not JSON, or more than a frame may hold. At most once. */
  onGarbage(listener: (reason: string) => void): void;
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends the process without asking it, whatever it does at the moment. Idempotent. */
  kill(): void;
  /** The last characters the process wrote to its standard output and error. For the log, never for the person. */
  outputTail(): string;
}

export type SpawnWorker = (spec: WorkerSpec) => WorkerPort;
