import { useStore } from 'zustand';
import type { BudgetView } from '../../../shared/domain/budget.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { describeLimits, describeSpent, describeSubject } from '../../i18n/budget-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** What a job has used up and the limits that hold for it; nothing where there is neither. */
export function Spending({ inspection, nowMs }: { readonly inspection: JobInspection; readonly nowMs: number }) {
  const { view, sessions } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const chats = useStore(sessions, state => state.byId);
  const { job, spent, budgets = [] } = inspection;
  const used = spent ? describeSpent(spent, speech) : null;
  if (used === null && budgets.length === 0) return null;

  function whose(budget: BudgetView): string {
    if (budget.subject === job.id) return t.budgets.thisJob;
    if (budget.subject === job.sessionId) return t.budgets.thisChat;
    return describeSubject(budget, speech, id => [...chats.values()].find(chat => chat.id === id)?.title ?? null);
  }

  return (
    <section>
      <h3>{t.inspector.spending}</h3>
      {used !== null && <p className="inspector-spent">{t.inspector.withDetail(t.inspector.spent, used)}</p>}
      <ul className="inspector-budgets">
        {budgets.flatMap(budget =>
          describeLimits(budget, whose(budget), speech).map(line => (
            <li key={`${budget.scope}:${budget.subject}:${budget.period}:${line.unit}`} className={line.isReached ? 'budget-reached' : ''}>
              {[line.limit, line.used, budget.endsAtMs === null ? null : t.budgets.until(speech.when(budget.endsAtMs, nowMs))]
                .filter(part => part !== null)
                .join(', ')}
            </li>
          )),
        )}
      </ul>
      {budgets.length > 0 && (
        <Button size="s" onClick={() => view.setDialog('settings')}>
          {t.inspector.changeBudgets}
        </Button>
      )}
    </section>
  );
}
