import { describeOrigin } from '../../i18n/document-words.ts';
import { useStore } from 'zustand';
import { AlertCircle, FileText, Globe, MessagesSquare } from 'lucide-react';
import { addressOf, type DocumentView } from '../../../shared/domain/document.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SourceReader } from './source-reader.tsx';
import './sources-pane.css';

export function SourcesPane() {
  const { view } = useServices();
  const source = useStore(view, state => state.source);
  return source ? <SourceReader source={source} /> : <SourceList />;
}

function SourceList() {
  const { documents: store, view, synopsis } = useServices();
  const { t } = useSpeech();
  const documents = useStore(store, state => state.documents);
  const version = useStore(synopsis, state => state.version);
  const chatHash = version?.coverage.find(source => source.source.kind === 'chat')?.snapshotHash ?? null;
  if (documents && documents.length === 0 && chatHash === null) return <EmptyState lead={t.sources.empty} />;
  return (
    <ul className="source-list" aria-label={t.sources.list}>
      {documents?.map(document => (
        <SourceRow key={document.id} document={document} />
      ))}
      <li>
        <button
          type="button"
          className="source-row"
          disabled={chatHash === null}
          onClick={() => {
            if (chatHash !== null) view.openSource({ snapshotHash: chatHash, documentId: null, range: null, missing: false });
          }}
        >
          <MessagesSquare aria-hidden />
          <span className="source-text">
            <span className="source-title">{t.sources.chatSource}</span>
            {chatHash === null && <span className="source-facts">{t.sources.chatNotReady}</span>}
          </span>
        </button>
      </li>
    </ul>
  );
}

function SourceRow({ document }: { readonly document: DocumentView }) {
  const { view } = useServices();
  const { t } = useSpeech();
  const { snapshotHash } = document;
  const facts = [
    document.author,
    document.date === null ? null : t.documents.dated(document.date),
    describeOrigin(document, t),
    document.pageCount !== null && document.pageCount > 0 ? t.documents.pages(document.pageCount) : null,
    document.charCount !== null ? t.documents.chars(document.charCount) : null,
  ].filter(fact => fact !== null);
  return (
    <li>
      <button
        type="button"
        className="source-row"
        disabled={!snapshotHash}
        onClick={() => {
          if (snapshotHash) view.openSource({ snapshotHash, documentId: document.id, range: null, missing: false });
        }}
      >
        {document.state === 'failed' ? (
          <AlertCircle aria-hidden />
        ) : addressOf(document.origin) !== null ? (
          <Globe aria-hidden />
        ) : (
          <FileText aria-hidden />
        )}
        <span className="source-text">
          <span className="source-title">{document.title}</span>
          {document.state === 'ready' && <span className="source-facts">{facts.join('\u00A0· ')}</span>}
          {document.state === 'importing' && <span className="source-facts">{t.sources.notReady}</span>}
          {document.state === 'failed' && document.error && (
            <span className="source-error">{t.documents.error[document.error.code](document.error.detail)}</span>
          )}
          {document.warnings.map(warning => (
            <span key={warning.code} className="source-warning">
              {t.documents.warning[warning.code](warning.count)}
            </span>
          ))}
        </span>
      </button>
    </li>
  );
}
