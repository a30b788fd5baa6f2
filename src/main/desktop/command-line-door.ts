import type { App } from '../app/app-api.ts';
import { openControlDoor } from '../ipc/control-door.ts';
import type { LocalServer } from '../ipc/local-server.ts';

/** Closed, the command line no longer finds the program and is no longer talked to. */
export type CommandLineDoor = Pick<LocalServer, 'close'>;

/**
 * The loopback door through which the command line talks to a running desktop program; it serves no page. Never rejects:
 * where it cannot be opened the program works without it.
 */
export async function openCommandLineDoor(core: App, dataDir: string, version: string): Promise<CommandLineDoor> {
  try {
    return await openControlDoor({
      dataDir,
      host: 'desktop',
      version,
      port: 0,
      dispatch: core.dispatch,
      events: core.events,
      now: () => Date.now(),
      reportUnexpected: error => {
        core.log.error({ err: error }, 'A request to the door for the command line could not be answered.');
      },
    });
  } catch (error) {
    core.log.warn({ err: error }, 'The door for the command line could not be opened; everything else works.');
    return { close: () => Promise.resolve() };
  }
}
