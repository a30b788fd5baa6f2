import { app } from 'electron';
import { chooseDataFolder } from './app/choose-data-folder.ts';
import { declareAppScheme } from './desktop/app-protocol.ts';
import { hearDeepLinks } from './desktop/deep-links.ts';
import { keepProfileIn } from './desktop/program-identity.ts';
import { startDesktop } from './desktop/start-desktop.ts';
import { confineAll } from './desktop/window-security.ts';

// SECURITY: before anything of a page exists.
app.enableSandbox();
declareAppScheme();
confineAll(app);

const dataDir = chooseDataFolder(process.argv.find(argument => argument.startsWith('--data='))?.slice('--data='.length));
keepProfileIn(dataDir);

// The lock of the person's session comes before the lock of the data folder: the second start hands over and leaves.
if (app.requestSingleInstanceLock()) {
  // Before it is ready: macOS says at once with which link it was started.
  const links = hearDeepLinks(app, process.argv);
  // Not awaited: Electron is ready only after this module has been evaluated.
  void app.whenReady().then(() => startDesktop(dataDir, links));
} else {
  app.quit();
}
