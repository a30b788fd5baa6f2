import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ApprovalView } from '../../../shared/domain/approval.ts';
import { askedWords } from '../../../shared/domain/asked-action.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Destination } from './destination.tsx';
import { Visible } from './visible.tsx';

/** What a job asked and what came of it. */
export function AskedBefore({ jobId }: { readonly jobId: JobId }) {
  const { approvals, jobs } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const open = useStore(approvals, state => state.byJob.get(jobId));
  const state = useStore(jobs, ({ inspected }) => (inspected?.job.id === jobId ? inspected.job.state : null));
  const [asked, setAsked] = useState<readonly ApprovalView[]>([]);
  useEffect(() => {
    let isShown = true;
    void approvals.ofJob(jobId).then(outcome => {
      if (isShown && outcome.ok) setAsked(outcome.value);
    });
    return () => {
      isShown = false;
    };
  }, [approvals, jobId, open, state]);
  const settled = asked.filter(({ answered, isClosed }) => answered !== null || isClosed);
  if (settled.length === 0) return null;

  return (
    <section className="asked-before">
      <h3>{t.asks.history}</h3>
      <ul>
        {settled.map(({ id, type, title, action, destination, answered, requestedAtMs }) => (
          <li key={id}>
            <p>
              <Visible text={askedWords({ title, action }, speech.language)} />
            </p>
            {destination !== null && <Destination destination={destination} />}
            <p className="ask-note">
              {answered === null ? t.asks.unanswered : t.asks.outcome[type][answered.by][answered.decision]}
              {answered?.scope === 'job' && ` ${t.asks.forJob}`}
              {answered?.answer != null && (
                <>
                  {': '}
                  <Visible text={answered.answer} />
                </>
              )}
              {`, ${speech.when(answered?.atMs ?? requestedAtMs, Date.now())}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
