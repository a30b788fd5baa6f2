import type { CdpConnection, CdpSession } from './cdp-connection.ts';
import { startChromium } from './start-chromium.ts';

/** A page that Chromium has just made; it does not run a line before its session says so. */
export interface NewPage {
  readonly targetId: string;
  readonly session: CdpSession;
}

/** The one Chromium of this process, and the pages in it. */
export interface Browser {
  readonly cdp: CdpConnection;
  readonly devToolsUrl: string;
  readonly version: string;
  /** Makes a page on its initial empty document, waiting. Sizes in CSS pixels of the page itself. */
  newPage(size: { width: number; height: number }): Promise<NewPage>;
  /** Runs for every page that another page opened (`window.open`, `target=_blank`); it waits too. */
  onPopup(listener: (page: NewPage, openerTargetId: string) => void): void;
  onPageGone(listener: (targetId: string) => void): void;
  onPageTitle(listener: (targetId: string, title: string) => void): void;
  resize(targetId: string, size: { width: number; height: number }): Promise<void>;
}

/** What Chromium's own tab strip and address bar take from the window's height (measured, Chromium 156). */
const BROWSER_UI_HEIGHT = 87;

let starting: Promise<Browser> | undefined;

/** The browser of this process; the first call starts it. */
export function browser(): Promise<Browser> {
  starting ??= openBrowser();
  return starting;
}

async function openBrowser(): Promise<Browser> {
  const { cdp, devToolsUrl } = await startChromium();
  const waitingFor = new Map<string, (page: NewPage) => void>();
  const unclaimed = new Map<string, NewPage>();
  let popup: (page: NewPage, openerTargetId: string) => void = () => {};
  let gone: (targetId: string) => void = () => {};
  let titled: (targetId: string, title: string) => void = () => {};
  const { browser: root } = cdp;
  root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const page: NewPage = { targetId: targetInfo.targetId, session: cdp.session(sessionId) };
    if (targetInfo.type !== 'page') {
      void page.session.send('Runtime.runIfWaitingForDebugger').catch(() => {});
      return;
    }
    if (targetInfo.openerId !== undefined) return popup(page, targetInfo.openerId);
    const claim = waitingFor.get(page.targetId);
    if (claim === undefined) unclaimed.set(page.targetId, page);
    else claim(page);
  });
  root.on('Target.targetDestroyed', ({ targetId }) => gone(targetId));
  root.on('Target.targetInfoChanged', ({ targetInfo: { type, targetId, title, url } }) => {
    if (type === 'page' && title !== '' && !url.includes(title)) titled(targetId, title); // a page without a title is named after its address
  });
  const [{ product }] = await Promise.all([
    root.send('Browser.getVersion'),
    root.send('Target.setDiscoverTargets', { discover: true }),
    root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
  ]);
  return {
    cdp,
    devToolsUrl,
    version: product.split('/')[1] ?? product,
    async newPage({ width, height }) {
      // 'javascript:void 0' keeps the page on its initial empty document, so that Playwright shows it to the
      // spec only after its first real navigation, as it does with the real Electron.
      const { targetId } = await root.send('Target.createTarget', {
        url: 'javascript:void 0',
        newWindow: true,
        width,
        height: height + BROWSER_UI_HEIGHT,
      });
      const known = unclaimed.get(targetId);
      unclaimed.delete(targetId);
      return known ?? (await new Promise<NewPage>(resolve => waitingFor.set(targetId, resolve)));
    },
    onPopup: listener => (popup = listener),
    onPageGone: listener => (gone = listener),
    onPageTitle: listener => (titled = listener),
    async resize(targetId, { width, height }) {
      const { windowId } = await root.send('Browser.getWindowForTarget', { targetId });
      await root.send('Browser.setWindowBounds', { windowId, bounds: { width, height: height + BROWSER_UI_HEIGHT } });
    },
  };
}
