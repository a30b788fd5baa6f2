import { browser, type NewPage } from '../chromium/browser.ts';
import { linkPage, type PageLink } from '../chromium/page-link.ts';
import { requestOwners } from '../chromium/request-router.ts';
import { modelled, ModelledEmitter, notModelled, preventableEvent } from '../modelled.ts';
import { openWindows } from '../open-windows.ts';
import { makeCloneCodec } from '../page/clone-codec.ts';
import type { FromPage } from '../page/page-frames.ts';
import { isPageScheme, toAppUrl, toPageUrl } from '../page-url.ts';
import { makePortLink } from '../port-link.ts';
import { note } from '../record.ts';
import { app } from './app.ts';
import { ipcFromPages } from './ipc-main.ts';
import { asElectronPort, MessagePortMain, takeNodePort } from './message-port-main.ts';
import { imageFromPng } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { loadError, parseNetError } from './net-error.ts';
import { schemeHandler } from './protocol.ts';
import { session } from './session.ts';
import { CONSOLE_LEVELS, CONTENTS_EVENTS, type ContentsMembers } from './web-contents-surface.ts';
import { WebFrameMain } from './web-frame-main.ts';

/** What the window that shows these contents does for them. */
export interface WebContentsHost {
  readonly close: () => void;
  readonly readyToShow: () => void;
  /** Shows a page that this one opened and was allowed to. */
  readonly adopt: (page: NewPage, options: Electron.BrowserWindowConstructorOptions) => Electron.BrowserWindow;
}

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];
type OpenDetails = Parameters<OpenHandler>[0];
const codec = makeCloneCodec();
let lastId = 0;

/** One page, with the app's preload, in the real Chromium. */
export class WebContents extends ModelledEmitter implements Pick<Electron.WebContents, ContentsMembers> {
  readonly id = ++lastId;
  readonly session = session.defaultSession;
  readonly #host: WebContentsHost;
  readonly #preferences: Electron.WebPreferences;
  readonly #size: { width: number; height: number };
  readonly #ports = makePortLink({
    message: (id, data, ports) => this.#link?.deliver({ t: 'port', id, data: codec.encode(data), ports }),
    close: id => this.#link?.deliver({ t: 'port-close', id }),
  });
  /** Asked by the page, not answered by Chromium's request yet. */
  readonly #requested: string[] = [];
  /** `window.open` is told twice, by the opener and by the new page, in no fixed order. */
  readonly #opens: OpenDetails[] = [];
  readonly #popups: NewPage[] = [];
  #link: PageLink | undefined;
  #linking: Promise<PageLink> | undefined;
  #frame: WebFrameMain;
  #openHandler: OpenHandler | undefined;
  #title = '';
  #loading = false;
  #crashed = false;
  #destroyed = false;

  constructor(host: WebContentsHost, preferences: Electron.WebPreferences, size: { width: number; height: number }) {
    super('webContents', CONTENTS_EVENTS);
    this.#host = host;
    this.#preferences = preferences;
    this.#size = size;
    this.#frame = this.#makeFrame('');
    app.emit('web-contents-created', {}, this);
  }

  get targetId(): string | undefined {
    return this.#link?.targetId;
  }

  get mainFrame(): Electron.WebFrameMain {
    return this.#frame.asElectron;
  }

  /** The type has more members than are modelled; reading one of those throws. */
  get asElectron(): Electron.WebContents {
    return this as unknown as Electron.WebContents;
  }

  #makeFrame(pageUrl: string): WebFrameMain {
    return new WebFrameMain(`${this.id}-${this.#link?.targetId ?? 'initial'}`, pageUrl, {
      send: (channel, ...args) => this.send(channel, ...args),
      postMessage: (channel, message, transfer) => this.postMessage(channel, message, transfer),
      executeJavaScript: code => this.executeJavaScript(code),
      reload: () => this.reload(),
    });
  }

  // ---- the page

  /** The page, made at the first load; a popup's is there already. */
  #page(made?: NewPage): Promise<PageLink> {
    this.#linking ??= (async () => {
      const page = made ?? (await (await browser()).newPage(this.#size));
      const preload = { path: this.#preferences.preload, additionalArguments: this.#preferences.additionalArguments ?? [] };
      this.#own(page.targetId);
      const link = await linkPage(page, preload, {
        fromPreload: frame => this.#fromPreload(frame),
        committed: (url, failed) => this.#committed(url, failed),
        movedWithinDocument: url => {
          this.#frame.movedTo(url);
          this.emit('did-navigate-in-page', {}, toAppUrl(url), true);
        },
        domReady: () => {
          void this.#readTitle();
          this.emit('dom-ready', {});
          this.#host.readyToShow();
        },
        loaded: () => this.#loaded(),
        crashed: () => this.#rendererGone(),
        windowOpen: ({ url, frameName, features }) => {
          const details = {
            url: toAppUrl(url),
            frameName,
            features,
            disposition: /^(noopener|noreferrer)?$/.test(features) ? 'foreground-tab' : 'new-window',
            referrer: { url: this.getURL(), policy: 'default' },
          };
          this.#opens.push(details as OpenDetails);
          this.#decidePopups();
        },
        navigationRequested: (url, isMainFrame) => this.#navigationRequested(url, isMainFrame),
        console: ({ level, message, line, source }) => {
          const event = preventableEvent({
            level: CONSOLE_LEVELS[level] ?? 'info',
            message,
            lineNumber: line,
            sourceId: toAppUrl(source),
            frame: this.mainFrame,
          });
          this.emit('console-message', event);
        },
        frameAttached: frameId => this.#own(page.targetId, frameId),
        frameDetached: frameId => requestOwners.remove(frameId),
      });
      this.#link = link;
      if (nativeTheme.emulatedScheme !== '') link.emulateColorScheme(nativeTheme.emulatedScheme);
      return link;
    })();
    return this.#linking;
  }

  /** A page that Chromium made for `window.open`. */
  async adopt(page: NewPage): Promise<void> {
    await this.#page(page);
  }

  #own(targetId: string, frameId = targetId): void {
    requestOwners.add(frameId, {
      targetId,
      webContents: this.asElectron,
      allowsNavigation: (url, isMainFrame) => this.#allowsNavigation(url, isMainFrame),
      allowsRedirect: (url, isMainFrame) => {
        const event = preventableEvent({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame });
        this.emit('will-redirect', event, url, false, isMainFrame);
        return !event.defaultPrevented;
      },
    });
  }

  #committed(pageUrl: string, failed: boolean): void {
    this.#ports.closeAll();
    this.#frame.detach();
    this.#frame = this.#makeFrame(pageUrl);
    this.#crashed = false;
    const url = toAppUrl(pageUrl);
    if (failed) {
      const { name, number } = parseNetError('net::ERR_FAILED');
      this.emit('did-fail-load', {}, number, name, url, true);
    } else this.emit('did-navigate', {}, url, 200, '');
  }

  #loaded(): void {
    this.#loading = false;
    this.emit('did-finish-load');
    this.emit('did-stop-loading');
  }

  #rendererGone(): void {
    this.#ports.closeAll();
    this.#crashed = true;
    this.#loading = false;
    const details = { reason: 'crashed', exitCode: 11 };
    this.emit('render-process-gone', {}, details);
    app.emit('render-process-gone', {}, this.asElectron, details);
  }

  // ---- navigation

  #navigationRequested(pageUrl: string, isMainFrame: boolean): void {
    const url = toAppUrl(pageUrl);
    if (/^(https?|blob|about|data):/.test(pageUrl)) {
      if (isMainFrame) this.#requested.push(url); // Chromium's request for it comes and asks
      return;
    }
    // Chromium makes no request for other schemes, so the app is asked now.
    if (pageUrl.startsWith('javascript:') || !this.#asksApp(url, isMainFrame)) return;
    if (isMainFrame && isPageScheme(new URL(url).protocol.slice(0, -1))) void this.loadURL(url).catch(() => {});
    else note('webContents.externalNavigation', url);
  }

  #allowsNavigation(url: string, isMainFrame: boolean): boolean {
    if (isMainFrame) {
      // Only what the page itself asked for is asked about: not loadURL, not a spec's page.goto. Chromium sends
      // the page's wish and its navigation over one ordered channel, so the wish is always known by now.
      const index = this.#requested.indexOf(url);
      if (index === -1) return true;
      this.#requested.splice(0, index + 1);
    }
    return this.#asksApp(url, isMainFrame);
  }

  #asksApp(url: string, isMainFrame: boolean): boolean {
    const event = preventableEvent({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame, initiator: this.mainFrame });
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, url);
    return !event.defaultPrevented;
  }

  async loadURL(url: string): Promise<void> {
    this.#alive();
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
    if (scheme === 'file') throw notModelled("loadURL of a 'file:' address");
    const known = isPageScheme(scheme) ? schemeHandler(scheme) !== undefined : /^(https?|data|about)$/.test(scheme);
    if (!known) throw loadError('net::ERR_UNKNOWN_URL_SCHEME', url);
    this.#loading = true;
    this.emit('did-start-loading');
    const link = await this.#page();
    const finished = this.#nextLoad();
    const { error, loads } = await link.navigate(toPageUrl(url));
    if (error !== '') {
      this.#loading = false;
      const { name, number } = parseNetError(error);
      if (name === 'ERR_ABORTED') this.emit('did-fail-load', {}, number, name, url, true);
      throw loadError(error, url);
    }
    if (loads) await finished;
  }

  /** The next document is there, or never will be. */
  #nextLoad(): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        for (const event of ['did-finish-load', 'render-process-gone', 'destroyed']) this.off(event, done);
        resolve();
      };
      for (const event of ['did-finish-load', 'render-process-gone', 'destroyed']) this.on(event, done);
    });
  }

  reload(): void {
    this.#alive();
    this.#loading = true;
    void this.#link?.reload().catch(() => {});
  }

  getURL(): string {
    return this.#frame.url;
  }

  getTitle(): string {
    return this.#title;
  }

  /** Chromium tells of later changes by itself, of a new document's first title not reliably. */
  async #readTitle(): Promise<void> {
    const title = await this.#link?.evaluate('document.title', false).catch(() => '');
    if (typeof title === 'string' && title !== '' && !this.#destroyed) this.titled(title);
  }

  /** Chromium's word that the document's title changed. */
  titled(title: string): void {
    if (title === this.#title || this.#link === undefined) return;
    this.#title = title;
    this.emit('page-title-updated', preventableEvent(), title, true);
  }

  isLoading(): boolean {
    return this.#loading;
  }

  // ---- popups

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  /** Chromium opened a page for this one; it waits, not a byte of it is loaded yet. */
  popupOpened(page: NewPage): void {
    this.#popups.push(page);
    this.#decidePopups();
  }

  #decidePopups(): void {
    while (this.#opens.length > 0 && this.#popups.length > 0) {
      const [details, page] = [this.#opens.shift(), this.#popups.shift()];
      if (details === undefined || page === undefined) return;
      const answer = this.#openHandler?.(details) ?? { action: 'allow' };
      note('webContents.windowOpen', details.url, answer.action);
      if (answer.action === 'deny') {
        void browser()
          .then(({ cdp }) => {
            const closed = cdp.browser.send('Target.closeTarget', { targetId: page.targetId });
            // The new page waits for us in its opener's own thread: closed while it waits, it may take the opener with it.
            page.session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
            return closed;
          })
          .catch(() => {});
        continue;
      }
      if (answer.createWindow !== undefined) throw notModelled("setWindowOpenHandler's createWindow");
      const options = {
        ...answer.overrideBrowserWindowOptions,
        webPreferences: { ...this.#preferences, ...answer.overrideBrowserWindowOptions?.webPreferences },
      };
      const window = this.#host.adopt(page, options);
      this.emit('did-create-window', window, { ...details, options });
    }
  }

  // ---- IPC

  #fromPreload(frame: FromPage): void {
    switch (frame.t) {
      case 'preload-error': {
        const error = Object.assign(new Error(frame.message), { stack: frame.stack });
        console.error(`Unable to load preload script: ${this.#preferences.preload ?? ''}\n${frame.stack}`);
        this.emit('preload-error', {}, this.#preferences.preload, error);
        return;
      }
      case 'port':
        return this.#ports.received(frame.id, codec.decode(frame.data), frame.ports);
      case 'port-close':
        return this.#ports.closed(frame.id);
      case 'send': {
        const ports = frame.ports.map(id => asElectronPort(new MessagePortMain(this.#ports.take(id))));
        const args = codec.decode(frame.args) as unknown[];
        const event = { ...this.#ipcEvent(), ports, reply: (channel: string, ...reply: unknown[]) => this.send(channel, ...reply) };
        this.emit('ipc-message', event, frame.channel, ...args);
        return ipcFromPages.send(frame.channel, event, args);
      }
      case 'invoke': {
        const { id, channel } = frame;
        void ipcFromPages
          .invoke(channel, this.#ipcEvent(), codec.decode(frame.args) as unknown[])
          .then(value => ({ value: codec.encode(value) }))
          .catch((error: Error) => ({ error: error.message }))
          .then(outcome => this.#link?.deliver({ t: 'reply', id, outcome }));
      }
    }
  }

  #ipcEvent(): Electron.IpcMainInvokeEvent {
    const { processId, routingId } = this.#frame;
    return {
      ...preventableEvent(),
      type: 'frame',
      sender: this.asElectron,
      senderFrame: this.mainFrame,
      processId,
      frameId: routingId,
    } as unknown as Electron.IpcMainInvokeEvent;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#alive();
    this.#link?.deliver({ t: 'send', channel, args: codec.encode(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    this.#alive();
    const args = codec.encode([message]);
    this.#link?.deliver({ t: 'send', channel, args, ports: transfer.map(port => this.#ports.give(takeNodePort(port))) });
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.#alive();
    return (await this.#page()).evaluate(code, userGesture);
  }

  async capturePage(): Promise<Electron.NativeImage> {
    return imageFromPng(await (await this.#page()).screenshot());
  }

  async printToPDF({ preferCSSPageSize = false, printBackground = false, ...more }: Electron.PrintToPDFOptions): Promise<Buffer> {
    const [other] = Object.keys(more);
    if (other !== undefined) throw notModelled(`webContents.printToPDF({ ${other} })`);
    return (await this.#page()).pdf({ preferCSSPageSize, printBackground });
  }

  // ---- life

  forcefullyCrashRenderer(): void {
    this.#link?.crash();
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isFocused(): boolean {
    return openWindows.focused()?.webContents === this.asElectron;
  }

  focus(): void {
    openWindows
      .all()
      .find(window => window.webContents === this.asElectron)
      ?.window.focus();
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  getType(): 'window' {
    return 'window';
  }

  /** The renderer's process is Chromium's own affair; 0 is what Electron says when there is none. */
  getOSProcessId(): number {
    return 0;
  }

  setBackgroundThrottling(): void {}

  getOrCreateDevToolsTargetId(): string {
    return this.#link?.targetId ?? '';
  }

  emulateColorScheme(scheme: 'light' | 'dark' | ''): void {
    this.#link?.emulateColorScheme(scheme);
  }

  close(): void {
    this.#host.close();
  }

  /** The window went: so does the page. */
  async closePage(): Promise<void> {
    const { cdp } = await browser();
    const targetId = (await this.#linking)?.targetId;
    if (targetId !== undefined) await cdp.browser.send('Target.closeTarget', { targetId }).catch(() => {});
  }

  destroyed(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#ports.closeAll();
    this.#frame.detach();
    if (this.#link !== undefined) requestOwners.remove(this.#link.targetId);
    this.emit('destroyed');
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}

/** Electron's `webContents` namespace: finding one. */
export const webContents = modelled('webContents', {
  getAllWebContents: () => openWindows.all().map(window => window.webContents),
  getFocusedWebContents: () => openWindows.focused()?.webContents ?? null,
  fromId: (id: number) => openWindows.all().find(window => window.webContents.id === id)?.webContents,
  fromDevToolsTargetId: (targetId: string) => openWindows.all().find(window => window.targetId() === targetId)?.webContents,
});
