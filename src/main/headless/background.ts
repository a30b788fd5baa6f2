import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programPaths } from '../app/program-paths.ts';
import { dataFolder, prepareDataFolder } from '../store/data-folder.ts';
import { attachToRunning, type Attached } from './attach.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, ConnectionLostError, exitCodes } from './exit-codes.ts';

/** A cold start takes a second or two; a damaged disk or a migration may take longer. */
const startLimitMs = 15_000;
const startPauseMs = 50;
/** As for a command in the foreground: only a program that keeps dying gets this far. */
const attachTries = 5;

/** A program without a window that works on after this command has returned. Resolves to how it left, should it. */
function spawnBackground(dataDir: string): { readonly left: () => boolean } {
  const { bundles } = programPaths();
  let hasLeft = false;
  const child = spawn(
    process.execPath,
    [join(bundles, 'cli.js'), '--data', dataDir, 'serve', '--no-page', '--port', '0', '--exit-when-idle'],
    {
      detached: true,
      stdio: 'ignore',
      windowsHide: true,
      // The folder in which the command was typed may be a disk the person wants to take out.
      cwd: dataDir,
    },
  );
  child.once('exit', () => {
    hasLeft = true;
  });
  child.once('error', () => {
    hasLeft = true;
  });
  child.unref();
  return { left: () => hasLeft };
}

async function attachInBackground({ dataDir, words }: CommandContext): Promise<Attached> {
  const running = await attachToRunning(dataDir);
  if (running !== null) return running;
  // Its refusal would be lost with its output, so it is asked for here.
  prepareDataFolder(dataFolder(dataDir));
  const child = spawnBackground(dataDir);
  for (const deadlineMs = Date.now() + startLimitMs; Date.now() < deadlineMs; await pause(startPauseMs)) {
    // Asked before it is looked for: one that left because another is there has found that one.
    const hasLeft = child.left();
    const attached = await attachToRunning(dataDir);
    if (attached !== null) return attached;
    if (hasLeft) break;
  }
  throw new CommandError(exitCodes.dataFolder, words.backgroundDidNotStart);
}

/**
 * Hands work to the running program, or to a new one in the background. Where only another command has the folder, which
 * leaves with its own work, a background program is started that takes over when it does.
 */
export async function withBackground<T>(context: CommandContext, work: (attached: Attached) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const attached = await attachInBackground(context);
    try {
      const result = await work(attached);
      if (attached.running === 'command') spawnBackground(context.dataDir);
      return result;
    } catch (error) {
      if (!(error instanceof ConnectionLostError) || attempt === attachTries) throw error;
    } finally {
      await attached.close();
    }
  }
}
