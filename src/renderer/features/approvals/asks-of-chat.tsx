import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';
import { AskCard } from './ask-card.tsx';

/** What jobs of the open chat ask that no answer in it waits for: its work in the background. Under an answer its own card stands. */
export function AsksOfChat() {
  const { approvals, jobs, messages, view } = useServices();
  const { t } = useSpeech();
  const byJob = useStore(approvals, state => state.byJob);
  const knownJobs = useStore(jobs, state => state.byId);
  const sessionId = useStore(view, state => state.sessionId);
  const transcript = useStore(messages, state => state.transcript);
  const underAnswers = new Set(
    (transcript?.messages ?? []).filter(({ state }) => state === 'pending' || state === 'streaming').map(({ jobId }) => jobId),
  );
  const asked = [...byJob.values()].flat().filter(approval => approval.sessionId === sessionId && !underAnswers.has(approval.jobId));
  if (sessionId === null || asked.length === 0) return null;
  return (
    <div className="asks-of-chat" role="region" aria-label={t.jobs.group.needsYou} tabIndex={0}>
      {asked.map(approval => (
        <AskCard key={approval.id} approval={approval} task={knownJobs.get(approval.jobId)?.title} />
      ))}
    </div>
  );
}
