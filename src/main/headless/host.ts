import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Conf from 'conf';
import { settings } from '../../shared/domain/settings.ts';
import type { App } from '../app/app-api.ts';
import { openApp } from '../app/app.ts';
import { expositionType } from '../app/metrics/metric-registry.ts';
import { createKeyFileSealer } from '../app/secrets/key-file-sealer.ts';
import { createSecretFile } from '../app/secrets/secret-file.ts';
import { createSettingsFile, settingsFileName } from '../app/settings-file.ts';
import { withUsualSignals } from '../app/stop-signal.ts';
import { createWindowFiles } from '../app/window-files.ts';
import type { CorruptionChoice } from '../store/open-store.ts';
import { createKeyFile } from '../ipc/browser-cookies.ts';
import { metricsToken } from '../ipc/metrics-token.ts';
import { openControlDoor } from '../ipc/control-door.ts';
import type { ControlRecord } from '../ipc/control-file.ts';
import { PortUnavailableError, type LocalServer } from '../ipc/local-server.ts';
import { spawnChildProcess } from '../workers/child-process-port.ts';
import { openBrowser } from './open-browser.ts';
import { createPage } from './page.ts';
import { printPage } from './print-page.ts';
import type { ProgramPaths } from '../app/program-paths.ts';

export interface HostOptions {
  readonly dataDir: string;
  /** Whether a browser may open the window here. */
  readonly withPage: boolean;
  /** 0 picks a free one. */
  readonly port: number;
  /** Any free port will do where this one cannot be had. Default: `PortUnavailableError` is thrown. */
  readonly orAnyPort?: boolean;
  readonly locale: string;
  readonly paths: ProgramPaths;
  /** Whether figures are served to a scraper that has the token. Default false. */
  readonly withMetrics?: boolean;
  /** How long it stays, as others on this data folder are told. Default `headless`: until it is stopped. */
  readonly stays?: Exclude<ControlRecord['host'], 'desktop'>;
  /** False only looks: no job is started here. Default true. */
  readonly works?: boolean;
  /** What the person confirmed for a damaged database. Default: nothing, and opening throws the offer. */
  readonly onCorruption?: CorruptionChoice;
}

export interface Host {
  readonly app: App;
  readonly server: LocalServer;
  /** Null when no figures are served. */
  readonly metricsToken: string | null;
  close(): Promise<void>;
}

/** The composition root of the headless host: the same program as the desktop's, without Electron. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { paths } = options;
  // Waiting for a disk or checking a large database, it looks at no signal: Ctrl+C then ends the process, which loses nothing.
  const app = withUsualSignals(() =>
    openApp({
      dataDir: options.dataDir,
      host: 'headless',
      systemLocale: options.locale,
      version: paths.version,
      resourcesDir: paths.resources,
      readerEntry: pathToFileURL(join(paths.bundles, 'reader.js')),
      bundlesDir: paths.bundles,
      spawnWorker: spec => spawnChildProcess({ execPath: process.execPath, execArgv: [] }, spec),
      openSecrets: dataDir => createSecretFile(dataDir, { keyring: null, keyFile: createKeyFileSealer(dataDir) }),
      openExternal: openBrowser,
      printPage,
      updates: 'headless',
      works: options.works ?? true,
      ...(options.onCorruption === undefined ? {} : { onCorruption: options.onCorruption }),
      openSettings: dataDir =>
        createSettingsFile(new Conf({ cwd: dataDir, configName: settingsFileName, clearInvalidConfig: true }), settings),
    }),
  );
  try {
    const metrics =
      options.withMetrics === true ? { token: metricsToken(options.dataDir), text: app.metricsText, contentType: expositionType } : null;
    const listen = (port: number) =>
      openControlDoor({
        dataDir: options.dataDir,
        host: options.stays ?? 'headless',
        version: paths.version,
        port,
        dispatch: app.dispatch,
        events: app.events,
        now: () => Date.now(),
        reportUnexpected: error => {
          app.log.error({ err: error }, 'A request to the local server could not be answered.');
        },
        keys: createKeyFile(options.dataDir),
        ...(metrics === null ? {} : { metrics }),
        ...(options.withPage ? { page: createPage(createWindowFiles(paths.renderer), app.offers) } : {}),
      });
    const server = await listen(options.port).catch((error: unknown) => {
      if (options.orAnyPort === true && error instanceof PortUnavailableError) return listen(0);
      throw error;
    });
    return {
      app,
      server,
      metricsToken: metrics?.token ?? null,
      async close() {
        await server.close();
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}
