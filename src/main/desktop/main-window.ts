import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { z } from 'zod';
import { pageAddress } from './own-page.ts';
import { createReloadLimit } from './reload-limit.ts';
import { windowBackground } from './window-background.ts';
import { windowPreferences } from './window-security.ts';

/** The narrowest window in which chat and synopsis can both be read. */
const smallest = { width: 720, height: 480 } as const;
const usual = { width: 1280, height: 800 } as const;
/** Dying this often within a minute, the page dies of being loaded. */
const reloads = { most: 3, withinMs: 60_000 } as const;

const windowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(smallest.width),
  height: z.int().min(smallest.height),
  isMaximized: z.boolean(),
});

export interface MainWindowParams {
  readonly preload: string;
  /** The window's own image where the system takes it from the window (Linux). */
  readonly icon: string;
  readonly stateFile: { readonly store: Record<string, unknown>; set(values: Record<string, unknown>): void };
  readonly mayClose: (window: BrowserWindow) => boolean;
  /** The person's session on Windows ends and nothing stops it; the system waits some seconds for whoever is busy. */
  readonly sessionEnds: () => void;
  /** The page keeps dying and was not loaded again. */
  readonly gaveUp: () => void;
  readonly report: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

export interface MainWindow {
  open(): void;
  show(): void;
  hide(): void;
  minimize(): void;
  /** Loads the page anew in the window that is there, or opens one. */
  reload(): void;
  /** Gives up a window whose page is dead; `show` opens a new one. */
  destroy(): void;
  /** Keeps the place for the next start. */
  remember(): void;
  isFocused(): boolean;
  isOurs(webContentsId: number): boolean;
}

/** The one window. Its page is loaded anew when it has died; jobs do not notice. */
export function createMainWindow({ preload, icon, stateFile, mayClose, sessionEnds, gaveUp, report }: MainWindowParams): MainWindow {
  let current: BrowserWindow | null = null;
  const mayReload = createReloadLimit({ ...reloads, now: () => Date.now() });
  const background = () => windowBackground[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
  const alive = () => (current === null || current.isDestroyed() ? null : current);
  nativeTheme.on('updated', () => alive()?.setBackgroundColor(background()));

  function bounds(): {
    readonly x?: number;
    readonly y?: number;
    readonly width: number;
    readonly height: number;
    readonly isMaximized: boolean;
  } {
    const saved = windowState.safeParse(stateFile.store);
    if (!saved.success) return { ...usual, isMaximized: false };
    const { x, y, width, height, isMaximized } = saved.data;
    // A screen that is no longer there must not hold the window where nobody sees it.
    const isOnScreen = screen
      .getAllDisplays()
      .some(({ bounds: area }) => x < area.x + area.width && x + width > area.x && y < area.y + area.height && y + height > area.y);
    return isOnScreen ? { x, y, width, height, isMaximized } : { width, height, isMaximized };
  }

  function remember(): void {
    const window = alive();
    if (window === null) return;
    try {
      // The place it returns to when it is no longer maximised, minimised or full-screen.
      stateFile.set({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
    } catch (error) {
      report('The place of the window could not be kept.', { err: error });
    }
  }

  function load(window: BrowserWindow): void {
    window.loadURL(pageAddress).catch((error: unknown) => {
      report('The page of the window could not be loaded.', { err: error });
    });
  }

  function open(): void {
    const { isMaximized, ...place } = bounds();
    const window = new BrowserWindow({
      ...place,
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: app.getName(),
      backgroundColor: background(),
      autoHideMenuBar: true,
      ...(process.platform === 'linux' ? { icon } : {}),
      webPreferences: { ...windowPreferences, preload },
    });
    current = window;
    let isPresented = false;
    const present = () => {
      if (isPresented || window.isDestroyed()) return;
      isPresented = true;
      if (isMaximized) window.maximize();
      window.show();
    };
    window.once('ready-to-show', present);
    // Some drivers and compositors never report a first paint, and a page that failed has none: the window comes all the same.
    window.webContents.once('did-finish-load', present);
    window.webContents.once('did-fail-load', present);
    window.on('close', event => {
      remember();
      if (!mayClose(window)) event.preventDefault();
    });
    // The first only asks, and another program may still say no: nothing is stopped yet.
    window.on('query-session-end', remember);
    window.on('session-end', sessionEnds);
    window.on('closed', () => {
      if (current === window) current = null;
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return;
      report('The page of the window died.', { reason, exitCode });
      if (mayReload()) load(window);
      else gaveUp();
    });
    load(window);
  }

  return {
    open,
    show() {
      const window = alive();
      if (window === null) {
        open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide() {
      const window = alive();
      if (window === null) return;
      if (!window.isFullScreen()) {
        window.hide();
        return;
      }
      // macOS leaves an empty black screen behind a full-screen window that is hidden.
      window.once('leave-full-screen', () => {
        if (!window.isDestroyed()) window.hide();
      });
      window.setFullScreen(false);
    },
    minimize() {
      alive()?.minimize();
    },
    reload() {
      const window = alive();
      if (window === null) open();
      else load(window);
    },
    destroy() {
      alive()?.destroy();
    },
    remember,
    isFocused: () => {
      const window = alive();
      return window !== null && window.isVisible() && window.isFocused();
    },
    isOurs: id => alive()?.webContents.id === id,
  };
}
