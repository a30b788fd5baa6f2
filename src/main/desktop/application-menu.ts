import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuRole, ShellWords } from './words.ts';

const line: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The menu each system expects; elsewhere than on macOS the window's own controls do, and only the keys for editing and
 * size are kept. Set anew when the language changes.
 */
export function setApplicationMenu({ words, open }: { readonly words: ShellWords; readonly open: () => void }): void {
  const does = (role: MenuRole): MenuItemConstructorOptions => ({ role, label: words.roles[role] });
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [does('undo'), does('redo'), line, does('cut'), does('copy'), does('paste'), does('selectAll')],
  };
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [does('resetZoom'), does('zoomIn'), does('zoomOut'), line, does('togglefullscreen')],
  };
  const onMac: MenuItemConstructorOptions[] = [
    {
      label: app.getName(),
      submenu: [does('about'), line, does('hide'), does('hideOthers'), does('unhide'), line, { role: 'quit', label: words.quit }],
    },
    edit,
    view,
    { label: words.window, submenu: [does('minimize'), does('zoom'), line, { label: words.open, click: open }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(process.platform === 'darwin' ? onMac : [edit, view]));
}
