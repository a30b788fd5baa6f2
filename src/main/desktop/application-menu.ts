import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellWords } from './words.ts';

/** The menu each system expects; elsewhere than on macOS the window's own controls do, and only the editing keys are kept. */
export function setApplicationMenu({ words: text, open }: { readonly words: ShellWords; readonly open: () => void }): void {
  const edit: MenuItemConstructorOptions = {
    label: text.edit,
    submenu: [{ role: 'undo' }, { role: 'redo' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
  };
  const view: MenuItemConstructorOptions = {
    label: text.view,
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }],
  };
  const onMac: MenuItemConstructorOptions[] = [
    { label: app.getName(), submenu: [{ role: 'about' }, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, { type: 'separator' }, { role: 'quit' }] },
    edit,
    view,
    { label: text.window, submenu: [{ role: 'minimize' }, { role: 'zoom' }, { type: 'separator' }, { label: text.open, click: open }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(process.platform === 'darwin' ? onMac : [edit, view]));
}
