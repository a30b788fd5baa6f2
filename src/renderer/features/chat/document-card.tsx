import { AlertCircle, FileText, Globe, RotateCcw, Settings, X } from 'lucide-react';
import { useStore } from 'zustand';
import { addressOf, whereFrom, type DocumentView } from '../../../shared/domain/document.ts';
import { mayHelpAgain, needsModelChoice } from '../../../shared/domain/document-error-words.ts';
import { describeOrigin } from '../../i18n/document-words.ts';
import { describeReadingHold } from '../../i18n/answer-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import './document-card.css';

/** A document of the chat with its state; a click opens its text among the sources. */
export function DocumentCard({ document }: { readonly document: DocumentView }) {
  const { app, view, documents, jobs, models, toasts } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t, bytes, number } = speech;
  const status = useStore(app, state => state.status);
  const job = useStore(jobs, state => (document.jobId ? (state.byId.get(document.jobId) ?? null) : null));
  const progress = job?.state === 'running' ? job.progress : null;
  const hold = document.state === 'importing' ? describeReadingHold(job, speech, Date.now(), status) : null;
  const { snapshotHash } = document;
  /** Pages are left for a model that sees; the others have been read. */
  const hasUnread = document.state === 'ready' && document.warnings.some(({ code }) => code === 'pages_need_ocr');
  const canSee = useStore(models, state => state.view?.choices.vision !== undefined);
  const facts = [
    describeOrigin(document, t),
    document.pageCount !== null && document.pageCount > 0 ? t.documents.pages(document.pageCount) : null,
    document.byteCount !== null && document.pageCount === null ? bytes(document.byteCount) : null,
  ].filter(fact => fact !== null);

  async function remove(): Promise<void> {
    const failed = await documents.remove(document.id);
    if (failed === null) toasts.say({ key: `removed:${document.id}`, text: speech => speech.t.documents.removed(document.title) });
    else sayError(failed);
  }

  return (
    <div className={`document-card document-card-${document.state}`}>
      <button
        type="button"
        className="document-open"
        title={whereFrom(document.origin)}
        disabled={!snapshotHash}
        onClick={() => {
          if (snapshotHash) view.openSource({ snapshotHash, documentId: document.id, range: null, missing: false });
        }}
      >
        <span className="document-icon" aria-hidden>
          {document.state === 'failed' ? <AlertCircle /> : addressOf(document.origin) !== null ? <Globe /> : <FileText />}
        </span>
        <span className="document-text">
          <span className="truncate document-title">{document.title}</span>
          {document.state === 'importing' && (
            <span className="document-facts">
              {hold === null && <WorkingMark />}
              <span className={hold === null ? 'truncate' : undefined}>
                {hold ?? (progress ? t.jobs.phase[progress.phase](null) : t.documents.state.importing)}
                {progress?.done != null && progress.total != null ? `\u00A0· ${t.common.ofTotal(progress.done, progress.total)}` : ''}
              </span>
            </span>
          )}
          {document.state === 'ready' && (
            <span className="document-facts truncate">
              {facts.join('\u00A0· ')}
              {document.charCount !== null && facts.length < 2 ? `\u00A0· ${t.documents.chars(document.charCount)}` : ''}
            </span>
          )}
          {document.state === 'failed' && document.error && (
            <span className="document-error">{t.documents.error[document.error.code](document.error.detail)}</span>
          )}
          {document.state === 'ready' && document.warnings.length > 0 && (
            <span className="document-warning">
              {document.warnings.map(warning => t.documents.warning[warning.code](warning.count)).join('; ')}
            </span>
          )}
        </span>
      </button>
      {document.state === 'importing' && progress?.done != null && progress.total != null && (
        <div className="document-progress">
          <ProgressBar
            done={progress.done}
            total={progress.total}
            label={`${document.title}: ${number(progress.done)} / ${number(progress.total)}`}
          />
        </div>
      )}
      <span className="document-actions">
        {(hasUnread ? !canSee : document.error !== null && needsModelChoice(document.error)) && (
          <IconButton size="s" label={t.models.choose} icon={<Settings />} onClick={() => view.setDialog('models')} />
        )}
        {(hasUnread ? canSee : document.state === 'failed' && mayHelpAgain(document)) && (
          <IconButton
            size="s"
            label={t.common.retry}
            icon={<RotateCcw />}
            onClick={() => void documents.retry(document.id).then(sayError)}
          />
        )}
        <IconButton size="s" className="document-remove" label={t.documents.removeTitle} icon={<X />} onClick={() => void remove()} />
      </span>
    </div>
  );
}
