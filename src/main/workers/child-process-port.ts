import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { frameValueLimit, type ToWorker } from '../../shared/contract/worker/frames.ts';
import { createFrameReader, createFrameWriter } from '../../shared/contract/worker/frame-stream.ts';
import { createOutputTail } from './output-tail.ts';
import type { WorkerExit, WorkerPort, WorkerSpec } from './worker-port.ts';

/** The pipe's number in the child; the first one after the three standard ones. `workers/runtime/parent-port.ts` says the same. */
const pipeFd = 3;

/**
 * JSON writes one UTF-16 unit as six bytes at worst (`\u0000`), and a frame holds one bounded value beside its header. A list
 * of several has at most `frameValueLimit` characters of JSON, three bytes each at worst.
 */
const frameByteLimit = 6 * frameValueLimit + 64 * 1024;

/**
 * How long the pipe must be silent after the exit to count as read to its end. All of it lies in the kernel by then, so this
 * only bounds a grandchild that holds the pipe open.
 */
const drainCeilingMs = 1_000;

/** `process.execPath` in tests and in the headless host. */
export interface ChildProcessHost {
  readonly execPath: string;
  /** Arguments for Node itself besides the heap limit. */
  readonly execArgv: readonly string[];
}

/** Starts the worker as a plain Node process with frames on a pipe of its own. */
export function spawnChildProcess(host: ChildProcessHost, spec: WorkerSpec): WorkerPort {
  const child = spawn(host.execPath, [`--max-old-space-size=${spec.heapLimitMb}`, ...host.execArgv, spec.entry], {
    cwd: spec.cwd,
    env: { ...spec.environment, KONSPEKT_WORKER_PIPE: String(pipeFd) },
    // On Windows a pipe that a Node process opens by number has to be made for overlapped reads; elsewhere it is the same.
    stdio: ['ignore', 'pipe', 'pipe', 'overlapped'],
    windowsHide: true,
  });
  const tail = createOutputTail();
  tail.listen(child.stdout);
  tail.listen(child.stderr);

  const messageListeners: ((message: unknown) => void)[] = [];
  const garbageListeners: ((reason: string) => void)[] = [];
  const exitListeners: ((exit: WorkerExit) => void)[] = [];
  let exited = false;

  const pipe = child.stdio[pipeFd] as Duplex | null | undefined;
  const read = createFrameReader({
    byteLimit: frameByteLimit,
    decodeUtf8: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
    onFrame: value => {
      for (const listener of messageListeners) if (!exited) listener(value);
    },
    onGarbage: reason => {
      for (const listener of garbageListeners) listener(reason);
    },
  });
  const writer = createFrameWriter({
    charLimit: frameValueLimit,
    encodeUtf8: text => Buffer.from(text, 'utf8'),
    afterTurn: callback => {
      process.nextTick(callback);
    },
    write(header, body) {
      if (exited || pipe === null || pipe === undefined || !pipe.writable) return;
      // One system call for both.
      pipe.cork();
      pipe.write(header);
      pipe.write(body);
      pipe.uncork();
    },
  });
  let chunksRead = 0;
  pipe?.on('data', (chunk: Buffer) => {
    chunksRead += 1;
    if (!exited) read(chunk);
  });
  // The other end is gone: the exit follows and says why.
  pipe?.on('error', () => {});

  function leave(exit: WorkerExit): void {
    if (exited) return;
    exited = true;
    pipe?.destroy();
    for (const listener of exitListeners) listener(exit);
  }
  child.on('error', error => {
    // Also emitted when a signal could not be delivered; only a process that never was has no exit of its own.
    if (child.pid !== undefined) return;
    tail.add(`The process could not be started: ${error.message}\n`);
    leave({ code: null, signal: null });
  });
  child.on('exit', (code, signal) => {
    let ceiling: ReturnType<typeof setTimeout> | null = null;
    const drain = (): void => {
      const before = chunksRead;
      ceiling = setTimeout(() => {
        // After this loop was busy its timers come first: what waits in the pipe gets its turn before it counts as empty.
        setImmediate(() => {
          if (chunksRead === before) leave({ code, signal });
          else drain();
        });
      }, drainCeilingMs);
    };
    drain();
    child.once('close', () => {
      if (ceiling !== null) clearTimeout(ceiling);
      leave({ code, signal });
    });
  });

  return {
    pid: () => child.pid ?? null,
    send(frame: ToWorker) {
      if (!exited) writer.send(frame);
    },
    onMessage: listener => {
      messageListeners.push(listener);
    },
    onGarbage: listener => {
      garbageListeners.push(listener);
    },
    onExit: listener => {
      exitListeners.push(listener);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    outputTail: () => tail.text(),
  };
}
