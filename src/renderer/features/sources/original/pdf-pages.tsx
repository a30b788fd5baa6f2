import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../../state/context.tsx';
import type { OpenSource } from '../../../state/view-store.ts';
import type { OpenedPdf } from './open-pdf.ts';
import { layOutPages, nextZoom, pageGap, paperScale, type PageSize } from './page-layout.ts';
import { PdfPage } from './pdf-page.tsx';
import { PdfTools } from './pdf-tools.tsx';
import type { MarkedPage } from './use-marks.ts';

/** Space left and right of a page that fits, in CSS pixels. */
const sideGap = 14;
/** How far down the view a mark comes to stand, as a share of its height. */
const markPlace = 0.28;
/** The line of the view, as a share of its height, that says which page is read and that stays where it is when sizes change. */
const readingLine = 1 / 3;

interface Anchor {
  /** 0-based. */
  readonly index: number;
  /** How far down the page the reading line is, as a share of the page's height. */
  readonly share: number;
}

interface PdfPagesProps {
  readonly pdf: OpenedPdf;
  readonly source: OpenSource;
  /** Null while they are looked for. */
  readonly marks: readonly MarkedPage[] | null;
  readonly title: string;
}

/** The pages one under another; only those in sight and their neighbours exist. */
export function PdfPages({ pdf, source, marks, title }: PdfPagesProps) {
  const { view } = useServices();
  const { t } = useSpeech();
  const { document, firstPage } = pdf;
  const zoom = useStore(view, state => state.pageZoom);
  const areaRef = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState({ width: 0, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  // Pages are as large as the first one until they are seen.
  const [known, setKnown] = useState<ReadonlyMap<number, PageSize>>(new Map());
  const placeKey = `pages:${source.snapshotHash}:${source.range === null ? 'all' : source.opening}`;
  const anchor = useRef<Anchor | null>(null);
  const aimed = useRef<number | null>(null);

  const sizes = useMemo(
    () => Array.from({ length: document.numPages }, (_, index) => known.get(index + 1) ?? firstPage),
    [document, firstPage, known],
  );
  const fitScale = Math.max(0.1, (area.width - 2 * sideGap) / firstPage.width);
  const scale = zoom === null ? fitScale : zoom * paperScale;
  const layout = useMemo(() => layOutPages(sizes, scale), [sizes, scale]);

  const onSize = useCallback(
    (number: number, size: PageSize) =>
      setKnown(before => {
        const is = before.get(number) ?? firstPage;
        if (Math.abs(is.width - size.width) < 0.01 && Math.abs(is.height - size.height) < 0.01) return before;
        return new Map(before).set(number, size);
      }),
    [firstPage],
  );

  useLayoutEffect(() => {
    const element = areaRef.current;
    if (!element) return;
    const measure = (): void => setArea({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const readAnchor = useCallback((): Anchor | null => {
    const element = areaRef.current;
    // At the very beginning nothing is held but the beginning.
    if (!element || element.scrollTop <= 0) return null;
    const y = element.scrollTop + element.clientHeight * readingLine;
    const index = layout.at(y);
    return { index, share: (y - layout.top(index)) / Math.max(1, (sizes[index]?.height ?? 1) * scale) };
  }, [layout, sizes, scale]);

  /** Brings a height of a page to a height of the view. */
  const scrollTo = useCallback(
    (index: number, share: number, at: number) => {
      const element = areaRef.current;
      if (!element) return;
      element.scrollTop = layout.top(index) + share * (sizes[index]?.height ?? 0) * scale - at;
      setScrolled(element.scrollTop);
      anchor.current = readAnchor();
    },
    [layout, sizes, scale, readAnchor],
  );

  // Other sizes move everything: what is read stays where it is.
  useLayoutEffect(() => {
    const element = areaRef.current;
    if (!element || area.height === 0 || anchor.current === null) return;
    const { index, share } = anchor.current;
    element.scrollTop = layout.top(index) + share * (sizes[index]?.height ?? 0) * scale - element.clientHeight * readingLine;
    setScrolled(element.scrollTop);
  }, [layout, sizes, scale, area.height]);

  // The citation is gone to once; coming back to this view finds the place that was left.
  useEffect(() => {
    if (area.height === 0 || marks === null || aimed.current === source.opening) return;
    for (const { page, size } of marks) onSize(page, size);
    aimed.current = source.opening;
    const kept = view.placeIn(placeKey);
    const first = marks.find(({ boxes }) => boxes.length > 0) ?? marks[0];
    if (kept > 0) scrollTo(Math.floor(kept), kept % 1, area.height * readingLine);
    else if (first) {
      const box = first.boxes[0];
      if (box) scrollTo(first.page - 1, box.top, area.height * markPlace);
      else scrollTo(first.page - 1, 0, pageGap);
    }
  }, [area.height, marks, source.opening, onSize, view, placeKey, scrollTo]);

  function onScroll(): void {
    const element = areaRef.current;
    if (!element) return;
    setScrolled(element.scrollTop);
    anchor.current = readAnchor();
    if (aimed.current !== source.opening) return;
    const place = anchor.current;
    view.keepPlaceIn(placeKey, place ? place.index + Math.min(0.999, Math.max(0, place.share)) : 0);
  }

  const zoomBy = (direction: 1 | -1): void => view.setPageZoom(nextZoom(scale / paperScale, direction));
  const fit = (): void => view.setPageZoom(null);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoomBy(1);
    else if (event.key === '-') zoomBy(-1);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  }

  const { first, last } = layout.around(scrolled, scrolled + area.height);
  const current = layout.at(scrolled + area.height * readingLine);
  const shown = area.width === 0 ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const boxesOf = new Map((marks ?? []).map(({ page, boxes }) => [page, boxes]));
  return (
    <>
      <PdfTools
        page={current + 1}
        pageCount={document.numPages}
        zoom={scale / paperScale}
        fits={zoom === null}
        goTo={page => scrollTo(page - 1, 0, pageGap)}
        zoomBy={zoomBy}
        fit={fit}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what scrolls and is focused to be read has keys for its size */}
      <div
        className="pdf-area"
        ref={areaRef}
        tabIndex={0}
        role="document"
        aria-label={`${t.sources.pages.reading}: ${title}`}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div className="pdf-body" style={{ height: layout.height, width: Math.max(area.width, layout.width + 2 * sideGap) }}>
          {shown.map(index => (
            <PdfPage
              key={index}
              document={document}
              number={index + 1}
              scale={scale}
              top={layout.top(index)}
              size={sizes[index] ?? firstPage}
              boxes={boxesOf.get(index + 1) ?? noBoxes}
              onSize={onSize}
            />
          ))}
        </div>
      </div>
    </>
  );
}

const noBoxes = [] as const;
