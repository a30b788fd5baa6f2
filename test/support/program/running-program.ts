import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createClient, type Client } from '../../../src/shared/contract/client.ts';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { connectToRunning } from '../../../src/main/headless/remote-channel.ts';
import type { Result } from '../../../src/shared/contract/result.ts';

export interface RunningProgram {
  readonly pid: number;
  readonly client: Client;
  /** Kills it without a word, as a power switch does; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to leave in order. */
  stop(): Promise<number | null>;
}

/** Starts the headless host in a process of its own and connects to it. */
export async function startProgram(dataDir: string, bundles: string): Promise<RunningProgram> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'host-process.ts'), dataDir, bundles], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(child);
  const record = readControlFile(dataDir);
  if (record === null || child.pid === undefined) throw new Error('The program is ready and left no control file.');
  const remote = await connectToRunning(record);
  const exited = once(child, 'exit');
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

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      if (data.toString('utf8').includes('ready')) resolve();
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
