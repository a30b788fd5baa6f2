import { useEffect, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { BrowserView } from '../../../shared/domain/browser.ts';
import { jpegAddress } from '../../state/browser-store.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import type { Size } from './page-point.ts';
import { usePersonInput } from './use-person-input.ts';
import { useSeen } from './use-seen.ts';
import { watchFrames, type FramePicture } from './watch-frames.ts';

/** Four pictures a second tell what goes on and cost little. */
const watchingGapMs = 250;
/** Whoever moves the mouse wants to see where it is. */
const holdingGapMs = 80;

/** Until the first picture; the usual size of a window. */
const usualPage: Size = { width: 1280, height: 800 };

interface LiveViewProps {
  readonly view: BrowserView;
  readonly canvasRef: RefObject<HTMLCanvasElement | null>;
  readonly onLeave: () => void;
}

/** What the page shows now, as long as somebody looks; with mouse and keys for the person who has taken over. */
export function LiveView({ view, canvasRef, onLeave }: LiveViewProps) {
  const { browser, app } = useServices();
  const { t } = useSpeech();
  const { jobId, holder } = view;
  const isHeld = holder === 'person';
  const isRunning = holder !== 'nobody';
  const isSeen = useSeen(canvasRef);
  const isConnected = useStore(app, state => state.connection === 'open');
  const page = useRef(usualPage);
  const gapMs = useRef(watchingGapMs);
  const [isDrawn, setDrawn] = useState(false);
  const input = usePersonInput({ jobId, isHeld, canvas: canvasRef, page, onLeave });
  const title = view.tabs.find(({ isShown }) => isShown)?.title ?? t.browser.noAddress;

  useEffect(() => {
    gapMs.current = isHeld ? holdingGapMs : watchingGapMs;
  }, [isHeld]);
  useEffect(() => setDrawn(false), [jobId]);
  useEffect(() => {
    if (!isSeen || !isRunning || !isConnected) return;
    const stop = new AbortController();
    async function draw(picture: FramePicture): Promise<void> {
      const image = new Image();
      image.src = jpegAddress(picture.jpeg);
      const isWhole = await image.decode().then(
        () => true,
        () => false,
      );
      const canvas = canvasRef.current;
      if (!isWhole || canvas === null || stop.signal.aborted) return;
      const { width, height } = picture;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      page.current = { width, height };
      canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
      setDrawn(true);
    }
    void watchFrames(
      {
        next: after => browser.nextFrame(jobId, after),
        draw,
        gapMs: () => gapMs.current,
        now: () => performance.now(),
        rest: ms => new Promise(resolve => setTimeout(resolve, ms)),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [browser, jobId, isSeen, isRunning, isConnected, canvasRef]);

  return (
    <div className={`live-view ${isHeld ? 'live-view-held' : ''}`}>
      <canvas
        ref={canvasRef}
        width={usualPage.width}
        height={usualPage.height}
        className="live-canvas"
        role={isHeld ? 'application' : 'img'}
        aria-label={isHeld ? t.browser.screenHeld(title) : t.browser.screen(title)}
        tabIndex={isHeld ? 0 : undefined}
        {...input}
      />
      {!isDrawn && <p className="live-none">{isRunning ? t.browser.screenNone : t.browser.screenWaits}</p>}
    </div>
  );
}
