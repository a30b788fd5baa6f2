import { createClient, type Client } from '../../shared/contract/client.ts';
import { readControlFile } from '../ipc/control-file.ts';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { startHost, type HostOptions } from './host.ts';
import { createInProcessChannel } from '../ipc/in-process-channel.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { connectToRunning } from './remote-channel.ts';
import type { Words } from './words.ts';

export interface Attached {
  readonly client: Client;
  /** Whether the jobs run in this process and end with it. */
  readonly isOwn: boolean;
  close(): Promise<void>;
}

/** A program that has just taken the lock writes its control file within this; twenty tries of 250 ms are 5 s. */
const busyTries = 20;
const busyPauseMs = 250;

/** The program that is running on this data folder, or null. */
export async function attachToRunning(dataDir: string): Promise<Attached | null> {
  const record = readControlFile(dataDir);
  if (record === null) return null;
  try {
    const remote = await connectToRunning(record);
    return {
      client: createClient(remote.channel),
      isOwn: false,
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

/** Talks to the running program; without one, opens the data folder here, and others then talk to this one. */
export async function attach(options: HostOptions, words: Words): Promise<Attached> {
  for (let attempt = 0; ; attempt += 1) {
    const running = await attachToRunning(options.dataDir);
    if (running !== null) return running;
    try {
      const host = await startHost(options);
      const local = createInProcessChannel({ dispatch: host.app.dispatch, events: host.app.events });
      return {
        client: createClient(local.channel),
        isOwn: true,
        async close() {
          local.close();
          await host.close();
        },
      };
    } catch (error) {
      if (!(error instanceof DataFolderBusyError)) throw error;
      if (attempt === busyTries) throw new CommandError(exitCodes.dataFolder, words.busyFolder(options.dataDir));
      await new Promise(resolve => setTimeout(resolve, busyPauseMs));
    }
  }
}
