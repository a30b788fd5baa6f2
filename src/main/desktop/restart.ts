import { app } from 'electron';

/** Ends the program as its menu does and starts it with the same arguments. */
export function restart(): void {
  // An AppImage runs from a mount that goes with the process; the file itself is what can be started again.
  const image = process.env['APPIMAGE'];
  app.relaunch(image === undefined ? {} : { execPath: image, args: process.argv.slice(1) });
  app.quit();
}
