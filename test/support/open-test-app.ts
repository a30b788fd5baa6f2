import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerName } from '../../src/shared/domain/job.ts';
import { settings, type Settings } from '../../src/shared/domain/settings.ts';
import { createClient, type Client } from '../../src/shared/contract/client.ts';
import type { App, AppOptions } from '../../src/main/app/app-api.ts';
import { openApp } from '../../src/main/app/app.ts';
import { createKeyFileSealer } from '../../src/main/app/secrets/key-file-sealer.ts';
import { createSecretFile } from '../../src/main/app/secrets/secret-file.ts';
import { createSettingsFile } from '../../src/main/app/settings-file.ts';
import { createInProcessChannel } from '../../src/main/ipc/in-process-channel.ts';
import { spawnChildProcess } from '../../src/main/workers/child-process-port.ts';

const source = join(import.meta.dirname, '..', '..', 'src');

export interface TestApp {
  readonly app: App;
  readonly client: Client;
  close(): Promise<void>;
}

export interface TestAppOptions extends Pick<AppOptions, 'localPrograms' | 'chooseFolder'> {
  /** Stands in for the worker of agents. */
  readonly agentEntry?: string;
  /** As they were stored before. */
  readonly settings?: Readonly<Partial<Settings>>;
}

/** The whole program but for its host, with real workers and a real database, from the sources. */
export function openTestApp(dataDir: string, { agentEntry, settings: stored = {}, ...options }: TestAppOptions = {}): TestApp {
  const entryOf = (worker: WorkerName) =>
    worker === 'agent' && agentEntry !== undefined ? agentEntry : join(source, 'workers', worker, 'entry.ts');
  const app = openApp({
    dataDir,
    host: 'headless',
    version: '0.0.0',
    systemLocale: 'en',
    resourcesDir: join(source, '..', 'resources'),
    bundlesDir: source,
    readerEntry: pathToFileURL(join(source, 'main', 'store', 'reader-thread.ts')),
    spawnWorker: spec => spawnChildProcess({ execPath: process.execPath, execArgv: [] }, { ...spec, entry: entryOf(spec.worker) }),
    openSettings: () => createSettingsFile({ store: { ...stored }, set: () => undefined }, settings),
    openSecrets: folder => createSecretFile(folder, { keyring: null, keyFile: createKeyFileSealer(folder) }),
    ...options,
    openExternal: () => undefined,
    updates: 'headless',
    printPage: () => Promise.reject(new Error('Nothing is printed here.')),
  });
  const { channel, close } = createInProcessChannel({ dispatch: app.dispatch, events: app.events });
  return {
    app,
    client: createClient(channel),
    async close() {
      close();
      await app.close();
    },
  };
}
