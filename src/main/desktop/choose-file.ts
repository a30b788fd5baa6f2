import { extname, join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import type { ChooseFile } from '../app/export/save-export.ts';

/** Kinds of files by their endings, as programs call them in every language; of others the ending says it. */
const filterNames: Readonly<Record<string, string>> = { md: 'Markdown', docx: 'Word', apkg: 'Anki', konspekt: 'Konspekt' };

/** The system's save dialog, over the window that asked. It asks by itself before a file is overwritten. */
export const chooseFile: ChooseFile = async suggestedName => {
  const extension = extname(suggestedName).slice(1);
  const options = {
    defaultPath: join(app.getPath('documents'), suggestedName),
    filters: [{ name: filterNames[extension] ?? extension.toUpperCase(), extensions: [extension] }],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
};
