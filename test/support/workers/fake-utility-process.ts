import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ForkUtilityProcess, UtilityProcessLike } from '../../../src/main/workers/utility-process-port.ts';

const preload = fileURLToPath(new URL('parent-port-preload.ts', import.meta.url));

/** `utilityProcess.fork` over a real child process: structured clones, a pid only after the spawn, an exit with a code. */
export const forkFakeUtilityProcess: ForkUtilityProcess = (modulePath, args, options) => {
  const child = fork(modulePath, args, {
    env: options.env,
    cwd: options.cwd,
    execArgv: ['--import', preload, ...options.execArgv],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let spawned = false;
  child.once('spawn', () => {
    spawned = true;
  });
  child.on('error', () => {});
  const on = (event: 'spawn' | 'message' | 'exit' | 'error', listener: (...values: never[]) => void): void => {
    const call = listener as (...values: unknown[]) => void;
    if (event === 'spawn') child.once('spawn', () => call());
    // Electron tells a death by signal as a code, too.
    else if (event === 'exit') child.once('close', code => call(code ?? 9));
    else if (event === 'message') child.on('message', message => call(message));
  };
  const fake: UtilityProcessLike = {
    get pid() {
      return spawned ? child.pid : undefined;
    },
    stdout: child.stdout,
    stderr: child.stderr,
    postMessage: message => {
      if (child.connected) child.send(message as object);
    },
    kill: () => child.kill('SIGTERM'),
    on,
  };
  return fake;
};
