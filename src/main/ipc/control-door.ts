import { removeControlFile, writeControlFile, type ControlRecord } from './control-file.ts';
import { startLocalServer, type LocalServer, type LocalServerOptions } from './local-server.ts';

export interface ControlDoorOptions extends LocalServerOptions, Pick<ControlRecord, 'host' | 'version'> {
  readonly dataDir: string;
}

/**
 * The loopback door of a host, found by the command line for as long as it is open. Rejects with nothing left behind where
 * it cannot listen or cannot say where it listens.
 */
export async function openControlDoor({ dataDir, host, version, ...options }: ControlDoorOptions): Promise<LocalServer> {
  const server = await startLocalServer(options);
  try {
    writeControlFile(dataDir, { pid: process.pid, port: server.port, token: server.access.controlToken, host, version });
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    ...server,
    async close() {
      removeControlFile(dataDir);
      await server.close();
    },
  };
}
