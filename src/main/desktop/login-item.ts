import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { autostartEntry, autostartFolder } from './autostart-entry.ts';
import { programId } from './program-id.ts';

/** Has the system start the program when the person logs in, or not. Throws what the disk says of the entry on Linux. */
export function setLoginItem(openAtLogin: boolean): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin });
    return;
  }
  // Electron has no login items on Linux; the desktops there start what lies in this folder.
  const folder = autostartFolder(process.env, app.getPath('home'));
  const file = join(folder, `${programId}.desktop`);
  if (!openAtLogin) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  const program = process.env['APPIMAGE'] ?? process.execPath;
  writeFileSync(file, autostartEntry(app.isPackaged ? [program] : [program, app.getAppPath()]));
}
