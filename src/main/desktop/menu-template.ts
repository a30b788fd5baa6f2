import type { MenuItemConstructorOptions } from 'electron';
import { commandKeys, type MenuCommand } from '../../shared/domain/command-keys.ts';
import type { MenuRole, ShellWords } from './words.ts';

const line: MenuItemConstructorOptions = { type: 'separator' };

export interface MenuParams {
  readonly words: ShellWords;
  readonly open: () => void;
  /** Runs a command of the window. */
  readonly run: (command: MenuCommand) => void;
}

/**
 * The menu each system expects; elsewhere than on macOS the window's own controls do, and only the keys for editing and
 * size are kept. A key that the window has handled does not come to the menu, so a command runs once.
 */
export function menuFor(platform: NodeJS.Platform, name: string, { words, open, run }: MenuParams): MenuItemConstructorOptions[] {
  const keys = commandKeys(platform === 'darwin');
  const does = (role: MenuRole): MenuItemConstructorOptions => ({ role, label: words.roles[role] });
  const command = (id: MenuCommand): MenuItemConstructorOptions => ({
    label: words.commands[id],
    accelerator: keys[id].desktop.replace('Ctrl', 'CommandOrControl'),
    click: () => run(id),
  });
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [does('undo'), does('redo'), line, does('cut'), does('copy'), does('paste'), does('selectAll')],
  };
  const size = [does('resetZoom'), does('zoomIn'), does('zoomOut'), line, does('togglefullscreen')];
  if (platform !== 'darwin') return [edit, { label: words.view, submenu: size }];
  return [
    {
      label: name,
      submenu: [
        does('about'),
        line,
        command('settings'),
        line,
        does('hide'),
        does('hideOthers'),
        does('unhide'),
        line,
        { role: 'quit', label: words.quit },
      ],
    },
    { label: words.file, submenu: [command('newChat'), command('attach'), line, does('close')] },
    edit,
    {
      label: words.view,
      submenu: [...(['synopsis', 'sources', 'library', 'tasks', 'notices', 'sidebar'] as const).map(command), line, ...size],
    },
    { label: words.go, submenu: [command('back'), command('forward'), line, command('palette'), command('findChat')] },
    { label: words.window, submenu: [does('minimize'), does('zoom'), line, { label: words.open, click: open }] },
    { label: words.help, role: 'help', submenu: [command('shortcuts')] },
  ];
}
