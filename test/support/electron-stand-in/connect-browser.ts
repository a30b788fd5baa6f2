import { app } from './api/app.ts';
import { DownloadItem } from './api/download-item.ts';
import { sessionModel } from './api/session.ts';
import { browser } from './chromium/browser.ts';
import { routeRequests } from './chromium/request-router.ts';
import { preventableEvent } from './modelled.ts';
import { openWindows, type OpenWindow } from './open-windows.ts';
import { toAppUrl } from './page-url.ts';

/** Starts Chromium and ties what it says to the windows. */
export async function connectBrowser(): Promise<void> {
  const chromium = await browser();
  const root = chromium.cdp.browser;
  const byTarget = (targetId: string): OpenWindow | undefined => openWindows.all().find(window => window.targetId() === targetId);
  Object.defineProperty(process.versions, 'chrome', { value: chromium.version, enumerable: true });
  chromium.onPageGone(targetId => byTarget(targetId)?.pageGone());
  chromium.onPageTitle((targetId, title) => byTarget(targetId)?.titled(title));
  chromium.onPopup((page, openerTargetId) => byTarget(openerTargetId)?.popupOpened(page));
  chromium.cdp.onClose(() => {
    console.error('stand-in: Chromium has gone.');
    app.exit(1);
  });

  const downloads = new Map<string, DownloadItem>();
  root.on('Browser.downloadWillBegin', ({ guid, url, suggestedFilename }) => {
    const cancel = (): void => void root.send('Browser.cancelDownload', { guid }).catch(() => {});
    const item = new DownloadItem(toAppUrl(url), suggestedFilename, cancel);
    downloads.set(guid, item);
    const event = preventableEvent();
    sessionModel.emitWillDownload(event, item, openWindows.all()[0]?.webContents, null);
    if (event.defaultPrevented) cancel();
  });
  root.on('Browser.downloadProgress', ({ guid, state }) => {
    if (state === 'inProgress') return;
    downloads.get(guid)?.end(state === 'completed' ? 'completed' : 'cancelled');
    downloads.delete(guid);
  });
  await Promise.all([routeRequests(), root.send('Browser.setDownloadBehavior', { behavior: 'default', eventsEnabled: true })]);
  console.error(`DevTools listening on ${chromium.devToolsUrl}`); // the line that Playwright's _electron waits for
}
