import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createClient, type Client } from '../../../src/shared/contract/client.ts';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { connectToRunning } from '../../../src/main/headless/remote-channel.ts';
import { onTestFinished } from 'vitest';
import { builtCli } from './built-program.ts';
import type { Result } from '../../../src/shared/contract/result.ts';

export interface RunningProgram {
  readonly pid: number;
  readonly client: Client;
  /** Kills it without a word, as a power switch does; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to leave in order. */
  stop(): Promise<number | null>;
}

/** Starts the headless host from the sources in a process of its own and connects to it. */
export function startProgram(dataDir: string, bundles: string): Promise<RunningProgram> {
  return started(dataDir, [join(import.meta.dirname, 'host-process.ts'), dataDir, bundles], 'ready');
}

/** Starts the built program, as `konspekt serve` does, and connects to it; `cli` is a copy of it with a gate. Ready in half the time. */
export function startBuilt(dataDir: string, cli: string = builtCli): Promise<RunningProgram> {
  return started(dataDir, [cli, '--data', dataDir, 'serve', '--port', '0'], 'http://');
}

async function started(dataDir: string, args: readonly string[], word: string): Promise<RunningProgram> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LC_ALL: 'ru_RU.UTF-8' },
  });
  const exited = once(child, 'exit');
  let disconnect = (): void => undefined;
  // A test that fails half-way leaves no program behind.
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
    disconnect();
  });
  await ready(child, word);
  const record = readControlFile(dataDir);
  if (record === null || child.pid === undefined) throw new Error('The program is ready and left no control file.');
  const remote = await connectToRunning(record);
  disconnect = () => {
    remote.close();
  };
  return {
    pid: child.pid,
    client: createClient(remote.channel),
    async kill() {
      child.kill('SIGKILL');
      await exited;
      remote.close();
    },
    async stop() {
      remote.close();
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}

function ready(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes(word)) resolve();
    });
    child.once('exit', code => {
      reject(new Error(`The program left with ${code} before it was ready.`));
    });
  });
}

export function value<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
