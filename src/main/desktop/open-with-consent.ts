import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog, shell, utilityProcess } from 'electron';
import ElectronStore from 'electron-store';
import type { Language } from '../../shared/domain/language.ts';
import { settings as settingsSchema } from '../../shared/domain/settings.ts';
import type { App } from '../app/app-api.ts';
import { openApp } from '../app/app.ts';
import { externalLink } from '../app/external-link.ts';
import { openingTrouble } from '../app/opening-trouble.ts';
import { sayOpeningTrouble } from '../app/opening-words.ts';
import type { ProgramPaths } from '../app/program-paths.ts';
import { createKeyFileSealer } from '../app/secrets/key-file-sealer.ts';
import { createSecretFile } from '../app/secrets/secret-file.ts';
import { createSettingsFile, settingsFileName } from '../app/settings-file.ts';
import { DatabaseDamagedError, type CorruptionChoice } from '../store/open-store.ts';
import { forkUtilityProcess } from '../workers/utility-process-port.ts';
import { chooseFile } from './choose-file.ts';
import { chooseFolder } from './choose-folder.ts';
import { findUpdates } from './find-updates.ts';
import { printPage } from './print-page.ts';
import { restart } from './restart.ts';
import { keyring } from './keyring.ts';
import type { ShellWords } from './words.ts';

/** The opened program, or the exit code with which to leave after the person has been told. */
export type Opened = { readonly core: App } | { readonly exitCode: 0 | 1 };

/** Opens the data; damage is put to the person, who alone decides what happens to it. Throws what nobody expects. */
export function openWithConsent(dataDir: string, paths: ProgramPaths, words: ShellWords, language: Language): Opened {
  try {
    return { core: openDesktopApp(dataDir, paths, 'offer') };
  } catch (error) {
    const trouble = openingTrouble(error);
    if (trouble === null) throw error;
    const told = sayOpeningTrouble(trouble, { folder: dataDir, language, host: 'dialog' });
    if (error instanceof DatabaseDamagedError) return decideOnDamage(error, told, dataDir, paths, words);
    dialog.showErrorBox(words.cannotStart, told);
    return { exitCode: 1 };
  }
}

function decideOnDamage(error: DatabaseDamagedError, told: string, dataDir: string, paths: ProgramPaths, words: ShellWords): Opened {
  const cure: CorruptionChoice = error.backup === null ? 'beginAnew' : 'restoreBackup';
  const choice = dialog.showMessageBoxSync({
    type: 'error',
    message: words.cannotStart,
    detail: told,
    buttons: [cure === 'beginAnew' ? words.beginAnew : words.restoreBackup, words.quit],
    // Losing something must be a deliberate choice: Enter and Escape leave.
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (choice !== 0) return { exitCode: 0 };
  return { core: openDesktopApp(dataDir, paths, cure) };
}

function openDesktopApp(dataDir: string, paths: ProgramPaths, onCorruption: CorruptionChoice): App {
  return openApp({
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
    openSettings: folder =>
      createSettingsFile(new ElectronStore({ cwd: folder, name: settingsFileName, clearInvalidConfig: true }), settingsSchema),
    openSecrets: folder => createSecretFile(folder, { keyring, keyFile: createKeyFileSealer(folder) }),
    openExternal: url => {
      const address = externalLink(url);
      if (address !== null) void shell.openExternal(address);
    },
    chooseFile,
    chooseFolder,
    printPage,
    restart,
    updates: findUpdates(),
    onCorruption,
  });
}
