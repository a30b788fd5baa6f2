import type { ExitCode } from './exit-codes.ts';
import type { Words } from './words.ts';

/** What every command works with. */
export interface CommandContext {
  readonly dataDir: string;
  readonly locale: string;
  readonly words: Words;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

/** Makes a command's function of one that is given the context. */
export type Run = <A extends unknown[]>(
  command: (context: CommandContext, ...args: A) => Promise<ExitCode>,
) => (...args: A) => Promise<void>;
