import { ArrowLeft, ExternalLink, Link, LocateFixed } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { addressOf } from '../../../shared/domain/document.ts';
import { useCopyLink, useOpenLink, useServices, useSpeech } from '../../state/context.tsx';
import { sourceForms, type OpenSource } from '../../state/view-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { OpeningOriginal } from './opening-original.tsx';
import { SourceText } from './source-text.tsx';
import { useOriginal } from './use-original.ts';

// pdf.js is as large as the rest of the window; it comes with the first original that is looked at.
const OriginalView = lazy(() => import('./original/original-view.tsx').then(module => ({ default: module.OriginalView })));

/** A source as text, or as the pages of its original where it is kept, the cited passage highlighted and in sight. */
export function SourceReader({ source }: { readonly source: OpenSource }) {
  const { view, documents } = useServices();
  const openLink = useOpenLink();
  const copyLink = useCopyLink();
  const { t } = useSpeech();
  const { documentId, snapshotHash, range } = source;
  const sessionId = useStore(view, state => state.sessionId);
  const document = useStore(documents, state => (documentId ? (state.byId.get(documentId) ?? null) : null));
  const form = useStore(view, state => (documentId ? (state.formsChosen.get(documentId) ?? state.usualForm) : 'text'));
  const original = useOriginal(source, document);
  const title = documentId === null ? t.sources.chatSource : (document?.title ?? t.sources.unknown);
  const hasPages = original?.state === 'kept' && documentId !== null;
  const address = document === null ? null : addressOf(document.origin);
  const absence = original?.state === 'absent' && original.reason !== 'no_pages' ? t.sources.absent[original.reason] : null;
  return (
    <div className="reader">
      <div className="reader-head">
        <IconButton label={t.sources.back} icon={<ArrowLeft />} onClick={() => view.closeSource()} />
        <h2 className="reader-title truncate" title={title}>
          {title}
        </h2>
        {hasPages && (
          <Segmented
            label={t.sources.form.label}
            value={form}
            options={sourceForms.map(value => ({ value, label: t.sources.form[value] }))}
            onChange={value => view.chooseForm(documentId, value)}
          />
        )}
        {source.range && <IconButton label={t.sources.toPassage} icon={<LocateFixed />} onClick={() => view.openSource(source)} />}
        {range !== null && sessionId !== null && (
          <IconButton
            label={t.places.copyLink}
            icon={<Link />}
            onClick={() => copyLink({ kind: 'passage', sessionId, snapshotHash, documentId, ...range })}
          />
        )}
        {address !== null && <IconButton label={t.sources.openOriginal} icon={<ExternalLink />} onClick={() => openLink(address)} />}
      </div>
      {source.missing && (
        <p className="reader-note" role="status">
          {t.sources.missingQuote}
        </p>
      )}
      {absence !== null && <p className="reader-absence">{absence}</p>}
      {hasPages && form === 'original' ? (
        <Suspense fallback={<OpeningOriginal />}>
          <OriginalView
            key={original.urlPath}
            source={source}
            urlPath={original.urlPath}
            byteCount={original.byteCount}
            title={title}
            showText={() => view.chooseForm(documentId, 'text', true)}
          />
        </Suspense>
      ) : original === null && form === 'original' ? (
        <OpeningOriginal />
      ) : (
        <SourceText source={source} title={title} place={document?.format === 'pptx' ? 'slide' : 'page'} />
      )}
    </div>
  );
}
