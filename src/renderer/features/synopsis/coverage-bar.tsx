import { ChevronDown } from 'lucide-react';
import type { CoverageSource } from '../../../shared/domain/synopsis.ts';
import { useSpeech } from '../../state/context.tsx';
import { Popover } from '../../ui/popover.tsx';
import { readShare, summarizeCoverage } from './coverage-summary.ts';
import './coverage-bar.css';

/** A short source still gets this share of the longest, or it could not be seen. */
const leastShare = 1 / 12;

/** What the synopsis is made of: how much was read, and what was not; before it `isRead`, how much there is to read. */
export function CoverageBar({ coverage, isRead }: { readonly coverage: readonly CoverageSource[]; readonly isRead: boolean }) {
  const { t } = useSpeech();
  if (coverage.length === 0) return null;
  const summary = summarizeCoverage(coverage);
  const longest = coverage.reduce((most, source) => Math.max(most, source.charCount), 1);
  const told = [
    summary.used === coverage.length ? t.synopsis.coverageAll(coverage.length) : t.synopsis.coverageUsed(summary.used, coverage.length),
    summary.pages ? t.synopsis.coveragePages(summary.pages.read, summary.pages.total) : null,
    summary.skipped > 0 ? t.synopsis.coverageSkipped(summary.skipped) : null,
    summary.failed > 0 ? t.synopsis.coverageFailed(summary.failed) : null,
    summary.incomplete ? t.synopsis.coverageIncomplete : null,
  ].filter(word => word !== null);
  // Until the first section is there, what will be read is still to be read.
  const words = isRead ? told : [t.synopsis.coverageComing(summary.used)];

  return (
    <Popover
      title={t.synopsis.coverage}
      trigger={
        <button type="button" className="coverage" aria-label={`${t.synopsis.coverage}: ${words.join(', ')}`}>
          <span className="coverage-bar" aria-hidden>
            {coverage.map((source, at) => (
              <span
                key={at}
                className={`coverage-part coverage-${source.state}`}
                style={{ flexGrow: Math.max(source.charCount, longest * leastShare) }}
              >
                {isRead && source.state === 'used' && <span className="coverage-read" style={{ width: `${readShare(source) * 100}%` }} />}
              </span>
            ))}
          </span>
          <span className="coverage-words">{words.join('\u00A0· ')}</span>
          <ChevronDown aria-hidden />
        </button>
      }
    >
      <ul className="coverage-list">
        {coverage.map((source, at) => (
          <CoverageRow key={at} source={source} />
        ))}
      </ul>
    </Popover>
  );
}

function CoverageRow({ source }: { readonly source: CoverageSource }) {
  const speech = useSpeech();
  const { t } = speech;
  const reasons: Readonly<Record<string, string>> = t.synopsis.sourceReason;
  const reason =
    source.reason === null ? null : Object.hasOwn(reasons, source.reason) ? (reasons[source.reason] ?? null) : speech.error(source.reason);
  const facts = [
    source.pageCount !== null && source.pageCount > 0 ? t.synopsis.coveragePages(source.pagesRead ?? 0, source.pageCount) : null,
    source.charCount > 0 ? t.documents.chars(source.charCount) : null,
  ].filter(fact => fact !== null);
  return (
    <li className="coverage-row">
      <span className={`coverage-dot coverage-${source.state}`} aria-hidden />
      <span className="coverage-source">
        <span className="coverage-title">{source.source.kind === 'chat' ? t.sources.chatSource : source.title}</span>
        <span className="coverage-facts">{[t.synopsis.sourceState[source.state], ...facts].join('\u00A0· ')}</span>
        {reason !== null && <span className="coverage-reason">{reason}</span>}
        {source.warnings.map(warning => (
          <span key={warning.code} className="coverage-warning">
            {t.documents.warning[warning.code](warning.count)}
          </span>
        ))}
      </span>
    </li>
  );
}
