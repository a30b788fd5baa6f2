import type { NewPage } from './chromium/browser.ts';

/**
 * The windows that are open, for the modules that need them all (`app.quit`, `BrowserWindow.getAllWindows`,
 * `nativeTheme`), without any of those importing another.
 */
export interface OpenWindow {
  readonly window: Electron.BrowserWindow;
  readonly webContents: Electron.WebContents;
  /** The DevTools target, once the page was made. */
  readonly targetId: () => string | undefined;
  /** Asks through the `close` event; false when a listener prevented it. */
  readonly tryClose: () => Promise<boolean>;
  readonly destroy: () => void;
  /** What the page is told to prefer. */
  readonly emulateColorScheme: (scheme: 'light' | 'dark' | '') => void;
  /** Chromium closed the page (`window.close()`, or a spec's `page.close`). */
  readonly pageGone: () => void;
  /** The page opened another one, which waits. */
  readonly popupOpened: (page: NewPage) => void;
  readonly titled: (title: string) => void;
}

const windows = new Set<OpenWindow>();
let focused: OpenWindow | undefined;

export const openWindows = {
  add: (window: OpenWindow): void => void windows.add(window),
  remove(window: OpenWindow): void {
    windows.delete(window);
    if (focused === window) focused = undefined;
  },
  all: (): readonly OpenWindow[] => [...windows],
  focused: (): OpenWindow | undefined => focused,
  /** One window has the focus, or none. Returns the one that lost it. */
  focus(window: OpenWindow | undefined): OpenWindow | undefined {
    const before = focused;
    focused = window;
    return before === window ? undefined : before;
  },
};
