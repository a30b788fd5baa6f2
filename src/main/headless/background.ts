import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { attachToRunning, type Attached } from './attach.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { programPaths } from '../app/program-paths.ts';
import type { Words } from './words.ts';

/** A cold start takes a second or two; a damaged disk or a migration may take longer. */
const startTries = 150;
const startPauseMs = 100;

/** The running program, or a new one without a window that works on after this command has returned. */
export async function startInBackground(dataDir: string, words: Words): Promise<Attached> {
  const running = await attachToRunning(dataDir);
  if (running !== null) return running;
  const child = spawn(process.execPath, [join(programPaths().bundles, 'cli.js'), '--data', dataDir, 'serve', '--no-page', '--port', '0', '--exit-when-idle'], {
    detached: true,
    stdio: 'ignore',
  });
  child.unref();
  for (let attempt = 0; attempt < startTries; attempt += 1) {
    const attached = await attachToRunning(dataDir);
    if (attached !== null) return attached;
    await new Promise(resolve => setTimeout(resolve, startPauseMs));
  }
  throw new CommandError(exitCodes.dataFolder, words.backgroundDidNotStart);
}
