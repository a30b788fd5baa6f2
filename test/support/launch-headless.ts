import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

export interface HeadlessProgram {
  /** A link that lets one browser in. */
  readonly link: string;
  readonly pid: number;
  /** Ends it as a power switch does. */
  kill(): Promise<void>;
  /** Asks it to leave in order; resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** The built program as a person starts it: `konspekt serve`. */
export async function launchHeadless(options: {
  readonly dataDir: string;
  readonly locale: 'ru_RU.UTF-8' | 'en_US.UTF-8';
  /** Another build of the command line than the project's own. */
  readonly cli?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: any free one. */
  readonly port?: number;
}): Promise<HeadlessProgram> {
  const child = spawn(process.execPath, [options.cli ?? cli, '--data', options.dataDir, 'serve', '--port', String(options.port ?? 0)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env, LC_ALL: options.locale },
  });
  const exited = once(child, 'exit');
  let printed = '';
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      printed += data.toString('utf8');
      const found = /http:\/\/\S+/u.exec(printed);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', code => {
      reject(new Error(`The program left with ${code} before it printed its address:\n${printed}`));
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The program has no process.');
  return {
    link,
    pid,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}
