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
 * Pictures of a page for as long as somebody asks for them. Chromium copies each frame of a page that it casts, whether the picture is
 * taken or not, so the cast is ended with each picture and begun anew for the next: of a page that moves ten times a second this takes three
 * quarters of the processor's time. A cast begins with a picture of the page as it is; where that is the one before, it goes on until the page
 * changes, so a page that stands still costs nothing.
 */
export function createLiveFrames(): LiveFrames {
  let shown: { readonly page: Page; readonly cdp: CDPSession; isCasting: boolean } | null = null;
  /** What the person sees. */
  let before: Buffer | null = null;
  let latest: (PagePicture & { readonly jpeg: Buffer }) | null = null;
  let wake: (() => void) | null = null;

  async function show(page: Page): Promise<void> {
    await stop();
    const cdp = await page.context().newCDPSession(page);
    cdp.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
      void cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
      // One that was under way when its cast ended is older than the next cast's first.
      if (shown?.cdp !== cdp || !shown.isCasting) return;
      const jpeg = Buffer.from(data, 'base64');
      if (before?.equals(jpeg) === true) return;
      latest = { jpeg, width: Math.round(metadata.deviceWidth), height: Math.round(metadata.deviceHeight) };
      wake?.();
    });
    shown = { page, cdp, isCasting: false };
  }

  async function cast(page: Page): Promise<void> {
    if (shown?.page !== page) await show(page);
    const on = shown;
    if (on === null || on.isCasting) return;
    on.isCasting = true;
    try {
      await on.cdp.send('Page.startScreencast', {
        format: 'jpeg',
        quality,
        maxWidth: viewport.width * scale,
        maxHeight: viewport.height * scale,
      });
    } catch (error) {
      // A page that is just leaving for another has nothing to show; the next look begins anew.
      await stop();
      throw error;
    }
  }

  /** Nobody waits for this: the next cast comes after it on the same line to the browser. */
  function rest(): void {
    if (shown?.isCasting !== true) return;
    shown.isCasting = false;
    void shown.cdp.send('Page.stopScreencast').catch(() => undefined);
  }

  async function stop(): Promise<void> {
    const left = shown;
    shown = null;
    latest = null;
    before = null;
    await left?.cdp.detach().catch(() => undefined);
  }

  return {
    stop,
    async next(page, signal) {
      await unlessOver(cast(page), signal);
      if (latest === null && !signal.aborted) {
        await new Promise<void>(done => {
          wake = done;
          signal.addEventListener('abort', () => done(), { once: true });
        });
        wake = null;
      }
      const picture = latest;
      if (picture === null) return null;
      rest();
      latest = null;
      before = picture.jpeg;
      return picture;
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
