import type { App } from '../app/app-api.ts';
import { removeControlFile, writeControlFile } from '../ipc/control-file.ts';
import { startLocalServer } from '../ipc/local-server.ts';

export interface CommandLineDoor {
  /** The command line no longer finds the program, and is no longer talked to. */
  close(): Promise<void>;
}

/**
 * The loopback door through which the command line talks to a running desktop program; it serves no page. Never rejects:
 * where it cannot be opened the program works without it.
 */
export async function openCommandLineDoor(core: App, dataDir: string, version: string): Promise<CommandLineDoor> {
  try {
    const server = await startLocalServer({ port: 0, dispatch: core.dispatch, events: core.events, now: () => Date.now() });
    writeControlFile(dataDir, { pid: process.pid, port: server.port, token: server.access.controlToken, host: 'desktop', version });
    return {
      async close() {
        removeControlFile(dataDir);
        await server.close();
      },
    };
  } catch (error) {
    core.log.warn({ err: error }, 'The door for the command line could not be opened; everything else works.');
    return { close: () => Promise.resolve() };
  }
}
