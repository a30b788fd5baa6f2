import type { JobMaterial, JobMaterialOf } from '../../../shared/domain/job-material.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import type { JobInspection, JobView } from '../../../shared/domain/job.ts';
import { describeJob } from '../../i18n/job-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import type { PartProps } from './inspector-tabs.tsx';
import { Fact } from './job-facts.tsx';

/** What has come of a job. What has none says why. */
export function JobResult({ inspection, nowMs }: PartProps) {
  const { material } = inspection;
  return material === undefined ? <NoResult inspection={inspection} nowMs={nowMs} /> : <Result {...{ material, inspection, nowMs }} />;
}

interface ResultProps<M> extends PartProps {
  readonly material: M;
}

function Result({ material, ...rest }: ResultProps<JobMaterial>) {
  switch (material.kind) {
    case 'document.import':
      return <ReadDocument material={material} {...rest} />;
    case 'synopsis.make':
      return <MadeSynopsis material={material} {...rest} />;
    case 'synopsis.audit':
      return <FoundOfClaims material={material} {...rest} />;
    case 'chat.answer':
    case 'agent.run':
    case 'browser.run':
      return <GivenAnswer material={material} {...rest} />;
    case 'passages.embed':
      return <Indexed material={material} />;
    case 'synopses.export':
    case 'synopsis.autoexport':
      return <WrittenFiles material={material} {...rest} />;
  }
}

/** Of a job that is at work or waits: what it does. Of one that ended without: how. */
function NoResult({ inspection: { job, material }, nowMs }: { readonly inspection: JobInspection; readonly nowMs: number }) {
  const speech = useSpeech();
  const { t } = speech;
  if (material === undefined && isFinal(job.state) && job.state === 'done') return <p className="inspector-none">{t.material.gone}</p>;
  const words = describeJob(job, speech, nowMs);
  return <p className="inspector-none">{isFinal(job.state) ? t.material.none(words) : t.material.notYet(words)}</p>;
}

function Indexed({ material: { done, total } }: { readonly material: JobMaterialOf<'passages.embed'> }) {
  const { t } = useSpeech();
  return <p className="inspector-none">{t.material.indexed(done, total)}</p>;
}

function ReadDocument({ material, inspection, nowMs }: ResultProps<JobMaterialOf<'document.import'>>) {
  const { view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { document } = material;
  if (document === null && isFinal(inspection.job.state)) return <p className="inspector-none">{t.material.documentGone}</p>;
  if (document === null || document.state === 'importing') return <NoResult inspection={inspection} nowMs={nowMs} />;
  if (document.state === 'failed') {
    const error = document.error ?? { code: 'internal' as const, detail: null };
    return <p className="inspector-state-failed">{t.documents.error[error.code](error.detail)}</p>;
  }
  const { snapshotHash } = document;
  const size = [
    document.pageCount !== null && document.pageCount > 0 ? t.documents.pages(document.pageCount) : null,
    document.charCount !== null ? t.documents.chars(document.charCount) : null,
  ].filter(part => part !== null);
  return (
    <>
      <dl className="inspector-facts">
        <Fact name={t.material.document}>{document.title}</Fact>
        <Fact name={t.material.text}>{size.join(' · ')}</Fact>
        {document.warnings.length > 0 && (
          <Fact name={t.jobs.issues}>{document.warnings.map(each => t.documents.warning[each.code](each.count)).join('; ')}</Fact>
        )}
      </dl>
      {snapshotHash !== null && (
        <Button
          size="s"
          className="inspector-go"
          onClick={() => {
            view.openSession(document.sessionId);
            view.openSource({ snapshotHash, documentId: document.id, range: null, missing: false });
          }}
        >
          {t.material.showText}
        </Button>
      )}
    </>
  );
}

function MadeSynopsis({ material, inspection, nowMs }: ResultProps<JobMaterialOf<'synopsis.make'>>) {
  const { view, synopsis } = useServices();
  const { t } = useSpeech();
  const { version, sections } = material;
  if (sections.length === 0) return <NoResult inspection={inspection} nowMs={nowMs} />;

  async function show(): Promise<void> {
    view.openSession(material.sessionId);
    await synopsis.show(material.sessionId, version.id);
    view.showSynopsis();
  }
  return (
    <>
      <p className="inspector-result-title">{material.title || t.synopsis.title}</p>
      <p className="inspector-none">{t.material.version(version.number, t.synopsis.versionState[version.state])}</p>
      <dl className="inspector-facts inspector-sections">
        {material.planned.map(kind => {
          const section = sections.find(each => each.kind === kind);
          return section === undefined ? null : (
            <Fact key={kind} name={t.synopsis.section[kind]}>
              {t.material.sectionItems(section.items)}
            </Fact>
          );
        })}
      </dl>
      {version.issues.length > 0 && (
        <p className="inspector-note">
          {t.synopsis.issues}: {version.issues.map(issue => t.synopsis.issue[issue.code](issue.count)).join('; ')}
        </p>
      )}
      <Button size="s" className="inspector-go" onClick={() => void show()}>
        {t.material.showSynopsis}
      </Button>
    </>
  );
}

function FoundOfClaims({ material: { found }, inspection, nowMs }: ResultProps<JobMaterialOf<'synopsis.audit'>>) {
  const { t } = useSpeech();
  if (found === null) return <NoResult inspection={inspection} nowMs={nowMs} />;
  return (
    <>
      {found.health !== null && <p className="inspector-result-title">{t.audit.health(Math.round(found.health * 100))}</p>}
      <p className="inspector-none">{t.audit.healthHint(found.supported, found.partly, found.not)}</p>
      <OpenChat job={inspection.job} />
    </>
  );
}

function OpenChat({ job }: { readonly job: JobView }) {
  const { view } = useServices();
  const { t } = useSpeech();
  const { sessionId } = job;
  if (sessionId === null) return null;
  return (
    <Button size="s" className="inspector-go" onClick={() => view.openSession(sessionId)}>
      {t.waits.openChat}
    </Button>
  );
}

function GivenAnswer({ material: { answer }, inspection, nowMs }: ResultProps<JobMaterialOf<'chat.answer' | 'agent.run' | 'browser.run'>>) {
  const { t } = useSpeech();
  if (answer === null) return <p className="inspector-none">{t.material.answerGone}</p>;
  if (answer.text === '' && answer.note === null) return <NoResult inspection={inspection} nowMs={nowMs} />;
  return (
    <>
      {answer.note !== null && <p className="inspector-none">{t.chat.note[answer.note]}</p>}
      {answer.text !== '' && <p className="inspector-excerpt">{answer.isCut ? `${answer.text}…` : answer.text}</p>}
      <p className="inspector-none">
        {[answer.citationCount > 0 ? t.material.citations(answer.citationCount) : null, answer.isCut ? t.material.restInChat : null]
          .filter(part => part !== null)
          .join(' · ')}
      </p>
      <OpenChat job={inspection.job} />
    </>
  );
}

function WrittenFiles({ material, inspection, nowMs }: ResultProps<JobMaterialOf<'synopses.export' | 'synopsis.autoexport'>>) {
  const { t } = useSpeech();
  if (material.fileCount === 0) return <NoResult inspection={inspection} nowMs={nowMs} />;
  return (
    <dl className="inspector-facts">
      <Fact name={t.material.part.files}>{t.material.filesWritten(material.fileCount)}</Fact>
      <Fact name={t.material.folder}>{material.folder}</Fact>
    </dl>
  );
}
