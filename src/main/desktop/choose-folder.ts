import { app, BrowserWindow, dialog } from 'electron';
import type { ChooseFolder } from '../app/export/save-export.ts';

/** The system's dialog for a folder, over the window that asked. */
export const chooseFolder: ChooseFolder = async () => {
  const options: Electron.OpenDialogOptions = {
    defaultPath: app.getPath('documents'),
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
};
