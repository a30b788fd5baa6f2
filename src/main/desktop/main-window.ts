import { app, BrowserWindow, screen } from 'electron';
import { z } from 'zod';
import { pageAddress } from './app-protocol.ts';
import { windowPreferences } from './window-security.ts';

/** The narrowest window in which chat and synopsis can both be read. */
const smallest = { width: 720, height: 480 } as const;
const usual = { width: 1280, height: 800 } as const;

const windowState = z.object({ x: z.int(), y: z.int(), width: z.int().min(smallest.width), height: z.int().min(smallest.height), isMaximized: z.boolean() });

export interface MainWindowParams {
  readonly preload: string;
  readonly stateFile: { readonly store: Record<string, unknown>; set(values: Record<string, unknown>): void };
  readonly mayClose: () => boolean;
}

export interface MainWindow {
  open(): void;
  show(): void;
  hide(): void;
  isFocused(): boolean;
  isOurs(webContentsId: number): boolean;
}

/** The one window. It is made anew when its page has died; jobs do not notice. */
export function createMainWindow({ preload, stateFile, mayClose }: MainWindowParams): MainWindow {
  let window: BrowserWindow | null = null;

  function bounds(): { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number; readonly isMaximized: boolean } {
    const saved = windowState.safeParse(stateFile.store);
    if (!saved.success) return { ...usual, isMaximized: false };
    const { x, y, width, height, isMaximized } = saved.data;
    // A screen that is no longer there must not hold the window where nobody sees it.
    const isOnScreen = screen.getAllDisplays().some(({ bounds: area }) => x < area.x + area.width && x + width > area.x && y < area.y + area.height && y + height > area.y);
    return isOnScreen ? { x, y, width, height, isMaximized } : { width, height, isMaximized };
  }

  function remember(of: BrowserWindow): void {
    if (of.isDestroyed() || of.isMinimized()) return;
    const isMaximized = of.isMaximized();
    stateFile.set({ ...(isMaximized ? {} : of.getBounds()), isMaximized });
  }

  function open(): void {
    const { isMaximized, ...place } = bounds();
    const created = new BrowserWindow({
      ...place,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: app.getName(),
      autoHideMenuBar: true,
      webPreferences: { ...windowPreferences, preload },
    });
    window = created;
    if (isMaximized) created.maximize();
    created.once('ready-to-show', () => {
      created.show();
    });
    created.on('close', event => {
      remember(created);
      if (!mayClose()) event.preventDefault();
    });
    created.on('closed', () => {
      if (window === created) window = null;
    });
    created.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !created.isDestroyed()) created.webContents.reload();
    });
    void created.loadURL(pageAddress);
  }

  return {
    open,
    show() {
      if (window === null || window.isDestroyed()) {
        open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide() {
      window?.hide();
    },
    isFocused: () => window !== null && !window.isDestroyed() && window.isVisible() && window.isFocused(),
    isOurs: id => window !== null && !window.isDestroyed() && window.webContents.id === id,
  };
}
