import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('Loopback has no port to give.');
  return address.port;
}

/** Beyond it a server that starts from an empty folder is broken. */
const startCeilingMs = 15_000;
/** Between two looks at whether it answers. */
const lookEveryMs = 50;
/** After it a server that was asked to stop is killed. */
const stopCeilingMs = 5_000;

/** Starts a server in the foreground, so that it ends with this process, and waits until it answers. */
export async function startServer(options: {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly port: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd: string;
  readonly stopSignal: NodeJS.Signals;
  readonly answers: () => Promise<boolean>;
}): Promise<Server> {
  const { uid, gid } = options;
  const child = spawn(options.command, options.parameters, {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
  });
  let said = '';
  const listen = (data: Buffer): void => {
    said = (said + data.toString('utf8')).slice(-2_000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const endWithUs = (): void => {
    child.kill('SIGKILL');
  };
  process.on('exit', endWithUs);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.command} could not be started.`);
  for (const start = Date.now(); !(await options.answers()); await pause(lookEveryMs)) {
    if (child.exitCode === null && Date.now() - start < startCeilingMs) continue;
    child.kill('SIGKILL');
    throw new Error(`${options.command} does not answer: ${said}`);
  }
  return {
    port: options.port,
    pid,
    async stop() {
      await ended(child, options.stopSignal);
      process.off('exit', endWithUs);
    },
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), stopCeilingMs);
  await exit;
  clearTimeout(timer);
}
