import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ISOLATED_WORLD, isolatedWorldSource, mainWorldSource } from '../page/sources.ts';
import type { FromPage, ToPage } from '../page/page-frames.ts';
import type { NewPage } from './browser.ts';

/** What one page tells the rest of the stand-in. Addresses are Chromium's. */
export interface PageListener {
  readonly fromPreload: (frame: FromPage) => void;
  /** A new main document replaced the one before. `failed` when Chromium shows an error page in its stead. */
  readonly committed: (url: string, failed: boolean) => void;
  readonly movedWithinDocument: (url: string) => void;
  readonly domReady: () => void;
  readonly loaded: () => void;
  readonly crashed: () => void;
  readonly windowOpen: (details: { url: string; frameName: string; features: string }) => void;
  /** The page itself asked for this address in the current tab, for example by a click on a link. */
  readonly navigationRequested: (url: string, isMainFrame: boolean) => void;
  readonly console: (entry: { level: string; message: string; line: number; source: string }) => void;
  readonly frameAttached: (frameId: string) => void;
  readonly frameDetached: (frameId: string) => void;
}

/** The one page of a `webContents`. */
export interface PageLink {
  readonly targetId: string;
  /** @returns Chromium's `net::ERR_…`, or '' when the navigation was committed; `loads` is false for a move within the document. */
  navigate(url: string): Promise<{ error: string; loads: boolean }>;
  reload(): Promise<void>;
  /** To the preload's world. Dropped before the first load, as on Electron, where nobody listens yet. */
  deliver(frame: ToPage): void;
  evaluate(code: string, userGesture: boolean): Promise<unknown>;
  screenshot(): Promise<Buffer>;
  pdf(options: { readonly preferCSSPageSize: boolean; readonly printBackground: boolean }): Promise<Buffer>;
  crash(): void;
  emulateColorScheme(scheme: 'light' | 'dark' | ''): void;
}

export interface PreloadFile {
  readonly path: string | undefined;
  readonly additionalArguments: readonly string[];
}

const SECRET_BYTES = 9;

/** The bars that Chromium lists when `window.open` named no features; what is left was the page's wish. */
const DEFAULT_FEATURES: ReadonlySet<string> = new Set(['menubar', 'toolbar', 'status', 'scrollbars', 'resizable']);

/** Installs the preload in a waiting page, listens to it and lets it go on. */
export async function linkPage({ targetId, session }: NewPage, preload: PreloadFile, listener: PageListener): Promise<PageLink> {
  const secret = `konspekt-stand-in-${randomBytes(SECRET_BYTES).toString('hex')}`;
  const binding = `standIn_${randomBytes(SECRET_BYTES).toString('hex')}`;
  let contextId: number | undefined;
  let hasLoaded = false;
  let crashed = false;
  let waiting: ToPage[] = [];

  const evaluateInPreload = (frame: ToPage, context: number): void => {
    const expression = `globalThis[${JSON.stringify(`${binding}_in`)}](${JSON.stringify(JSON.stringify(frame))})`;
    // The context may go away at any moment (a navigation); then so does what was meant for it.
    void session.send('Runtime.evaluate', { contextId: context, expression }).catch(() => {});
  };
  const isMainFrame = (frameId: string): boolean => frameId === targetId; // DevTools names a page by its main frame

  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === binding) listener.fromPreload(JSON.parse(payload) as FromPage);
  });
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { frameId?: string };
    if (context.name !== ISOLATED_WORLD || frameId === undefined || !isMainFrame(frameId)) return;
    contextId = context.id;
    for (const frame of waiting.splice(0)) evaluateInPreload(frame, context.id);
  });
  session.on('Runtime.executionContextsCleared', () => (contextId = undefined));
  session.on('Page.frameNavigated', ({ frame }) => {
    if (!isMainFrame(frame.id)) return;
    hasLoaded = true;
    crashed = false;
    listener.committed(frame.unreachableUrl ?? frame.url, frame.unreachableUrl !== undefined);
  });
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (isMainFrame(frameId)) listener.movedWithinDocument(url);
  });
  session.on('Page.domContentEventFired', () => listener.domReady());
  session.on('Page.loadEventFired', () => listener.loaded());
  session.on('Page.frameAttached', ({ frameId }) => listener.frameAttached(frameId));
  session.on('Page.frameDetached', ({ frameId, reason }) => {
    if (reason === 'remove') listener.frameDetached(frameId);
  });
  session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
    if (disposition === 'currentTab') listener.navigationRequested(url, isMainFrame(frameId));
  });
  session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
    listener.windowOpen({
      url,
      frameName: windowName,
      features: windowFeatures.filter(feature => !DEFAULT_FEATURES.has(feature)).join(','),
    }),
  );
  session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const at = stackTrace?.callFrames[0];
    const message = args.map(argument => String(argument.value ?? argument.description ?? argument.type)).join(' ');
    listener.console({ level: type, message, line: (at?.lineNumber ?? -1) + 1, source: at?.url ?? '' });
  });
  session.on('Inspector.targetCrashed', () => {
    crashed = true;
    contextId = undefined;
    waiting = [];
    listener.crashed();
  });

  const text = preload.path === undefined ? '' : readFileSync(preload.path, 'utf8');
  const { platform, arch } = process;
  const versions = Object.fromEntries(['electron', 'chrome', 'node'].map(name => [name, process.versions[name] ?? '']));
  const preloadProcess = { platform, arch, argv: [process.execPath, ...preload.additionalArguments], versions };
  // Sent together and handled in order: the world's two halves are in place before the page's first line.
  await Promise.all([
    session.send('Inspector.enable'),
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Runtime.addBinding', { name: binding, executionContextName: ISOLATED_WORLD }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(secret) }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: ISOLATED_WORLD,
      source: isolatedWorldSource({ secret, binding, text, path: preload.path ?? '', process: preloadProcess }),
    }),
    // Cross-origin frames are pages of their own to DevTools and would wait for ever.
    session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }),
    // In the same breath: a waiting page answers none of the above until it is let go, and then in this order.
    session.send('Runtime.runIfWaitingForDebugger'),
  ]);

  return {
    targetId,
    async navigate(url) {
      const { errorText = '', loaderId } = await session.send('Page.navigate', { url });
      return { error: errorText, loads: loaderId !== undefined };
    },
    async reload() {
      await session.send('Page.reload');
    },
    deliver(frame) {
      if (crashed || !hasLoaded) return;
      if (contextId === undefined) waiting.push(frame);
      else evaluateInPreload(frame, contextId);
    },
    async evaluate(expression, userGesture) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        userGesture,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as unknown;
    },
    async screenshot() {
      const { data } = await session.send('Page.captureScreenshot');
      return Buffer.from(data, 'base64');
    },
    async pdf(options) {
      const { data } = await session.send('Page.printToPDF', options);
      return Buffer.from(data, 'base64');
    },
    crash() {
      void session.send('Page.crash').catch(() => {});
    },
    emulateColorScheme(scheme) {
      void session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] }).catch(() => {});
    },
  };
}
