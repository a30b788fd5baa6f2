import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useServices, useSpeech } from '../../state/context.tsx';
import type { OpenSource } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { clockTime } from '../../../shared/domain/clock-time.ts';
import { createSegmentReader, markRange, type SourceSegment } from './segment-pages.ts';

/** First guess of a segment's height: a paragraph of three lines. */
const guessedHeightPx = 92;
const overscan = 8;

interface SourceTextProps {
  readonly source: OpenSource;
  readonly title: string;
  /** What its numbers count. */
  readonly place: 'page' | 'slide';
}

/** The stored text, the cited passage highlighted and in sight. */
export function SourceText({ source, title, place }: SourceTextProps) {
  const { client, view } = useServices();
  const { t } = useSpeech();
  const [arrivals, arrived] = useReducer((count: number) => count + 1, 0);
  const [missing, setMissing] = useState(false);
  const scrollRef = useRef<HTMLDivElement>(null);
  const target = useRef<{ readonly index: number; readonly isKept: boolean } | null>(null);
  const reader = useMemo(() => createSegmentReader(client, source.snapshotHash, arrived), [client, source.snapshotHash]);
  const total = reader.total() ?? 0;
  // Found again when the person comes back from the pages of the original, or to the source.
  const placeKey = `text:${source.snapshotHash}:${source.range === null ? 'all' : source.opening}`;

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => guessedHeightPx,
    overscan,
    paddingStart: 12,
    paddingEnd: 40,
  });

  useEffect(() => {
    let stale = false;
    setMissing(false);
    target.current = null;
    void (async () => {
      const there = await reader.begin();
      if (stale) return;
      if (!there) return setMissing(true);
      const kept = view.placeIn(placeKey);
      if (kept > 0) target.current = { index: kept, isKept: true };
      else {
        const index = source.range && (await reader.locate(source.range.start));
        if (stale || index === null) return;
        target.current = { index, isKept: false };
      }
      arrived();
    })();
    return () => {
      stale = true;
    };
  }, [reader, source.opening, source.range, placeKey, view]);

  const aim = useCallback(
    (index: number): void => {
      virtualizer.scrollToIndex(index, { align: 'center' });
      // Heights settle as rows are measured, so the aim is taken again at the mark itself.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const mark = scrollRef.current?.querySelector('mark');
          if (mark) mark.scrollIntoView({ block: 'center' });
          else virtualizer.scrollToIndex(index, { align: 'center' });
        }),
      );
    },
    [virtualizer],
  );

  // Scrolls once the row exists.
  useEffect(() => {
    const wanted = target.current;
    if (wanted === null || wanted.index >= total) return;
    target.current = null;
    if (wanted.isKept) virtualizer.scrollToIndex(wanted.index, { align: 'start' });
    else aim(wanted.index);
  }, [arrivals, total, aim, virtualizer]);

  function keepPlace(): void {
    const from = virtualizer.scrollOffset ?? 0;
    const first = virtualizer.getVirtualItems().find(item => item.end > from);
    if (target.current === null && first) view.keepPlaceIn(placeKey, first.index);
  }

  if (missing)
    return (
      <EmptyState lead={t.sources.notFound}>
        <Button onClick={() => view.closeSource()}>{t.sources.back}</Button>
      </EmptyState>
    );
  return (
    <div
      className="reader-scroll"
      ref={scrollRef}
      onScroll={keepPlace}
      tabIndex={0}
      role="document"
      aria-label={`${t.sources.reading}: ${title}`}
    >
      <div className="reader-body" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(item => {
          const segment = reader.at(item.index);
          const before = item.index > 0 ? reader.at(item.index - 1) : null;
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className="reader-segment"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {segment ? (
                <Segment
                  segment={segment}
                  range={source.range}
                  place={place}
                  newPage={segment.page !== null && (item.index === 0 || before?.page !== segment.page)}
                />
              ) : (
                <div className="segment-loading" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Segment({
  segment,
  range,
  place,
  newPage,
}: {
  readonly segment: SourceSegment;
  readonly range: OpenSource['range'];
  readonly place: SourceTextProps['place'];
  readonly newPage: boolean;
}) {
  const { t } = useSpeech();
  const parts = markRange(segment, range);
  return (
    <>
      {newPage && segment.page !== null && (
        <div className="reader-page">{place === 'slide' ? t.sources.slideMark(segment.page) : t.sources.pageMark(segment.page)}</div>
      )}
      {segment.timeMs !== undefined && <div className="reader-page">{clockTime(segment.timeMs)}</div>}
      <div
        className={`segment-text segment-${segment.kind} ${segment.level === null ? '' : `segment-heading-${segment.level}`}`}
        {...(segment.kind === 'heading' ? { role: 'heading', 'aria-level': Math.min(6, (segment.level ?? 1) + 2) } : {})}
      >
        {segment.speaker !== null && <span className="segment-speaker">{segment.speaker}</span>}
        {parts.map((part, at) => (part.marked ? <mark key={at}>{part.text}</mark> : part.text))}
      </div>
    </>
  );
}
