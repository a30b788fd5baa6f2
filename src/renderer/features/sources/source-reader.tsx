import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowLeft, ExternalLink, LocateFixed } from 'lucide-react';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useOpenLink, useServices, useSpeech } from '../../state/context.tsx';
import type { OpenSource } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { clockTime } from '../../../shared/domain/clock-time.ts';
import { createSegmentReader, markRange, type SourceSegment } from './segment-pages.ts';

/** First guess of a segment's height: a paragraph of three lines. */
const guessedHeightPx = 92;
const overscan = 8;

/** The text of a source as it was stored, the cited passage highlighted and in sight. */
export function SourceReader({ source }: { readonly source: OpenSource }) {
  const { client, view, documents } = useServices();
  const openLink = useOpenLink();
  const { t } = useSpeech();
  const document = useStore(documents, state => (source.documentId ? (state.byId.get(source.documentId) ?? null) : null));
  const [arrivals, arrived] = useReducer((count: number) => count + 1, 0);
  const [missing, setMissing] = useState(false);
  const scrollRef = useRef<HTMLDivElement>(null);
  const target = useRef<number | null>(null);
  const reader = useMemo(() => createSegmentReader(client, source.snapshotHash, arrived), [client, source.snapshotHash]);
  const total = reader.total() ?? 0;

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
      if (!source.range) return;
      const index = await reader.locate(source.range.start);
      if (stale || index === null) return;
      target.current = index;
      arrived();
    })();
    return () => {
      stale = true;
    };
  }, [reader, source.opening, source.range]);

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
    const index = target.current;
    if (index === null || index >= total) return;
    target.current = null;
    aim(index);
  }, [arrivals, total, aim]);

  const title = source.documentId === null ? t.sources.chatSource : (document?.title ?? t.sources.unknown);
  return (
    <div className="reader">
      <div className="reader-head">
        <IconButton label={t.sources.back} icon={<ArrowLeft />} onClick={() => view.closeSource()} />
        <h2 className="reader-title truncate" title={title}>
          {title}
        </h2>
        {source.range && <IconButton label={t.sources.toPassage} icon={<LocateFixed />} onClick={() => view.openSource(source)} />}
        {document?.origin.kind === 'url' && (
          <IconButton
            label={t.sources.openOriginal}
            icon={<ExternalLink />}
            onClick={() => {
              if (document.origin.kind === 'url') openLink(document.origin.url);
            }}
          />
        )}
      </div>
      {source.missing && (
        <p className="reader-note" role="status">
          {t.sources.missingQuote}
        </p>
      )}
      {missing ? (
        <EmptyState lead={t.sources.notFound}>
          <Button onClick={() => view.closeSource()}>{t.sources.back}</Button>
        </EmptyState>
      ) : (
        <div className="reader-scroll" ref={scrollRef} tabIndex={0} role="document" aria-label={`${t.sources.reading}: ${title}`}>
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
                      place={document?.format === 'pptx' ? 'slide' : 'page'}
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
      )}
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
  /** What its numbers count. */
  readonly place: 'page' | 'slide';
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
