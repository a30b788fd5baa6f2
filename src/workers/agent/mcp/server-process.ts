import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { win32 } from 'node:path';
import { shellFreeCommand } from './shell-free-command.ts';

/** A worker that is asked to stop has two seconds (`cancelGraceMs` of the main process): both waits fit into it. */
const politeMs = 700;
const termMs = 500;
/** What still holds the pipes then has left the group and is not waited for. */
const pipesMs = 300;
/** Characters of standard error that are kept: the last lines say why. */
const tailLimit = 2_000;

export interface ServerProcess {
  readonly stdin: ChildProcessWithoutNullStreams['stdin'];
  readonly stdout: ChildProcessWithoutNullStreams['stdout'];
  /** The end of what it wrote to standard error. */
  stderrTail(): string;
  /** Resolves with how it ended, when it has and everything it wrote has been read. Nothing of its group is left then. */
  readonly ended: Promise<string>;
  /** Closes its input, then ends it and all it has started. Idempotent; resolves when it is over. */
  stop(): Promise<void>;
}

/**
 * Starts a program without a shell, as the leader of a process group of its own, so that a wrapper such as `npx` and what it
 * starts end together. Rejects with the system's error when it cannot be started.
 * SECURITY: `env` is the whole environment; nothing of the worker's own goes along.
 */
export async function startServerProcess(given: {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}): Promise<ServerProcess> {
  const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const { command, args } = shellFreeCommand(given.command, given.args, { platform: process.platform, isFile, env: given.env });
  const child = spawn(command, args, {
    env: given.env,
    cwd: homedir(),
    shell: false,
    windowsHide: true,
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`The process of "${command}" was started and has no id.`);
  const guard = guardGroup(pid);
  // Written to after it has closed its end: what it said is in its exit.
  child.stdin.on('error', () => undefined);

  let tail = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-tailLimit);
  });
  const closed = once(child, 'close');
  const ended = once(child, 'exit').then(async ([code, signal]: unknown[]) => {
    // What the leader has left behind goes with it.
    killGroup(pid, 'SIGKILL');
    await Promise.race([closed, delay(pipesMs)]);
    child.stdout.destroy();
    child.stderr.destroy();
    await guard.dismiss();
    return typeof signal === 'string' ? `signal ${signal}` : `exit code ${String(code)}`;
  });

  let stopping: Promise<void> | null = null;
  async function stopAll(id: number): Promise<void> {
    child.stdin.end();
    if (await within(ended, politeMs)) return;
    killGroup(id, 'SIGTERM');
    if (await within(ended, termMs)) return;
    killGroup(id, 'SIGKILL');
    await ended;
  }
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderrTail: () => tail,
    ended,
    stop() {
      stopping ??= stopAll(pid);
      return stopping;
    },
  };
}

function killGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    const taskkill = win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    // No words are asked for: a tree that is gone already is no failure.
    spawn(taskkill, ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}

/**
 * Ends the group when this worker dies without a chance to do it: a small shell waits for a pipe that only the worker holds
 * open. On Windows there is none; a server there sees its input close.
 */
function guardGroup(pid: number): { dismiss(): Promise<void> } {
  if (process.platform === 'win32') return { dismiss: () => Promise.resolve() };
  const guard: ChildProcess = spawn('/bin/sh', ['-c', 'read -r line; kill -s KILL -- "-$1"', 'sh', String(pid)], {
    env: {},
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const over = new Promise<void>(resolve => {
    guard.on('exit', () => resolve());
    guard.on('error', () => resolve());
  });
  return {
    dismiss() {
      // First the guard, then its pipe: it must not take the closing for the worker's death.
      guard.kill('SIGKILL');
      return over;
    },
  };
}

async function within(ended: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const isOver = await Promise.race([ended.then(() => true), delay(ms, timer.signal).then(() => false)]);
  timer.abort();
  return isOver;
}

function delay(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
