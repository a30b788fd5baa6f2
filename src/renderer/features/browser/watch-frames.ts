import type { BrowserFrame } from '../../state/browser-store.ts';
import type { Outcome } from '../../state/outcome.ts';

export type FramePicture = NonNullable<BrowserFrame['picture']>;

export interface WatchFrames {
  /** The next picture after the one of this number. */
  readonly next: (after: number) => Promise<Outcome<BrowserFrame>>;
  readonly draw: (picture: FramePicture) => Promise<void>;
  /** Milliseconds from one picture to the next. */
  readonly gapMs: () => number;
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly rest: (ms: number) => Promise<void>;
}

/**
 * Asks for one picture after the other while somebody looks; the next is asked for when the last is drawn, so that none ever waits.
 * Ends when the signal fires or the browser does not run: whoever knows that it runs again begins anew.
 */
export async function watchFrames({ next, draw, gapMs, now, rest }: WatchFrames, signal: AbortSignal): Promise<void> {
  let number = 0;
  while (!signal.aborted) {
    const begunMs = now();
    const outcome = await next(number);
    if (signal.aborted || !outcome.ok) return;
    ({ number } = outcome.value);
    if (outcome.value.picture !== null) await draw(outcome.value.picture);
    const leftMs = gapMs() - (now() - begunMs);
    if (leftMs > 0) await rest(leftMs);
  }
}
