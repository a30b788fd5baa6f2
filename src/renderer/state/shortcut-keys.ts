import { isMac } from '../ui/keys.tsx';

export type Host = 'desktop' | 'headless';

/** As each system's browsers have them; on a Mac the arrows with Option move by words in a text. */
const [backKeys, forwardKeys] = isMac ? (['Ctrl+[', 'Ctrl+]'] as const) : (['Alt+←', 'Alt+→'] as const);

/**
 * Keys by command. A browser keeps some combinations to itself (a new window, its address line, its own tools), so in a
 * browser those commands have others; `null` has none there.
 */
const table = {
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
  back: { desktop: backKeys, browser: backKeys },
  forward: { desktop: forwardKeys, browser: forwardKeys },
  closeTop: { desktop: 'Esc', browser: 'Esc' },
} as const;
export type KeyedCommand = keyof typeof table;

/** The combination to show for a command: one that works in this host. */
export function keysOf(command: KeyedCommand, host: Host): string {
  return table[command][host === 'desktop' ? 'desktop' : 'browser'];
}

/** Every combination a command answers to; one that the browser keeps simply never arrives. */
export function allKeysOf(command: KeyedCommand): readonly string[] {
  return [...new Set(Object.values(table[command]))];
}
