import type { CDPSession, Page } from 'playwright-core';
import type { PagePicture } from './browser-session.ts';
import { viewport } from './launch-browser.ts';

/** Of a hundred, and four fifths of the page's own size: text is readable, and a picture takes two thirds of the time of a whole one. */
const quality = 55;
const scale = 0.8;

export interface LiveFrames {
  /** The next picture of this page; null when nothing has changed until the signal fires. */
  next(page: Page, signal: AbortSignal): Promise<PagePicture | null>;
  stop(): Promise<void>;
}

/**
 * Pictures of a page for as long as somebody asks for them. Chromium sends the next one only once the one before was taken, so none is ever
 * queued, and a page that stands still costs nothing.
 */
export function createLiveFrames(): LiveFrames {
  let shown: { readonly page: Page; readonly cdp: CDPSession } | null = null;
  let latest: { readonly picture: PagePicture; readonly take: () => void } | null = null;
  let wake: (() => void) | null = null;

  async function look(page: Page): Promise<void> {
    await stop();
    const cdp = await page.context().newCDPSession(page);
    cdp.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
      const take = (): void => void cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
      latest = {
        picture: {
          jpeg: Buffer.from(data, 'base64'),
          width: Math.round(metadata.deviceWidth),
          height: Math.round(metadata.deviceHeight),
        },
        take,
      };
      wake?.();
    });
    try {
      await cdp.send('Page.startScreencast', {
        format: 'jpeg',
        quality,
        maxWidth: viewport.width * scale,
        maxHeight: viewport.height * scale,
      });
      shown = { page, cdp };
    } catch (error) {
      // A page that is just leaving for another has nothing to show; the next look begins anew.
      await cdp.detach().catch(() => undefined);
      throw error;
    }
  }

  async function stop(): Promise<void> {
    const before = shown;
    shown = null;
    latest = null;
    await before?.cdp.detach().catch(() => undefined);
  }

  return {
    stop,
    async next(page, signal) {
      if (shown?.page !== page) await unlessOver(look(page), signal);
      if (latest === null && !signal.aborted) {
        await new Promise<void>(done => {
          wake = done;
          signal.addEventListener('abort', () => done(), { once: true });
        });
        wake = null;
      }
      const taken = latest;
      latest = null;
      taken?.take();
      return taken?.picture ?? null;
    },
  };
}

/** A page that stands still answers no wish for pictures, and whoever asks next must not wait behind this one. */
async function unlessOver(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  if (signal.aborted) resolve();
  await Promise.race([work, promise]);
}
