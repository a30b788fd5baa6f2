import { AnnotationMode, TextLayer, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { memo, useEffect, useRef, useState, type CSSProperties } from 'react';
import { useSpeech } from '../../../state/context.tsx';
import type { MarkBox } from './mark-boxes.ts';
import type { PageSize } from './page-layout.ts';

/** Rest before a page is drawn, in milliseconds: pages that a flick of the wheel passes are not. */
const restMs = 50;
/** Pixels of one canvas at most: four times a full screen; beyond it a zoomed page is drawn coarser. */
const canvasPixels = 16_000_000;

interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** 1-based. */
  readonly number: number;
  /** CSS pixels to a point. */
  readonly scale: number;
  readonly top: number;
  readonly size: PageSize;
  readonly boxes: readonly MarkBox[];
  readonly onSize: (number: number, size: PageSize) => void;
}

/** One page: its picture, the layer of selectable text over it, and the marks between. Leaving the view gives all of it back. */
export const PdfPage = memo(function PdfPage({ document: pdf, number, scale, top, size, boxes, onSize }: PdfPageProps) {
  const { t } = useSpeech();
  const pictureRef = useRef<HTMLDivElement>(null);
  const textRef = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const left = new AbortController();
    const rest = setTimeout(() => {
      void draw(pdf, number, scale, pictureRef.current, textRef.current, left.signal, onSize).then(isDrawn => {
        if (!left.signal.aborted) setFailed(!isDrawn);
      });
    }, restMs);
    return () => {
      clearTimeout(rest);
      left.abort();
    };
  }, [pdf, number, scale, onSize]);

  useEffect(() => {
    const picture = pictureRef.current;
    return () => {
      for (const canvas of picture?.querySelectorAll('canvas') ?? []) release(canvas);
    };
  }, []);

  const look = {
    width: Math.floor(size.width * scale),
    height: Math.floor(size.height * scale),
    transform: `translateY(${top}px)`,
    '--total-scale-factor': scale,
    '--scale-round-x': '1px',
    '--scale-round-y': '1px',
  } as CSSProperties;
  return (
    <section className="pdf-page" style={look} aria-label={`${t.sources.pages.page} ${number}`} data-page={number}>
      <div className="pdf-picture" ref={pictureRef} aria-hidden />
      {boxes.map((box, at) => (
        <div
          key={at}
          className="pdf-mark"
          aria-hidden
          style={{ left: `${box.left * 100}%`, top: `${box.top * 100}%`, width: `${box.width * 100}%`, height: `${box.height * 100}%` }}
        />
      ))}
      <div ref={textRef} />
      {failed && <p className="pdf-page-failed">{t.sources.pages.cannotDraw}</p>}
    </section>
  );
});

/** Draws beside what is there and puts it in place when it is whole, so that zooming does not blink. False when it cannot be drawn. */
async function draw(
  pdf: PDFDocumentProxy,
  number: number,
  scale: number,
  picture: HTMLDivElement | null,
  text: HTMLDivElement | null,
  left: AbortSignal,
  onSize: PdfPageProps['onSize'],
): Promise<boolean> {
  if (picture === null || text === null) return true;
  const canvas = window.document.createElement('canvas');
  try {
    const page = await pdf.getPage(number);
    if (left.aborted) return true;
    const viewport = page.getViewport({ scale });
    onSize(number, { width: viewport.width / scale, height: viewport.height / scale });
    const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(canvasPixels / Math.max(1, viewport.width * viewport.height)));
    const dense = page.getViewport({ scale: scale * density });
    canvas.width = Math.max(1, Math.floor(dense.width));
    canvas.height = Math.max(1, Math.floor(dense.height));
    // SECURITY: notes and filled fields are drawn as pictures; none of them becomes an element that could be followed or filled.
    const task = page.render({ canvas, viewport: dense, annotationMode: AnnotationMode.ENABLE });
    const stop = (): void => task.cancel();
    left.addEventListener('abort', stop, { once: true });
    await task.promise;
    left.removeEventListener('abort', stop);
    if (left.aborted) return true;
    const old = [...picture.querySelectorAll('canvas')];
    picture.replaceChildren(canvas);
    old.forEach(release);
    const content = await page.getTextContent();
    if (left.aborted) return true;
    const layer = window.document.createElement('div');
    layer.className = 'pdf-words';
    await new TextLayer({ textContentSource: content, container: layer, viewport }).render();
    if (!left.aborted) text.replaceChildren(layer);
    page.cleanup();
    return true;
  } catch {
    return left.aborted;
  } finally {
    if (!canvas.isConnected) release(canvas);
  }
}

/** Gives its memory back now and not when it is collected. */
function release(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
