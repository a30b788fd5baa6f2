import { useEffect, useState } from 'react';
import type { PdfFailure } from '../../../i18n/material-messages.ts';
import { useServices, useSpeech } from '../../../state/context.tsx';
import type { OpenSource } from '../../../state/view-store.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { OpeningOriginal } from '../opening-original.tsx';
import { openPdf, PdfOpenError, type OpenedPdf } from './open-pdf.ts';
import { PdfPages } from './pdf-pages.tsx';
import { useMarks } from './use-marks.ts';
import './original-view.css';

interface OriginalViewProps {
  readonly source: OpenSource;
  readonly urlPath: string;
  readonly byteCount: number;
  readonly title: string;
  readonly showText: () => void;
}

/** The pages of a PDF as they were, the cited passage marked on them; read from the stored file, without a network. */
export function OriginalView({ source, urlPath, byteCount, title, showText }: OriginalViewProps) {
  const { t } = useSpeech();
  const [pdf, setPdf] = useState<OpenedPdf | null>(null);
  const [failure, setFailure] = useState<PdfFailure | null>(null);

  useEffect(() => {
    let isStale = false;
    setPdf(null);
    setFailure(null);
    const fail = (why: PdfFailure): void => {
      if (!isStale) setFailure(why);
    };
    const opening = openPdf({ urlPath, byteCount }, fail);
    opening.opened.then(
      opened => {
        if (!isStale) setPdf(opened);
      },
      (error: unknown) => fail(error instanceof PdfOpenError ? error.failure : 'unavailable'),
    );
    return () => {
      isStale = true;
      opening.close();
    };
  }, [urlPath, byteCount]);

  if (failure !== null)
    return (
      <EmptyState lead={t.sources.pages.failure[failure]}>
        <Button onClick={showText}>{t.sources.showText}</Button>
      </EmptyState>
    );
  if (pdf === null) return <OpeningOriginal />;
  return <OpenedOriginal pdf={pdf} source={source} title={title} showText={showText} />;
}

function OpenedOriginal({
  pdf,
  source,
  title,
  showText,
}: {
  readonly pdf: OpenedPdf;
  readonly source: OpenSource;
  readonly title: string;
  readonly showText: () => void;
}) {
  const { announcer } = useServices();
  const { t } = useSpeech();
  const marks = useMarks(pdf, source);
  const unmarked = marks?.find(({ boxes }) => boxes.length === 0);
  const marked = marks?.find(({ boxes }) => boxes.length > 0);
  const note =
    source.range === null || marks === null
      ? null
      : unmarked
        ? t.sources.pages.notOnPage(unmarked.page)
        : marks.length === 0
          ? t.sources.pages.noPlace
          : null;

  useEffect(() => {
    if (marked) announcer.announce(t.sources.pages.marked(marked.page));
  }, [announcer, marked, t]);

  return (
    <>
      {note !== null && (
        <div className="reader-note pdf-note" role="status">
          <span>{note}</span>
          <Button size="s" variant="quiet" onClick={showText}>
            {t.sources.showText}
          </Button>
        </div>
      )}
      <PdfPages pdf={pdf} source={source} marks={marks} title={title} />
    </>
  );
}
