import { ClipboardCopy, Globe, Link, RotateCcw, Square } from 'lucide-react';
import { useContext } from 'react';
import { useStore } from 'zustand';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { describeJob, isRetryable, isStoppable } from '../../i18n/job-words.ts';
import { AsksSlot } from '../../state/asks-slot.ts';
import { useActions, useCopyLink, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { useStopJob } from '../../state/use-stop-job.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { InspectorTabs } from './inspector-tabs.tsx';
import { Questions } from './question-card.tsx';
import { TraceExport } from './trace-export.tsx';
import { WaitCard } from './wait-card.tsx';
import './job-inspector.css';

/** All of one job: what it did step by step, what it asks, what can be done with it, its log. */
export function JobInspector() {
  const { jobs } = useServices();
  const speech = useSpeech();
  const inspected = useStore(jobs, state => state.inspected);
  const failure = useStore(jobs, state => state.inspectionFailure);
  if (inspected) return <Inspection inspection={inspected} />;
  return <EmptyState lead={failure === null ? speech.t.common.loading : speech.error(failure)} />;
}

/** What is needed to understand a failure elsewhere: no texts of the person, no paths. */
function diagnosticsOf({ job, steps, superseded, events, undecided }: JobInspection): string {
  const { title: _title, ...rest } = job;
  return JSON.stringify({ job: rest, steps, superseded, undecided, events }, null, 2);
}

function toneOf({ job }: JobInspection): string {
  if (job.state === 'failed') return 'inspector-state-failed';
  return job.undecided > 0 ? 'inspector-state-asks' : '';
}

/** A person looking at a running job sees its time go by in seconds. */
const tickMs = 1_000;

function Inspection({ inspection }: { readonly inspection: JobInspection }) {
  const { jobs, app, view } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const stop = useStopJob();
  const copyLink = useCopyLink();
  const asks = useContext(AsksSlot);
  const speech = useSpeech();
  const { t } = speech;
  const { job } = inspection;
  const status = useStore(app, state => state.status);
  const nowMs = useNow(job.state === 'running' ? tickMs : null);

  return (
    <article className="inspector" aria-label={job.title}>
      <p className="inspector-kind">{t.jobs.kind[job.kind]}</p>
      <h2 className="inspector-title">{job.title}</h2>
      <p className={`inspector-state ${toneOf(inspection)}`} role="status">
        {describeJob(job, speech, nowMs, status)}
      </p>
      <div className="inspector-actions">
        {isStoppable(job) && (
          <Button size="s" icon={<Square aria-hidden />} onClick={() => void stop(job)}>
            {t.common.stop}
          </Button>
        )}
        {isRetryable(job) && (
          <Button size="s" icon={<RotateCcw aria-hidden />} onClick={() => void jobs.retry(job.id).then(sayError)}>
            {/* A retry of what could not be undone goes on with the undoing. */}
            {job.undoing === null ? t.common.retry : t.inspector.choice.compensation.repeat.label}
          </Button>
        )}
        {job.kind === 'browser.run' && (
          <Button size="s" icon={<Globe aria-hidden />} onClick={() => view.showBrowser({ what: 'task', jobId: job.id })}>
            {t.browser.show}
          </Button>
        )}
        <Button
          size="s"
          variant="quiet"
          icon={<ClipboardCopy aria-hidden />}
          onClick={() => void actions.copyText(diagnosticsOf(inspection), said => said.t.jobs.diagnosticsCopied)}
        >
          {t.jobs.copyDiagnostics}
        </Button>
        <Button size="s" variant="quiet" icon={<Link aria-hidden />} onClick={() => copyLink({ kind: 'job', jobId: job.id })}>
          {t.places.copyLink}
        </Button>
        <TraceExport jobId={job.id} />
      </div>
      <WaitCard inspection={inspection} />
      {asks({ jobId: job.id, withHistory: true })}
      <Questions inspection={inspection} nowMs={nowMs} />
      <InspectorTabs inspection={inspection} nowMs={nowMs} />
    </article>
  );
}
