import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog, nativeTheme, session, shell, utilityProcess } from 'electron';
import ElectronStore from 'electron-store';
import { settings as settingsSchema } from '../../shared/domain/settings.ts';
import { openApp, type App } from '../app/app.ts';
import { externalLink } from '../app/external-link.ts';
import { programPaths, type ProgramPaths } from '../app/program-paths.ts';
import { createSettingsFile, settingsFileName } from '../app/settings-file.ts';
import { waitForStopSignal } from '../app/stop-signal.ts';
import { removeControlFile, writeControlFile } from '../ipc/control-file.ts';
import { startLocalServer, type LocalServer } from '../ipc/local-server.ts';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { DatabaseDamagedError, type CorruptionChoice } from '../store/open-store.ts';
import { forkUtilityProcess } from '../workers/utility-process-port.ts';
import { serveAppScheme } from './app-protocol.ts';
import { setApplicationMenu } from './application-menu.ts';
import { createCloseGuard } from './close-guard.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { createNotifier } from './notifier.ts';
import { openPortDoor } from './port-door.ts';
import { createTray } from './tray.ts';
import { denyPermissions } from './window-security.ts';
import { shellWordsFor } from './words.ts';

/** The desktop host, once Electron is ready. */
export async function startDesktop(dataDir: string): Promise<void> {
  const paths = programPaths();
  denyPermissions(session.defaultSession);
  serveAppScheme(paths.renderer);

  const core = openWithConsent(dataDir, paths);
  if (core === null) app.quit();
  else await run(core, dataDir, paths);
}

async function run(core: App, dataDir: string, paths: ProgramPaths): Promise<void> {
  const words = () => shellWordsFor(core.language());
  const door = await openCommandLineDoor(core, dataDir, paths.version);
  let isQuitting = false;

  const window: MainWindow = createMainWindow({
    preload: paths.preload,
    stateFile: new ElectronStore({ cwd: dataDir, name: 'window' }),
    mayClose: () => isQuitting || guard.mayClose(),
  });
  openPortDoor({
    dispatch: core.dispatch,
    events: core.events,
    isOurs: window.isOurs,
    refuse: url => {
      core.log.warn({ url }, 'A frame that is not ours asked for a port.');
    },
  });
  const guard = createCloseGuard({ core, words, hide: window.hide, quit: () => void quit() });
  const tray = createTray({ imagesDir: join(paths.resources, 'tray'), words, open: window.show, setPaused: core.setPaused, quit: () => void quit() });
  const showTray = () => {
    tray.show(core.status());
  };
  showTray();
  core.events.subscribe(({ route }) => {
    if (route === 'status.changed' || route === 'settings.changed') showTray();
    if (route === 'settings.changed') nativeTheme.themeSource = core.settings.get().theme;
  });
  nativeTheme.themeSource = core.settings.get().theme;
  core.setShow(
    createNotifier({
      isUnfocused: () => !window.isFocused(),
      open: announcement => {
        window.show();
        core.goTo(announcement.location);
      },
    }),
  );
  setApplicationMenu({ words, newWindow: window.show });

  async function quit(): Promise<void> {
    if (isQuitting) return;
    isQuitting = true;
    tray.destroy();
    removeControlFile(dataDir);
    await door.close();
    await core.close();
    app.quit();
  }

  app.on('second-instance', window.show);
  app.on('activate', window.show);
  app.on('window-all-closed', () => {
    // The program lives in the tray until it is told to quit.
  });
  app.on('before-quit', event => {
    if (isQuitting) return;
    event.preventDefault();
    void quit();
  });
  void waitForStopSignal().promise.then(quit);
  window.open();
}

/** Opens the data; damage is put to the person, who alone decides what happens to it. Null when they chose to leave. */
function openWithConsent(dataDir: string, paths: ProgramPaths): App | null {
  const open = (onCorruption: CorruptionChoice) =>
    openApp({
      dataDir,
      host: 'desktop',
      version: paths.version,
      systemLocale: app.getLocale(),
      resourcesDir: paths.resources,
      bundlesDir: paths.bundles,
      readerEntry: pathToFileURL(join(paths.bundles, 'reader.js')),
      spawnWorker: spec =>
        forkUtilityProcess(
          {
            fork: (modulePath, args, options) => utilityProcess.fork(modulePath, args, options),
            killPid: (pid, signal) => {
              process.kill(pid, signal);
            },
          },
          spec,
        ),
      openSettings: folder => createSettingsFile(new ElectronStore({ cwd: folder, name: settingsFileName, clearInvalidConfig: true }), settingsSchema),
      openExternal: url => {
        const address = externalLink(url);
        if (address !== null) void shell.openExternal(address);
      },
      onCorruption,
    });
  const words = shellWordsFor(app.getLocale().toLowerCase().startsWith('ru') ? 'ru' : 'en');
  try {
    return open('offer');
  } catch (error) {
    if (!(error instanceof DatabaseDamagedError)) {
      const isOwn = error instanceof DataFolderBusyError || (error instanceof Error && 'code' in error);
      dialog.showErrorBox(words.cannotStart, isOwn ? error.message : String(error));
      return null;
    }
    const choice = dialog.showMessageBoxSync({
      type: 'error',
      message: words.cannotStart,
      detail: error.message,
      buttons: [error.backup === null ? words.beginAnew : words.restoreBackup, words.quit],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    return choice === 0 ? open(error.backup === null ? 'beginAnew' : 'restoreBackup') : null;
  }
}

/** The loopback door through which the command line talks to a running desktop program; it serves no page. */
async function openCommandLineDoor(core: App, dataDir: string, version: string): Promise<LocalServer> {
  const server = await startLocalServer({ port: 0, dispatch: core.dispatch, events: core.events, now: () => Date.now() });
  writeControlFile(dataDir, { pid: process.pid, port: server.port, token: server.access.controlToken, host: 'desktop', version });
  return server;
}
