import { extname, join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import type { ChooseFile } from '../app/export/save-export.ts';

/** The system's save dialog, over the window that asked. It asks by itself before a file is overwritten. */
export const chooseFile: ChooseFile = async suggestedName => {
  const filter = extname(suggestedName) === '.json' ? { name: 'JSON', extensions: ['json'] } : { name: 'Markdown', extensions: ['md'] };
  const options = { defaultPath: join(app.getPath('documents'), suggestedName), filters: [filter] };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
};
