import { Square } from 'lucide-react';
import { Fragment, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { JobView } from '../../../shared/domain/job.ts';
import { placeOfNote } from '../../../shared/domain/note-place.ts';
import type { SectionKind, SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { currentSection, describeMaking } from '../../i18n/making-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { AuditOf, CitationHealth } from './audit-labels.tsx';
import { citationNumbers } from './citation-numbers.ts';
import { CompareView } from './compare-view.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { SynopsisOptions } from './make-again.tsx';
import { Notes, type NotePlace } from './notes.tsx';
import { ReadySection } from './ready-section.tsx';
import { OlderVersion, ProposalStrip, StaleStrip } from './version-strips.tsx';
import './synopsis-view.css';

/** The synopsis itself; the same over the chat and docked to the right. */
export function SynopsisView() {
  const { synopsis } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { version, loaded, failure, sessionId, comparison } = useStore(synopsis);

  if (failure !== null) {
    return (
      <EmptyState lead={speech.error(failure)}>
        <Button onClick={() => void synopsis.reload()}>{t.common.retry}</Button>
      </EmptyState>
    );
  }
  if (!version) {
    // A chat that is yet to begin has nothing to be read.
    if (!loaded && sessionId !== null) return <EmptyState lead={t.common.loading} />;
    return (
      <div className="synopsis-none">
        <h2>{t.synopsis.emptyTitle}</h2>
        <p>{t.synopsis.emptyLead}</p>
        {sessionId !== null && <SynopsisOptions key={sessionId} label={t.synopsis.make} onMake={() => {}} />}
      </div>
    );
  }
  if (comparison !== null) return <CompareView {...comparison} />;
  return <SynopsisPage key={version.id} version={version} />;
}

function SynopsisPage({ version }: { readonly version: SynopsisVersion }) {
  const { jobs, synopsis } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const job = useStore(jobs, state => (version.jobId === null ? null : (state.byId.get(version.jobId) ?? null)));
  const { versions, stale, proposal } = useStore(synopsis);
  const numberOf = useMemo(() => citationNumbers(version.sections), [version.sections]);
  const [editing, setEditing] = useState<NotePlace | null>(null);
  const ready = new Map(version.sections.map(section => [section.kind, section]));
  const making = version.state === 'making';
  const inProgress = making ? currentSection(version, job) : null;
  const provenances = new Map(version.sections.map(({ provenance }) => [JSON.stringify(provenance), provenance]));
  // What is being made or failed stands in the list above the current one.
  const isCurrent = version.state === 'ready' && versions.find(head => head.state === 'ready')?.id === version.id;
  const outdated = new Map(isCurrent ? stale.map(each => [each.kind, each.reasons]) : []);
  const proposed = new Map(isCurrent && proposal?.version.state === 'ready' ? proposal.sections.map(each => [each.kind, each]) : []);
  const remaking = isCurrent && proposal?.version.state === 'making' ? new Set(proposal.version.only) : null;
  const last = version.plannedSections.filter(kind => ready.has(kind) || making).at(-1) ?? null;
  const meta = [
    version.finishedAtMs === null
      ? t.synopsis.begun(speech.date(version.createdAtMs, Date.now()))
      : t.synopsis.created(speech.date(version.finishedAtMs, Date.now())),
    t.synopsis.templateName[version.template].toLocaleLowerCase(speech.language),
    t.synopsis.detailLevel[version.detail].toLocaleLowerCase(speech.language),
    t.synopsis.inLanguage[version.language],
  ];

  const notesAfter = (kind: SectionKind | null) => (
    <Notes
      notes={version.notes.filter(note => placeOfNote(note, version.plannedSections) === kind)}
      canEdit={isCurrent}
      editing={editing}
      after={kind}
      onEdit={setEditing}
    />
  );

  return (
    <AuditOf version={version}>
      <article className="synopsis" aria-busy={making} lang={version.language}>
        <header className="synopsis-head" lang={speech.language}>
          <h2 className="synopsis-title" lang={version.language}>
            {version.title || t.synopsis.title}
          </h2>
          <p className="synopsis-meta">
            <span>{meta.join('\u00A0· ')}</span>
            {[...provenances].map(([key, provenance]) => (
              <span key={key} className="synopsis-by">
                {provenance.kind === 'extractive' ? t.synopsis.extractive : t.synopsis.byModel(provenance.model)}
              </span>
            ))}
            <CitationHealth />
          </p>
          <CoverageBar coverage={version.coverage} isRead={!making || version.sections.length > 0} />
          {version.issues.length > 0 && version.state === 'ready' && (
            <p className="synopsis-issues">
              {t.synopsis.issues}: {version.issues.map(issue => t.synopsis.issue[issue.code](issue.count)).join('; ')}
            </p>
          )}
          {version.state === 'ready' && !isCurrent && <OlderVersion version={version} />}
          {isCurrent && <ProposalStrip />}
          {isCurrent && proposal === null && outdated.size > 0 && <StaleStrip />}
          {making && <Making version={version} job={job} />}
          {(version.state === 'failed' || version.state === 'cancelled') && <Ended version={version} job={job} />}
        </header>
        {notesAfter(null)}
        {version.plannedSections.map(kind => {
          const section = ready.get(kind);
          if (!section && !making) return <Fragment key={kind}>{notesAfter(kind)}</Fragment>;
          return (
            <Fragment key={kind}>
              {section ? (
                <ReadySection
                  section={section}
                  numberOf={numberOf}
                  isLast={kind === last}
                  stale={outdated.get(kind) ?? null}
                  proposed={proposed.get(kind) ?? null}
                  isRemade={remaking?.has(kind) ?? false}
                  canChange={isCurrent && remaking === null}
                  onAddNote={above => setEditing({ id: null, after: above ? null : kind })}
                  isFirst={kind === version.plannedSections[0]}
                />
              ) : (
                <ComingSection kind={kind} current={kind === inProgress} />
              )}
              {notesAfter(kind)}
            </Fragment>
          );
        })}
      </article>
    </AuditOf>
  );
}

function Making({ version, job }: { readonly version: SynopsisVersion; readonly job: JobView | null }) {
  const { app, jobs } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const status = useStore(app, state => state.status);
  const total = version.plannedSections.length;
  const done = version.sections.length;
  return (
    <div className="synopsis-making">
      <div className="synopsis-making-line">
        <WorkingMark />
        <span className="truncate">{describeMaking(version, job, speech, Date.now(), status)}</span>
        <span className="synopsis-making-count">{t.common.ofTotal(done, total)}</span>
        <Button
          size="s"
          icon={<Square aria-hidden />}
          disabled={job?.cancelRequested ?? false}
          onClick={() => version.jobId !== null && void jobs.cancel(version.jobId).then(sayError)}
        >
          {t.common.stop}
        </Button>
      </div>
      {total > 0 && <ProgressBar done={done} total={total} label={t.synopsis.sectionsReady(done, total)} />}
    </div>
  );
}

function Ended({ version, job }: { readonly version: SynopsisVersion; readonly job: JobView | null }) {
  const { jobs } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const failed = version.state === 'failed';
  return (
    <div className={`synopsis-ended ${failed ? 'synopsis-ended-failed' : ''}`}>
      <p>
        {failed ? `${t.synopsis.failed} ${speech.error(job?.error?.code ?? 'internal')}` : t.synopsis.stopped}
        {failed && version.sections.length > 0 ? ` ${t.synopsis.failedKept}` : ''}
      </p>
      <Button size="s" onClick={() => version.jobId !== null && void jobs.retry(version.jobId).then(sayError)}>
        {t.common.retry}
      </Button>
    </div>
  );
}

function ComingSection({ kind, current }: { readonly kind: SectionKind; readonly current: boolean }) {
  const { t, language } = useSpeech();
  return (
    <section className={`synopsis-section synopsis-section-coming ${current ? 'synopsis-section-current' : ''}`} lang={language}>
      <h3>{t.synopsis.section[kind]}</h3>
      <div className="synopsis-items">
        {current && (
          <p className="synopsis-current">
            <WorkingMark />
            {t.synopsis.making}
          </p>
        )}
        <span className="skeleton skeleton-long" aria-hidden />
        <span className="skeleton" aria-hidden />
        {current && <span className="skeleton skeleton-short" aria-hidden />}
      </div>
    </section>
  );
}
