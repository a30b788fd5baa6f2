import { ClipboardCopy, RotateCcw, Square } from 'lucide-react';
import { useStore } from 'zustand';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { describeEvent, describeIssues, describeJob, describeStep, isRetryable, isStoppable, jobTime } from './job-words.ts';
import { TraceExport } from './trace-export.tsx';
import './job-inspector.css';

/** The steps of one job, its log and what can be done with it. */
export function JobInspector() {
  const { jobs } = useServices();
  const { t } = useSpeech();
  const inspected = useStore(jobs, state => state.inspected);
  return inspected ? <Inspection inspection={inspected} /> : <EmptyState lead={t.common.loading} />;
}

/** What is needed to understand a failure elsewhere: no texts of the person, no paths. */
function diagnosticsOf({ job, steps, events }: JobInspection): string {
  const { title: _title, ...rest } = job;
  return JSON.stringify({ job: rest, steps, events }, null, 2);
}

/** Nothing for an effect that was sent and has no result. */
function tookMs({ startedAtMs, finishedAtMs }: JobInspection['steps'][number]): number {
  return finishedAtMs === null ? 0 : finishedAtMs - startedAtMs;
}

function Inspection({ inspection }: { readonly inspection: JobInspection }) {
  const { jobs } = useServices();
  const actions = useActions();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const { job, steps, events } = inspection;
  const nowMs = useNow(job.state === 'running' ? 1_000 : null);
  const longest = steps.reduce((most, step) => Math.max(most, tookMs(step)), 1);

  return (
    <div className="inspector">
      <p className="inspector-kind">{t.jobs.kind[job.kind]}</p>
      <h2 className="inspector-title">{job.title}</h2>
      <p className={`inspector-state ${job.state === 'failed' ? 'inspector-state-failed' : ''}`}>{describeJob(job, speech, nowMs)}</p>
      <div className="inspector-actions">
        {isStoppable(job) && (
          <Button size="s" icon={<Square aria-hidden />} onClick={() => void jobs.cancel(job.id).then(sayError)}>
            {t.common.stop}
          </Button>
        )}
        {isRetryable(job) && (
          <Button size="s" icon={<RotateCcw aria-hidden />} onClick={() => void jobs.retry(job.id).then(sayError)}>
            {t.common.retry}
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
        <TraceExport jobId={job.id} />
      </div>
      <dl className="inspector-facts">
        <div>
          <dt>{t.jobs.created}</dt>
          <dd>{speech.date(job.createdAtMs, nowMs)}</dd>
        </div>
        {job.startedAtMs !== null && (
          <div>
            <dt>{t.jobs.started}</dt>
            <dd>{speech.date(job.startedAtMs, nowMs)}</dd>
          </div>
        )}
        {job.finishedAtMs !== null && (
          <div>
            <dt>{t.jobs.finished}</dt>
            <dd>{`${speech.date(job.finishedAtMs, nowMs)} (${jobTime(job, speech, nowMs)})`}</dd>
          </div>
        )}
        <div>
          <dt>{t.jobs.attempts}</dt>
          <dd>{t.common.ofTotal(job.attempt, job.maxAttempts)}</dd>
        </div>
        {job.error && (
          <div>
            <dt>{t.jobs.error}</dt>
            <dd className="inspector-error">
              {speech.error(job.error.code)}
              <code>{job.error.code}</code>
            </dd>
          </div>
        )}
        {job.issues.length > 0 && (
          <div>
            <dt>{t.jobs.issues}</dt>
            <dd>{describeIssues(job, speech)}</dd>
          </div>
        )}
      </dl>
      <h3>{t.jobs.steps}</h3>
      {steps.length === 0 && <p className="inspector-none">{t.jobs.noSteps}</p>}
      <ol className="inspector-steps">
        {steps.map(step => (
          <li key={step.seq}>
            <span className="step-name">
              {describeStep(step.name, speech)}
              {step.attempt > 1 && <span className="step-attempt"> {t.common.attempt(step.attempt, job.maxAttempts)}</span>}
            </span>
            <span className="step-time">{stepTime(tookMs(step), speech)}</span>
            <span className="step-bar" aria-hidden style={{ width: `${Math.max(1.5, (tookMs(step) / longest) * 100)}%` }} />
          </li>
        ))}
      </ol>
      <h3>{t.jobs.events}</h3>
      <ol className="inspector-events">
        {events.map(event => (
          <li key={event.seq}>
            <time dateTime={new Date(event.atMs).toISOString()}>{speech.time(event.atMs)}</time>
            <span className="event-type">{describeEvent(event.type, speech)}</span>
            {event.detail !== null && <span>{event.detail}</span>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Short steps are told in tenths of a second. */
function stepTime(ms: number, speech: ReturnType<typeof useSpeech>): string {
  return ms < 10_000
    ? `${speech.number(Math.round(ms / 100) / 10)} ${speech.t.time.seconds(0).replace(/^0\s*/u, '')}`
    : speech.duration(ms);
}
