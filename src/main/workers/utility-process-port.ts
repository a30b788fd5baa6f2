import type { ToWorker } from '../../shared/contract/worker/frames.ts';
import { createOutputTail } from './output-tail.ts';
import type { WorkerExit, WorkerPort, WorkerSpec } from './worker-port.ts';

interface OutputStream {
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is used of Electron's `UtilityProcess`. This folder may not import `electron`; the desktop host hands `fork` in. */
export interface UtilityProcessLike {
  readonly pid: number | undefined;
  readonly stdout: OutputStream | null;
  readonly stderr: OutputStream | null;
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'spawn', listener: () => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  /** V8 ran out of memory or failed a check; the exit follows. */
  on(event: 'error', listener: (type: string, location: string, report: string) => void): unknown;
}

/** `utilityProcess.fork` as the desktop host has it. */
export type ForkUtilityProcess = (
  modulePath: string,
  args: string[],
  options: { env: Record<string, string>; execArgv: string[]; cwd: string; stdio: 'pipe'; serviceName: string },
) => UtilityProcessLike;

export interface UtilityProcessHost {
  readonly fork: ForkUtilityProcess;
  /** `process.kill` of the host. */
  readonly killPid: (pid: number, signal: 'SIGKILL') => void;
}

/** Starts the worker as an Electron utility process; frames travel as structured clones. */
export function forkUtilityProcess(host: UtilityProcessHost, spec: WorkerSpec): WorkerPort {
  const child = host.fork(spec.entry, [], {
    env: { ...spec.environment },
    execArgv: [`--max-old-space-size=${spec.heapLimitMb}`],
    cwd: spec.cwd,
    stdio: 'pipe',
    serviceName: `konspekt-${spec.worker}`,
  });
  const tail = createOutputTail();
  tail.listen(child.stdout);
  tail.listen(child.stderr);

  const exitListeners: ((exit: WorkerExit) => void)[] = [];
  let exited = false;
  let killWanted = false;

  function kill(): void {
    if (exited) return;
    killWanted = true;
    const pid = child.pid;
    // Before it is spawned there is nothing to kill; the spawn event comes back here.
    if (pid === undefined) return;
    try {
      // Electron's own kill sends SIGTERM, which workers leave to main and a blocked loop cannot hear.
      host.killPid(pid, 'SIGKILL');
    } catch {
      child.kill();
    }
  }
  child.on('spawn', () => {
    if (killWanted) kill();
  });
  child.on('error', (type, location) => tail.add(`${type} in V8 at ${location}\n`));
  child.on('exit', code => {
    if (exited) return;
    exited = true;
    for (const listener of exitListeners) listener({ code, signal: null });
  });

  return {
    pid: () => child.pid ?? null,
    send(frame: ToWorker) {
      if (!exited) child.postMessage(frame);
    },
    onMessage: listener => {
      child.on('message', message => {
        if (!exited) listener(message);
      });
    },
    // Chromium delivers whole messages or none.
    onGarbage: () => {},
    onExit: listener => {
      exitListeners.push(listener);
    },
    kill,
    outputTail: () => tail.text(),
  };
}
