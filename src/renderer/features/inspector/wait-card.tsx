import { Hourglass } from 'lucide-react';
import { useStore } from 'zustand';
import { everySubject } from '../../../shared/domain/budget.ts';
import { jobId } from '../../../shared/domain/ids.ts';
import type { JobInspection, JobView, ReachedLimit } from '../../../shared/domain/job.ts';
import { describeLimits, describeOwner } from '../../i18n/budget-words.ts';
import { explainHold, holdOf, type Hold } from '../../i18n/wait-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** What ends a wait, where a person can: a button's words and what it does. */
interface Way {
  readonly label: string;
  readonly run: () => void;
}

/** Why a job is not at work, beyond the line above it, and what the person can do about that. */
export function WaitCard({ inspection }: { readonly inspection: JobInspection }) {
  const { app, approvals } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { job, undecided } = inspection;
  const status = useStore(app, state => state.status);
  const isAsking = useStore(approvals, state => state.byJob.has(job.id));
  const ways = useWays();
  // A question has a card of its own, and what is being undone or stopped waits for nothing else.
  const hold = isAsking || undecided.length > 0 || job.undoing !== null || job.cancelRequested ? null : holdOf(job, status);
  if (hold === null) return null;
  const needsYou = hold.why === 'approval' || hold.why === 'answer' || hold.why === 'budget';
  return (
    <section className={`wait-card ${needsYou ? 'wait-card-asks' : ''}`} aria-label={t.waits.label}>
      <Hourglass aria-hidden />
      <div>
        <ReachedLimits inspection={inspection} hold={hold} />
        <p>{explainHold(hold, speech)}</p>
        <p className="wait-ways">
          {ways(hold, job).map(({ label, run }) => (
            <Button key={label} size="s" onClick={run}>
              {label}
            </Button>
          ))}
        </p>
      </div>
    </section>
  );
}

/** The limit that keeps the job, with what of it is used up. */
function ReachedLimits({ inspection, hold }: { readonly inspection: JobInspection; readonly hold: Hold }) {
  const speech = useSpeech();
  if (hold.why !== 'budget' && hold.why !== 'budgetToday') return null;
  const lines = (inspection.budgets ?? [])
    .flatMap(budget => describeLimits(budget, describeOwner(budget, inspection.job.id, speech), speech))
    .filter(({ isReached }) => isReached);
  return lines.map(({ limit, used }) => (
    <p key={limit} className="wait-limit">
      {used === null ? limit : `${limit}, ${used}`}
    </p>
  ));
}

function useWays(): (hold: Hold, job: JobView) => readonly Way[] {
  const { app, jobs, view, toasts } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();

  async function lookNow(job: JobView): Promise<void> {
    const failed = await jobs.resume(job.id);
    if (failed !== null) sayError(failed);
    else toasts.say({ key: 'looked', text: said => said.t.waits.lookedAgain });
  }

  function changeLimit(limit: ReachedLimit | null, job: JobView): void {
    if (limit?.scope === 'session' && job.sessionId !== null) view.openLimits({ scope: 'session', subject: job.sessionId });
    else if (limit?.scope === 'program' || limit?.scope === 'provider') view.openSettings('limits');
    // A part of a task waits for the limit of the whole.
    else view.openLimits({ scope: 'job', subject: limit === null || limit.subject === everySubject ? job.id : jobId.parse(limit.subject) });
  }

  return (hold, job) => {
    const { sessionId } = job;
    const openChat: Way[] = sessionId === null ? [] : [{ label: t.waits.openChat, run: () => view.openSession(sessionId) }];
    switch (hold.why) {
      case 'approval':
      case 'answer':
        return openChat;
      case 'network':
      case 'provider':
      case 'disk':
        return [{ label: t.waits.lookNow, run: () => void lookNow(job) }];
      case 'budget':
      case 'budgetToday':
        return [{ label: t.waits.changeLimit, run: () => changeLimit(hold.wait?.limit ?? null, job) }];
      case 'documents':
        return [
          {
            label: t.waits.showSources,
            run() {
              if (sessionId !== null) view.openSession(sessionId);
              view.showSources();
            },
          },
        ];
      case 'pause':
        return [{ label: t.waits.resumeQueue, run: () => void app.setPaused(false).then(sayError) }];
      case 'kindPause':
        return [
          { label: t.waits.resumeKind(t.queue.kinds[hold.kind]), run: () => void app.setKindPaused(hold.kind, false).then(sayError) },
        ];
      case 'worker':
        return [{ label: t.waits.showHealth, run: () => view.setDialog('health') }];
      case 'browsers':
        return [{ label: t.waits.browserSettings, run: () => view.openSettings('browser') }];
      // These end by themselves, and nothing a person could press would be quicker.
      case 'children':
      case 'login':
      case 'retry':
      case 'due':
      case 'storage':
      case 'narrow':
        return [];
    }
  };
}
