import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { builtCli } from './built-program.ts';
import { compileCache } from './compile-cache.ts';

export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly pid: number;
  /** Resolves once its two streams together hold this; rejects when it ends without. */
  prints(what: string | RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Types on its standard input, which a command under a terminal reads from. */
  type(text: string): void;
  readonly ended: Promise<CommandEnd>;
}

/** Makes a terminal for a command (util-linux). */
export const terminalProgram = 'script';

export interface CommandOptions {
  readonly dataDir: string;
  readonly cwd?: string;
  /** The built command line, or a copy of it with a gate. */
  readonly cli?: string;
  readonly language?: 'ru' | 'en';
  /** All that comes on its standard input. */
  readonly input?: string;
  /** Under a terminal of its own, made by `terminalProgram`. */
  readonly terminal?: boolean;
  /** Behind what stands there for `npx konspekt` on an older Node: npm, its shell and the launcher. */
  readonly throughNpm?: boolean;
}

const launcher = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'tools', 'bootstrap', 'run-attached.mjs')).href;

function behindNpm(command: readonly string[]): string[] {
  const [program, ...rest] = command;
  const source = `const { runAttached } = await import(${JSON.stringify(launcher)});
    process.exitCode = await runAttached(${JSON.stringify(program)}, ${JSON.stringify(rest)});`;
  const launch = [process.execPath, '--input-type=module', '--eval', source.replaceAll('\n', ' ')];
  return ['npm', 'exec', '--offline', '--call', launch.map(quoted).join(' ')];
}

/** Starts `konspekt <args>` as a person does. What a failed test leaves running is killed and shown. */
export function startCommand(
  args: readonly string[],
  { dataDir, cwd, cli = builtCli, language = 'en', input, terminal = false, throughNpm = false }: CommandOptions,
): RunningCommand {
  const direct = [process.execPath, cli, '--data', dataDir, ...args];
  const command = throughNpm ? behindNpm(direct) : direct;
  const [program = '', ...rest] = terminal
    ? [terminalProgram, '--quiet', '--return', '--command', command.map(quoted).join(' '), '/dev/null']
    : command;
  const child = spawn(program, rest, {
    cwd,
    stdio: [terminal || input !== undefined ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      LC_ALL: language === 'ru' ? 'ru_RU.UTF-8' : 'en_US.UTF-8',
      // npm has one of its own, which it would leave in the temporary folder.
      ...(throughNpm ? { NODE_DISABLE_COMPILE_CACHE: '1' } : { NODE_COMPILE_CACHE: compileCache }),
    },
  });
  if (input !== undefined) child.stdin?.end(input);
  let stdout = '';
  let stderr = '';
  let hasEnded = false;
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    changed();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    changed();
  });
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => {
      hasEnded = true;
      changed();
      resolve({ code, stdout, stderr });
    });
  });
  onTestFinished(async () => {
    if (hasEnded) return;
    child.kill('SIGKILL');
    const left = await ended;
    throw new Error(`konspekt ${args.join(' ')} was still running when the test was over:\n${left.stdout}\n${left.stderr}`);
  });
  return {
    pid: child.pid ?? 0,
    prints: what =>
      new Promise((resolve, reject) => {
        const look = () => {
          const all = `${stdout}\n${stderr}`;
          if (typeof what === 'string' ? all.includes(what) : what.test(all)) resolve();
          else if (hasEnded) reject(new Error(`It ended and never printed ${String(what)}:\n${all}`));
          else return;
          watchers.delete(look);
        };
        watchers.add(look);
        look();
      }),
    signal: name => child.kill(name),
    type: text => child.stdin?.write(text),
    ended,
  };
}

/** Runs it to its end. */
export const runCommand = (args: readonly string[], options: CommandOptions): Promise<CommandEnd> => startCommand(args, options).ended;

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
