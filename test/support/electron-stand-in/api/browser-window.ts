import { browser, type NewPage } from '../chromium/browser.ts';
import { modelled, ModelledEmitter, preventableEvent } from '../modelled.ts';
import { openWindows, type OpenWindow } from '../open-windows.ts';
import { note } from '../record.ts';
import { runtime } from '../runtime.ts';
import { app } from './app.ts';
import { screen } from './screen.ts';
import { refuseUnsafe, WINDOW_EVENTS, type WindowMembers } from './browser-window-surface.ts';
import { WebContents } from './web-contents.ts';

/** Electron's own default size. */
const DEFAULT_SIZE = { width: 800, height: 600 } as const;

let lastId = 0;
/** Set while a popup's window is being constructed; a constructor has no other way to be given what is not an option. */
let adopting: NewPage | undefined;

/** The window's frame is state alone; what it shows is a page in the real Chromium. */
class BrowserWindowClass extends ModelledEmitter implements Pick<Electron.BrowserWindow, WindowMembers> {
  readonly id = ++lastId;
  readonly #contents: WebContents;
  readonly #handle: OpenWindow;
  #bounds: Electron.Rectangle;
  #minimumSize: [number, number];
  #title: string;
  #backgroundColor: string;
  #visible: boolean;
  #state: 'normal' | 'minimized' | 'maximized' | 'full-screen' = 'normal';
  #alwaysOnTop: boolean;
  #resizable: boolean;
  #menuBarVisible = true;
  #shown = false;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    const adopted = adopting;
    adopting = undefined;
    if (!runtime.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
    const preferences = options.webPreferences ?? {};
    refuseUnsafe(preferences);
    super('BrowserWindow', WINDOW_EVENTS);
    const { width = DEFAULT_SIZE.width, height = DEFAULT_SIZE.height } = options;
    const { workArea } = screen.getPrimaryDisplay();
    this.#bounds = {
      x: options.x ?? Math.round((workArea.width - width) / 2),
      y: options.y ?? Math.round((workArea.height - height) / 2),
      width,
      height,
    };
    this.#minimumSize = [options.minWidth ?? 0, options.minHeight ?? 0];
    this.#title = options.title ?? app.name;
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF';
    this.#visible = options.show !== false;
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#resizable = options.resizable ?? true;
    this.#contents = new WebContents(
      {
        close: () => this.close(),
        readyToShow: () => this.#readyToShow(),
        adopt(page, popupOptions) {
          adopting = page;
          return new BrowserWindowClass(popupOptions).#asElectron;
        },
      },
      preferences,
      { width, height },
    );
    this.#handle = {
      window: this.#asElectron,
      webContents: this.#contents.asElectron,
      targetId: () => this.#contents.targetId,
      tryClose: () => this.#tryClose(),
      destroy: () => this.destroy(),
      emulateColorScheme: scheme => this.#contents.emulateColorScheme(scheme),
      pageGone: () => this.#gone(),
      popupOpened: page => this.#contents.popupOpened(page),
      titled: title => this.#contents.titled(title),
    };
    openWindows.add(this.#handle);
    this.#contents.on('page-title-updated', (event: Electron.Event, title: string, explicit: boolean) => {
      this.emit('page-title-updated', event, title, explicit);
      if (!event.defaultPrevented) this.#title = title;
    });
    app.emit('browser-window-created', {}, this.#asElectron);
    if (adopted !== undefined) void this.#contents.adopt(adopted);
    if (this.#visible) queueMicrotask(() => this.#destroyed || this.focus());
  }

  static getAllWindows(): Electron.BrowserWindow[] {
    return openWindows.all().map(({ window }) => window);
  }

  static getFocusedWindow(): Electron.BrowserWindow | null {
    return openWindows.focused()?.window ?? null;
  }

  static fromId(id: number): Electron.BrowserWindow | null {
    return openWindows.all().find(({ window }) => window.id === id)?.window ?? null;
  }

  static fromWebContents(webContents: Electron.WebContents): Electron.BrowserWindow | null {
    return openWindows.all().find(open => open.webContents === webContents)?.window ?? null;
  }

  get webContents(): Electron.WebContents {
    return this.#contents.asElectron;
  }

  /** The type has more members than are modelled; reading one of those throws. */
  get #asElectron(): Electron.BrowserWindow {
    return this as unknown as Electron.BrowserWindow;
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }

  // ---- contents

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url);
  }

  reload(): void {
    this.#contents.reload();
  }

  capturePage(): Promise<Electron.NativeImage> {
    return this.#contents.capturePage();
  }

  /** Electron says so at the first paint; here it is the parsed document, which a hidden page reaches as well. */
  #readyToShow(): void {
    if (this.#shown) return;
    this.#shown = true;
    this.emit('ready-to-show');
  }

  // ---- closing

  close(): void {
    void this.#tryClose();
  }

  async #tryClose(): Promise<boolean> {
    if (this.#destroyed) return true;
    const asked = preventableEvent();
    this.emit('close', asked);
    if (asked.defaultPrevented) return false;
    await this.#contents.closePage();
    this.#gone();
    return true;
  }

  destroy(): void {
    if (this.#destroyed) return;
    void this.#contents.closePage();
    this.#gone();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #gone(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    openWindows.remove(this.#handle);
    this.#contents.destroyed();
    this.emit('closed');
    if (openWindows.all().length === 0) app.lastWindowClosed();
  }

  // ---- visibility and focus

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.#alive();
    if (this.#visible) return;
    this.#visible = true;
    this.emit('show');
  }

  hide(): void {
    this.#alive();
    if (!this.#visible) return;
    this.blur();
    this.#visible = false;
    this.emit('hide');
  }

  isVisible(): boolean {
    this.#alive();
    return this.#visible && this.#state !== 'minimized';
  }

  focus(): void {
    this.#alive();
    if (!this.#visible || openWindows.focused() === this.#handle) return;
    const before = openWindows.focus(this.#handle);
    if (before !== undefined) this.#announceBlur(before.window);
    this.emit('focus');
    app.emit('browser-window-focus', {}, this.#asElectron);
  }

  blur(): void {
    this.#alive();
    if (openWindows.focused() !== this.#handle) return;
    openWindows.focus(undefined);
    this.#announceBlur(this.#asElectron);
  }

  #announceBlur(window: Electron.BrowserWindow): void {
    window.emit('blur');
    app.emit('browser-window-blur', {}, window);
  }

  isFocused(): boolean {
    return openWindows.focused() === this.#handle;
  }

  moveTop(): void {
    note('BrowserWindow.moveTop');
  }

  minimize(): void {
    this.#alive();
    if (this.#state === 'minimized') return;
    this.blur();
    this.#state = 'minimized';
    this.emit('minimize');
  }

  restore(): void {
    if (this.#state !== 'minimized') return;
    this.#state = 'normal';
    this.emit('restore');
    this.focus();
  }

  isMinimized(): boolean {
    return this.#state === 'minimized';
  }

  maximize(): void {
    if (this.#state === 'maximized') return;
    this.#visible = true;
    this.#state = 'maximized';
    this.emit('maximize');
  }

  unmaximize(): void {
    if (this.#state !== 'maximized') return;
    this.#state = 'normal';
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#state === 'maximized';
  }

  setFullScreen(flag: boolean): void {
    if (flag === this.isFullScreen()) return;
    this.#state = flag ? 'full-screen' : 'normal';
    this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#state === 'full-screen';
  }

  isNormal(): boolean {
    return this.#state === 'normal';
  }

  // ---- bounds

  getBounds(): Electron.Rectangle {
    this.#alive();
    return { ...this.#bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#alive();
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    if (x !== before.x || y !== before.y) {
      this.emit('move');
      this.emit('moved');
    }
    if (width === before.width && height === before.height) return;
    void resizePage(this.#contents.targetId, width, height);
    this.emit('resize');
    this.emit('resized');
  }

  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  center(): void {
    const { workArea } = screen.getPrimaryDisplay();
    this.setPosition(Math.round((workArea.width - this.#bounds.width) / 2), Math.round((workArea.height - this.#bounds.height) / 2));
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimumSize = [width, height];
  }

  getMinimumSize(): [number, number] {
    return [...this.#minimumSize];
  }

  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }

  isResizable(): boolean {
    return this.#resizable;
  }

  // ---- what the system would draw

  setTitle(title: string): void {
    this.#alive();
    this.#title = title;
  }

  getTitle(): string {
    this.#alive();
    return this.#title;
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color;
  }

  getBackgroundColor(): string {
    return this.#backgroundColor;
  }

  setProgressBar(progress: number, options?: Electron.ProgressBarOptions): void {
    note('BrowserWindow.setProgressBar', progress, options);
  }

  flashFrame(flag: boolean): void {
    note('BrowserWindow.flashFrame', flag);
  }

  setSkipTaskbar(skip: boolean): void {
    note('BrowserWindow.setSkipTaskbar', skip);
  }

  setIcon(icon: Electron.NativeImage | string): void {
    note('BrowserWindow.setIcon', icon);
  }

  setOverlayIcon(overlay: Electron.NativeImage | null, description: string): void {
    note('BrowserWindow.setOverlayIcon', overlay, description);
  }

  setAlwaysOnTop(flag: boolean): void {
    this.#alwaysOnTop = flag;
  }

  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }

  setVisibleOnAllWorkspaces(visible: boolean): void {
    note('BrowserWindow.setVisibleOnAllWorkspaces', visible);
  }

  setMenu(menu: Electron.Menu | null): void {
    note('BrowserWindow.setMenu', menu);
  }

  removeMenu(): void {
    this.setMenu(null);
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#menuBarVisible = visible;
  }

  isMenuBarVisible(): boolean {
    return this.#menuBarVisible;
  }

  setAutoHideMenuBar(hide: boolean): void {
    note('BrowserWindow.setAutoHideMenuBar', hide);
  }
}

async function resizePage(targetId: string | undefined, width: number, height: number): Promise<void> {
  if (targetId === undefined) return;
  const { resize } = await browser();
  await resize(targetId, { width, height }).catch(() => {});
}

export const BrowserWindow = modelled('BrowserWindow', BrowserWindowClass);
