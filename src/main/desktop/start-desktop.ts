import { join } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor, session } from 'electron';
import ElectronStore from 'electron-store';
import type { App } from '../app/app-api.ts';
import { askedOutside } from '../app/people/ask-words.ts';
import { programPaths, type ProgramPaths } from '../app/program-paths.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import { waitForStopSignal } from '../app/stop-signal.ts';
import { serveAppScheme } from './app-protocol.ts';
import { setApplicationMenu } from './application-menu.ts';
import { createCloseGuard } from './close-guard.ts';
import { openCommandLineDoor } from './command-line-door.ts';
import type { DeepLinks } from './deep-links.ts';
import { setLoginItem } from './login-item.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { createNotifier } from './notifier.ts';
import { openWithConsent } from './open-with-consent.ts';
import { openPortDoor } from './port-door.ts';
import { windowFolder } from './program-identity.ts';
import { createTray, type ShellTray } from './tray.ts';
import { confineSession, denyPermissions } from './window-security.ts';
import { shellWordsFor } from './words.ts';

/** Stopping workers and a last backup take seconds; what is recorded is safe, so a hang must not keep the process. */
const leaveWithinMs = 60_000;
/** Windows ends a program that has not left 5 s after the session's end (HungAppTimeout); the engine's own ceiling is 4 s. */
const leaveQuicklyWithinMs = 4_500;

/** The desktop host, once Electron is ready. Never rejects: what goes wrong is said in a dialog and ends the process. */
export async function startDesktop(dataDir: string, links: DeepLinks): Promise<void> {
  const language = spokenLanguage(app.getLocale());
  const words = shellWordsFor(language);
  try {
    const paths = programPaths();
    denyPermissions(session.defaultSession);
    confineSession(session.defaultSession);
    // The scheme is served before there is a program to offer anything.
    let core: App | null = null;
    serveAppScheme(paths.renderer, urlPath => core?.offers.at(urlPath) ?? null);
    const opened = openWithConsent(dataDir, paths, words, language);
    if ('exitCode' in opened) {
      app.exit(opened.exitCode);
      return;
    }
    core = opened.core;
    try {
      run(opened.core, dataDir, paths, links);
    } catch (error) {
      await opened.core.close();
      throw error;
    }
  } catch (error) {
    dialog.showErrorBox(words.cannotStart, error instanceof Error ? (error.stack ?? error.message) : String(error));
    app.exit(1);
  }
}

function run(core: App, dataDir: string, paths: ProgramPaths, links: DeepLinks): void {
  const words = () => shellWordsFor(core.language());
  const window: MainWindow = createMainWindow({
    preload: paths.preload,
    icon: join(paths.resources, 'icons', 'konspekt-256.png'),
    stateFile: new ElectronStore({ cwd: windowFolder(dataDir), name: 'place', clearInvalidConfig: true }),
    mayClose: of => leaving !== null || guard.mayClose(of),
    sessionEnds: () => void quitQuickly(),
    gaveUp: () => void offerToOpenAgain(),
    report: (message, fields) => {
      core.log.warn(fields, message);
    },
  });
  const tray = trayIfThereIsOne();
  const guard = createCloseGuard({
    core,
    words,
    // Without a tray a hidden window could only be found by starting the program again.
    hide: tray === null ? window.minimize : window.hide,
    quit: () => void quit(),
  });
  openPortDoor({
    dispatch: core.dispatch,
    events: core.events,
    isOurs: window.isOurs,
    refuse: url => {
      core.log.warn({ url }, 'A frame that is not ours asked for a port.');
    },
  });
  const notifier = createNotifier({
    open(announcement) {
      core.goTo(announcement.location);
    },
    answer: core.answerApproval,
  });
  core.updates.setRestart(source => {
    leaving ??= leave(0, () => {
      source.restartInto(() => {
        app.quit();
      });
    });
  });
  core.setShow({ show: notifier.show, isLookedAt: window.isFocused, test: notifier.test });

  const followStatus = () => tray?.show(core.status());
  /** What the system was last told; at the start it knows what it was told then, and a person may have changed it there. */
  let opensAtLogin = core.settings.get().openAtLogin;
  const followLoginItem = () => {
    const { openAtLogin } = core.settings.get();
    if (openAtLogin === opensAtLogin) return;
    opensAtLogin = openAtLogin;
    try {
      setLoginItem(openAtLogin);
    } catch (error) {
      core.log.warn({ err: error }, 'The system could not be told whether to start the program at login.');
    }
  };
  const followSettings = () => {
    followLoginItem();
    nativeTheme.themeSource = core.settings.get().theme;
    setApplicationMenu({
      words: words(),
      open: window.show,
      run(command) {
        window.show();
        core.events.publish('command.run', { command });
      },
    });
    followStatus();
  };
  const unsubscribe = core.events.subscribe(({ route }) => {
    if (route === 'status.changed' || route === 'approvals.changed') followStatus();
    if (route === 'settings.changed') followSettings();
    // Wherever the person was sent from, they look at the window now.
    if (route === 'location.changed') window.show();
  });
  followSettings();

  const door = openCommandLineDoor(core, dataDir, paths.version);
  let leaving: Promise<void> | null = null;
  let hasLeft = false;
  function quit(exitCode: 0 | 1 = 0): Promise<void> {
    leaving ??= leave(exitCode);
    return leaving;
  }
  /** The system goes down: no backup any more, and out in the time it leaves. What does not fit in is done at the next start. */
  function quitQuickly(): Promise<void> {
    setTimeout(() => {
      app.exit(0);
    }, leaveQuicklyWithinMs);
    void core.close({ quickly: true });
    return quit();
  }
  async function leave(exitCode: 0 | 1, end: () => void = app.quit.bind(app)): Promise<void> {
    setTimeout(() => {
      app.exit(1);
    }, leaveWithinMs);
    core.updates.leaving();
    unsubscribe();
    powerMonitor.off('resume', core.wake);
    window.remember();
    window.hide();
    tray?.destroy();
    try {
      await (await door).close();
      await core.close();
    } catch (error) {
      // A last backup on a full disk, say: the store is closed and the older backups are there.
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
    hasLeft = true;
    if (exitCode === 0) end();
    else app.exit(exitCode);
  }

  function trayIfThereIsOne(): ShellTray | null {
    try {
      return createTray({
        imagesDir: join(paths.resources, 'tray'),
        words,
        open: window.show,
        asked: () =>
          core.openApprovals().map(approval => ({ ...askedOutside(approval, core.language()), id: approval.id, jobId: approval.jobId })),
        show(jobId) {
          core.goTo({ kind: 'job', jobId });
        },
        answer: core.answerApproval,
        setPaused: core.setPaused,
        quit: () => void quit(),
      });
    } catch (error) {
      core.log.warn({ err: error }, 'There is no tray on this system.');
      return null;
    }
  }

  async function offerToOpenAgain(): Promise<void> {
    const text = words();
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: text.pageKeepsDying,
      detail: text.pageKeepsDyingDetail,
      buttons: [text.openAgain, text.cancel],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    if (response === 0) window.reload();
    else window.destroy();
  }

  app.on('second-instance', () => {
    window.show();
  });
  app.on('activate', () => {
    window.show();
  });
  app.on('window-all-closed', () => {
    // The program lives in the tray until it is told to quit.
  });
  app.on('before-quit', event => {
    if (hasLeft) return;
    event.preventDefault();
    void quit();
  });
  // macOS and Linux; left alone, the system would end the program in the middle of its leaving.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    void quitQuickly();
  });
  powerMonitor.on('resume', core.wake);
  core.setOnBattery(powerMonitor.onBatteryPower);
  powerMonitor.on('on-battery', () => {
    core.setOnBattery(true);
  });
  powerMonitor.on('on-ac', () => {
    core.setOnBattery(false);
  });
  void waitForStopSignal().promise.then(() => quit());
  // In an unknown state nothing should be written any more: what is recorded is safe, and the next start goes on from it.
  process.on('uncaughtException', error => {
    if (leaving !== null) return;
    core.log.fatal({ err: error }, 'The program met an error that nothing handles and leaves.');
    void quit(1);
    dialog.showErrorBox(app.getName(), words().mustLeave);
  });
  process.on('unhandledRejection', error => {
    core.log.error({ err: error }, 'A promise was rejected and nothing handled it.');
  });
  window.open();
  links.follow(core.goTo);
}
