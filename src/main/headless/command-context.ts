import type { Words } from './words.ts';

/** What every command works with. */
export interface CommandContext {
  readonly dataDir: string;
  readonly locale: string;
  readonly words: Words;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}
