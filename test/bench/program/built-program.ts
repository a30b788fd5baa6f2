import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { connectToRunning } from '../../../src/main/headless/remote-channel.ts';
import { readControlFile } from '../../../src/main/ipc/control-file.ts';
import { createClient, type Client } from '../../../src/shared/contract/client.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const cli = join(root, 'out', 'main', 'cli.js');
const probe = pathToFileURL(join(import.meta.dirname, 'loop-delay-probe.ts')).href;

/** Milliseconds between two turns of main's loop that were asked for every millisecond. */
export const loopDelay = z.strictObject({ p50: z.number(), p99: z.number(), max: z.number(), count: z.number() });
export type LoopDelay = z.output<typeof loopDelay>;

export interface BuiltProgram {
  readonly pid: number;
  /** A link that lets one browser in. */
  readonly link: string;
  /** A new connection over a real WebSocket. */
  connect(): Promise<Client>;
  /** What main's loop was like since the last time this was asked; only with `withProbe`. */
  loopDelay(): Promise<LoopDelay>;
  stop(): Promise<void>;
}

/** `konspekt serve` from `out/main`, in a process of its own. */
export async function startBuilt(dataDir: string, { withProbe = false } = {}): Promise<BuiltProgram> {
  const child = spawn(process.execPath, [...(withProbe ? ['--import', probe] : []), cli, '--data', dataDir, 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit', ...(withProbe ? (['ipc'] as const) : [])],
    env: { ...process.env, LC_ALL: 'ru_RU.UTF-8' },
  });
  const exited = once(child, 'exit');
  let printed = '';
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      printed += data.toString('utf8');
      const found = /http:\/\/\S+/u.exec(printed);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', code => {
      reject(new Error(`The program left with ${code} before it printed its address:\n${printed}`));
    });
  });
  const connections: { close(): void }[] = [];
  if (child.pid === undefined) throw new Error('The program runs and has no process number.');
  return {
    pid: child.pid,
    link,
    async connect() {
      const record = readControlFile(dataDir);
      if (record === null) throw new Error('The program is ready and left no control file.');
      const remote = await connectToRunning(record);
      connections.push(remote);
      return createClient(remote.channel);
    },
    async loopDelay() {
      if (!withProbe) throw new Error('Start the program with its probe to ask for the delay of its loop.');
      const answered = once(child, 'message');
      child.send('read');
      return loopDelay.parse((await answered)[0]);
    },
    async stop() {
      for (const connection of connections) connection.close();
      child.kill('SIGTERM');
      await exited;
    },
  };
}
