import { useStore } from 'zustand';
import type { BudgetView } from '../../../shared/domain/budget.ts';
import type { JobView } from '../../../shared/domain/job.ts';
import { describeSubject } from '../../i18n/budget-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

/** Names whose budget it is, as seen from one job. */
export function useBudgetOwner(job: JobView): (budget: BudgetView) => string {
  const { sessions } = useServices();
  const speech = useSpeech();
  const chats = useStore(sessions, state => state.byId);
  return budget => {
    if (budget.subject === job.id) return speech.t.budgets.thisJob;
    if (budget.subject === job.sessionId) return speech.t.budgets.thisChat;
    return describeSubject(budget, speech, id => [...chats.values()].find(chat => chat.id === id)?.title ?? null);
  };
}
