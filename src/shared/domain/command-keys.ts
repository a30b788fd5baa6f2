/**
 * Keys of commands, of which the window's own keys, its sheet of keys, the palette and the menu of macOS are made. "Ctrl" is Cmd
 * on a Mac. A browser keeps some combinations to itself (a new window, its address line, its own tools), so in a browser those
 * commands have others.
 */
const common = {
  palette: { desktop: 'Ctrl+K', browser: 'Ctrl+K' },
  newChat: { desktop: 'Ctrl+N', browser: 'Alt+N' },
  findChat: { desktop: 'Ctrl+Shift+F', browser: 'Ctrl+Shift+F' },
  focusComposer: { desktop: 'Ctrl+L', browser: 'Alt+M' },
  attach: { desktop: 'Ctrl+O', browser: 'Ctrl+O' },
  synopsis: { desktop: 'Ctrl+Shift+K', browser: 'Alt+K' },
  library: { desktop: 'Ctrl+Shift+L', browser: 'Alt+L' },
  sources: { desktop: 'Ctrl+Shift+S', browser: 'Alt+S' },
  browser: { desktop: 'Ctrl+Shift+B', browser: 'Alt+B' },
  // Not Ctrl+Shift+U: input methods of Linux begin a code point with it.
  notices: { desktop: 'Ctrl+Shift+N', browser: 'Alt+U' },
  tasks: { desktop: 'Ctrl+J', browser: 'Ctrl+J' },
  sidebar: { desktop: 'Ctrl+B', browser: 'Ctrl+B' },
  settings: { desktop: 'Ctrl+,', browser: 'Ctrl+,' },
  shortcuts: { desktop: '?', browser: '?' },
  closeTop: { desktop: 'Esc', browser: 'Esc' },
} as const;

/** As each system's browsers have them; on a Mac the arrows with Option move by words in a text. */
const travel = (onMac: boolean) => {
  const [back, forward] = onMac ? (['Ctrl+[', 'Ctrl+]'] as const) : (['Alt+←', 'Alt+→'] as const);
  return { back: { desktop: back, browser: back }, forward: { desktop: forward, browser: forward } };
};

export type KeyedCommand = keyof typeof common | keyof ReturnType<typeof travel>;

export function commandKeys(onMac: boolean): Readonly<Record<KeyedCommand, { readonly desktop: string; readonly browser: string }>> {
  return { ...common, ...travel(onMac) };
}

/** Commands that the menu of a system may have, beside the roles that each program's menu has. */
export const menuCommands = [
  'newChat',
  'attach',
  'settings',
  'palette',
  'findChat',
  'back',
  'forward',
  'synopsis',
  'sources',
  'library',
  'tasks',
  'notices',
  'sidebar',
  'shortcuts',
] as const satisfies readonly KeyedCommand[];
export type MenuCommand = (typeof menuCommands)[number];
