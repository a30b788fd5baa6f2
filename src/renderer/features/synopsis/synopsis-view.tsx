import { History, PanelRight, PictureInPicture2, Square, X } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { JobView } from '../../../shared/domain/job.ts';
import type { SectionKind, SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { currentSection, describeMaking } from '../../i18n/making-words.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { addedSince } from './added-since.ts';
import { AuditOf, CitationHealth } from './audit-labels.tsx';
import { citationNumbers } from './citation-numbers.ts';
import { ExportMenu } from './export-menu.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { MakeAgain, SynopsisOptions } from './make-again.tsx';
import { SectionItems, type NumberOf } from './section-items.tsx';
import './synopsis-view.css';

/** The tools above a synopsis: where it is shown, its versions, what can be done with it. */
export function SynopsisTools({ placement }: { readonly placement: 'overlay' | 'docked' }) {
  const { synopsis, view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { version, versions, chosen } = useStore(synopsis);
  const making = version?.state === 'making';

  return (
    <span className="synopsis-tools">
      {version && (
        <>
          {versions.length > 1 && (
            <Menu
              trigger={<IconButton label={`${t.synopsis.versions}: ${t.synopsis.version(version.number)}`} icon={<History />} />}
              entries={versions.map((head, at) => ({
                key: head.id,
                label: `${t.synopsis.version(head.number)}, ${t.synopsis.versionState[head.state]}`,
                hint: `${speech.date(head.createdAtMs, Date.now())} · ${t.synopsis.detailLevel[head.detail]}`,
                checked: head.id === version.id,
                onSelect: () => void synopsis.choose(at === 0 && chosen !== null ? null : head.id),
              }))}
            />
          )}
          <MakeAgain disabled={making} />
          <ExportMenu version={version} />
        </>
      )}
      {placement === 'overlay' ? (
        <IconButton label={t.synopsis.dock} icon={<PanelRight />} onClick={() => view.dockSynopsis(true)} />
      ) : (
        <IconButton label={t.synopsis.undock} icon={<PictureInPicture2 />} onClick={() => view.dockSynopsis(false)} />
      )}
      <IconButton
        label={t.common.close}
        keys={placement === 'overlay' ? 'Esc' : undefined}
        icon={<X />}
        onClick={() => view.closeSynopsis()}
      />
    </span>
  );
}

/** The synopsis itself; the same over the chat and docked to the right. */
export function SynopsisView() {
  const { synopsis } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { version, loaded, failure, sessionId } = useStore(synopsis);

  if (failure !== null) {
    return (
      <EmptyState lead={speech.error(failure)}>
        <Button onClick={() => void synopsis.reload()}>{t.common.retry}</Button>
      </EmptyState>
    );
  }
  if (!version) {
    if (!loaded) return <EmptyState lead={t.common.loading} />;
    return (
      <div className="synopsis-none">
        <h2>{t.synopsis.emptyTitle}</h2>
        <p>{t.synopsis.emptyLead}</p>
        <SynopsisOptions key={sessionId} label={t.synopsis.make} onMake={() => {}} />
      </div>
    );
  }
  return <SynopsisPage version={version} />;
}

function SynopsisPage({ version }: { readonly version: SynopsisVersion }) {
  const { jobs } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const job = useStore(jobs, state => state.byId.get(version.jobId) ?? null);
  const numberOf = useMemo(() => citationNumbers(version.sections), [version.sections]);
  const ready = new Map(version.sections.map(section => [section.kind, section]));
  const making = version.state === 'making';
  const inProgress = making ? currentSection(version, job) : null;
  const provenance = version.sections[0]?.provenance;
  const meta = [
    version.finishedAtMs === null
      ? t.synopsis.begun(speech.date(version.createdAtMs, Date.now()))
      : t.synopsis.created(speech.date(version.finishedAtMs, Date.now())),
    t.synopsis.templateName[version.template].toLocaleLowerCase(speech.language),
    t.synopsis.detailLevel[version.detail].toLocaleLowerCase(speech.language),
    t.synopsis.inLanguage[version.language],
  ];

  return (
    <AuditOf version={version}>
      <article className="synopsis" aria-busy={making} lang={version.language}>
        <header className="synopsis-head" lang={speech.language}>
          <h2 className="synopsis-title" lang={version.language}>
            {version.title || t.synopsis.title}
          </h2>
          <p className="synopsis-meta">
            <span>{meta.join('\u00A0· ')}</span>
            {provenance && (
              <span className="synopsis-by">
                {provenance.kind === 'extractive' ? t.synopsis.extractive : t.synopsis.byModel(provenance.model)}
              </span>
            )}
            <CitationHealth />
          </p>
          <CoverageBar coverage={version.coverage} isRead={!making || version.sections.length > 0} />
          {version.state === 'ready' && <AddedSince version={version} job={job} />}
          {version.issues.length > 0 && version.state === 'ready' && (
            <p className="synopsis-issues">
              {t.synopsis.issues}: {version.issues.map(issue => t.synopsis.issue[issue.code](issue.count)).join('; ')}
            </p>
          )}
          {making && <Making version={version} job={job} />}
          {(version.state === 'failed' || version.state === 'cancelled') && <Ended version={version} job={job} />}
        </header>
        {version.plannedSections.map(kind => {
          const section = ready.get(kind);
          if (section) return <ReadySection key={kind} section={section} numberOf={numberOf} />;
          return making ? <ComingSection key={kind} kind={kind} current={kind === inProgress} /> : null;
        })}
      </article>
    </AuditOf>
  );
}

/** What came into the chat after the newest version took its material. */
function AddedSince({ version, job }: { readonly version: SynopsisVersion; readonly job: JobView | null }) {
  const { documents: documentStore, messages: messageStore, synopsis } = useServices();
  const actions = useActions();
  const { t } = useSpeech();
  const versions = useStore(synopsis, state => state.versions);
  const documents = useStore(documentStore, state => (state.sessionId === version.sessionId ? state.documents : null));
  const transcript = useStore(messageStore, state => (state.sessionId === version.sessionId ? state.transcript : null));
  const added = useMemo(() => addedSince(version, job, documents ?? [], transcript?.messages ?? []), [version, job, documents, transcript]);
  const isNewest = versions.every(head => head.number <= version.number);
  if (!isNewest || added.documents + added.messages === 0) return null;
  return (
    <p className="synopsis-stale">
      <span>{t.synopsis.addedSince(added.documents, added.messages)}</span>
      <Button size="s" onClick={() => void actions.requestSynopsis({ detail: version.detail, language: version.language })}>
        {t.synopsis.update}
      </Button>
    </p>
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
          onClick={() => void jobs.cancel(version.jobId).then(sayError)}
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
      <Button size="s" onClick={() => void jobs.retry(version.jobId).then(sayError)}>
        {t.common.retry}
      </Button>
    </div>
  );
}

function ReadySection({ section, numberOf }: { readonly section: SynopsisVersion['sections'][number]; readonly numberOf: NumberOf }) {
  const { t, language } = useSpeech();
  if (section.items.length === 0) {
    return (
      <section className="synopsis-section synopsis-section-empty" lang={language}>
        <h3>{t.synopsis.section[section.kind]}</h3>
        <p>{t.synopsis.emptyReason[section.emptyReason ?? 'nothing_found']}</p>
      </section>
    );
  }
  return (
    <section className="synopsis-section">
      <h3 lang={language}>{t.synopsis.section[section.kind]}</h3>
      <div className="synopsis-items">
        <SectionItems section={section} numberOf={numberOf} />
      </div>
    </section>
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
