import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { workerOfKind, type JobInspection } from '../../../shared/domain/job.ts';
import { agedPriority, msPerPriorityPoint } from '../../../shared/domain/job-order.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import { describeIssues } from '../../i18n/job-words.ts';
import { useActions, useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { durationOf } from './step-duration.ts';
import { workedMs } from './worked-time.ts';

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where a job comes from and when it did what. Times of day, which stand still. */
export function JobFacts({ inspection, nowMs }: { readonly inspection: JobInspection; readonly nowMs: number }) {
  const { sessions, view } = useServices();
  const actions = useActions();
  const speech = useSpeech();
  const { t } = speech;
  const { job } = inspection;
  const { sessionId } = job;
  const worked = workedMs(inspection, nowMs);
  const chat = useStore(sessions, state => (sessionId ? (state.byId.get(sessionId) ?? null) : null));
  return (
    <dl className="inspector-facts">
      {chat && (
        <Fact name={t.inspector.chat}>
          <button type="button" className="inspector-link" onClick={() => view.openSession(chat.id)}>
            {chat.title ?? t.common.untitledChat}
          </button>
        </Fact>
      )}
      <Fact name={t.jobs.created}>{speech.date(job.createdAtMs, nowMs)}</Fact>
      {job.startedAtMs !== null && <Fact name={t.jobs.started}>{speech.date(job.startedAtMs, nowMs)}</Fact>}
      {job.finishedAtMs !== null && <Fact name={t.jobs.finished}>{speech.date(job.finishedAtMs, nowMs)}</Fact>}
      {job.startedAtMs !== null && (
        <Fact name={t.material.waited}>{durationOf(Math.max(0, job.startedAtMs - job.createdAtMs), speech)}</Fact>
      )}
      {worked !== null && <Fact name={t.material.took}>{durationOf(worked, speech)}</Fact>}
      {!isFinal(job.state) && (
        <Fact name={t.inspector.priority}>
          {job.readySinceMs === undefined
            ? speech.number(job.priority)
            : t.inspector.priorityNow(
                speech.number(job.priority),
                speech.number(agedPriority({ priority: job.priority, dueAtMs: job.readySinceMs }, nowMs, msPerPriorityPoint)),
                speech.date(job.readySinceMs, nowMs),
              )}
        </Fact>
      )}
      {job.state === 'scheduled' && job.dueAtMs !== null && <Fact name={t.inspector.begins}>{speech.date(job.dueAtMs, nowMs)}</Fact>}
      <Fact name={t.material.worker}>{t.material.workerProcess(t.strip.worker[workerOfKind[job.kind]])}</Fact>
      {job.attempt > 0 && <Fact name={t.jobs.attempts}>{t.common.ofTotal(job.attempt, job.maxAttempts)}</Fact>}
      {job.error && (
        <Fact name={t.jobs.error}>
          <code className="inspector-code">{job.error.code}</code>
        </Fact>
      )}
      {job.issues.length > 0 && <Fact name={t.jobs.issues}>{describeIssues(job, speech)}</Fact>}
      <Fact name={t.inspector.id}>
        <span className="inspector-id">
          <code>{job.id}</code>
          <IconButton
            size="s"
            label={t.inspector.copyId}
            icon={<Copy />}
            onClick={() => void actions.copyText(job.id, said => said.t.inspector.idCopied)}
          />
        </span>
      </Fact>
    </dl>
  );
}
