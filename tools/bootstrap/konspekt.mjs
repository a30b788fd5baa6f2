import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

/**
 * The command line of the program, in this process, so that signals, the terminal and the exit code are its own.
 * @type {(parameters: string[]) => Promise<void>}
 */
export const run = async parameters => {
  // `npm run` moves to the project's folder; paths a person types are relative to where they typed them.
  if (process.env.npm_lifecycle_event === 'konspekt' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  const program = join(root, 'out', 'main', 'cli.js');
  process.argv = [process.execPath, program, ...parameters];
  await import(pathToFileURL(program).href);
};
