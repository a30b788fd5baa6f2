import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type Client } from '../../shared/contract/client.ts';
import { programPaths } from '../app/program-paths.ts';
import { readControlFile, type ControlRecord } from '../ipc/control-file.ts';
import { createInProcessChannel } from '../ipc/in-process-channel.ts';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, ConnectionLostError, exitCodes } from './exit-codes.ts';
import { startHost } from './host.ts';
import { connectToRunning } from './remote-channel.ts';

export interface Attached {
  readonly client: Client;
  /** Which program it is; null when the jobs run in this process and end with it. */
  readonly running: ControlRecord['host'] | null;
  close(): Promise<void>;
}

/** How often a folder is tried that somebody holds who does not answer: a program that is starting or closing. */
const busyPauseMs = 100;
/** A program that has just taken the lock writes its control file within this, and one that closes lets go of it. */
const busyLimitMs = 15_000;
/** Waiting for longer than this is told. */
const quietMs = 1_000;
/** A program that ends under a command is followed by the command itself; only one that keeps dying gets this far. */
const attachTries = 5;

/** The program that is running on this data folder, or null. */
export async function attachToRunning(dataDir: string): Promise<Attached | null> {
  const record = readControlFile(dataDir);
  if (record === null) return null;
  try {
    const remote = await connectToRunning(record);
    return {
      client: createClient(remote.channel),
      running: record.host,
      async close() {
        remote.close();
        await Promise.resolve();
      },
    };
  } catch {
    // The file of a program that died: the lock, not the file, says who lives.
    return null;
  }
}

/** Resolves when that program is gone, or at once when `signal` is. */
export async function whenGone({ client }: Attached, signal: AbortSignal): Promise<void> {
  await new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
    client.onState(state => {
      if (state === 'lost') resolve();
    });
  });
}

/**
 * Tries until the folder is free, since its holder may be about to leave or to say where it listens. Throws
 * `DataFolderBusyError` when it stays held. An attempt that itself waits for a holder to leave calls `tellWaiting`, which tells
 * it once, and has all of the time again for the next holder.
 */
export async function whileBusy<T>(
  { words, err }: Pick<CommandContext, 'words' | 'err'>,
  attempt: (tellWaiting: () => void) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  let startedAtMs = Date.now();
  let isTold = false;
  function tell(): void {
    if (!isTold) err.write(`${words.waitingForFolder}\n`);
    isTold = true;
  }
  for (;;) {
    let hasWaited = false;
    try {
      return await attempt(() => {
        hasWaited = true;
        tell();
      });
    } catch (error) {
      if (!(error instanceof DataFolderBusyError)) throw error;
      if (hasWaited) startedAtMs = Date.now();
      const waitedMs = Date.now() - startedAtMs;
      if (waitedMs > busyLimitMs) throw error;
      if (waitedMs > quietMs) tell();
    }
    // An abort ends the pause; the next attempt's caller looks at the signal.
    await pause(busyPauseMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    if (signal?.aborted === true) throw new CommandError(exitCodes.cancelled, words.stopped);
  }
}

export interface AttachOptions {
  /** False only looks: without a running program no job is started. */
  readonly works: boolean;
  readonly signal?: AbortSignal;
}

/** Talks to the running program; without one, opens the data folder here, and others then talk to this one. */
async function attach(context: CommandContext, { works, signal }: AttachOptions): Promise<Attached> {
  const { dataDir, locale } = context;
  return whileBusy(
    context,
    async () => {
      const running = await attachToRunning(dataDir);
      if (running !== null) return running;
      const host = await startHost({ dataDir, locale, withPage: false, port: 0, paths: programPaths(), stays: 'command', works });
      const local = createInProcessChannel({ dispatch: host.app.dispatch, events: host.app.events });
      return {
        client: createClient(local.channel),
        running: null,
        async close() {
          local.close();
          await host.close();
        },
      };
    },
    signal,
  );
}

/**
 * Does the work with the running program or in this process. When the program ends under it, the work is done again with
 * the next one, which is this process if there is no other: everything asked of it has to bear being asked twice.
 */
export async function withProgram<T>(
  context: CommandContext,
  options: AttachOptions,
  work: (attached: Attached) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const attached = await attach(context, options);
    try {
      return await work(attached);
    } catch (error) {
      if (!(error instanceof ConnectionLostError) || attempt === attachTries) throw error;
    } finally {
      await attached.close().catch((error: unknown) => {
        // What was asked for is done; a disk that is too full for a backup does not undo it.
        context.err.write(`${context.words.closedBadly(error instanceof Error ? error.message : String(error))}\n`);
      });
    }
  }
}
