import { isFinal } from '../../../shared/domain/job-state.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { describeLimits, describeOwner, describeSpent } from '../../i18n/budget-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';

/** What a job has used up and the limits that hold for it; nothing for one that has ended with neither. */
export function Spending({ inspection, nowMs }: { readonly inspection: JobInspection; readonly nowMs: number }) {
  const { view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { job, spent, budgets = [] } = inspection;
  const used = spent ? describeSpent(spent, speech) : null;
  if (used === null && budgets.length === 0 && isFinal(job.state)) return null;

  return (
    <section>
      <h3>{t.inspector.spending}</h3>
      {used !== null && <p className="inspector-spent">{t.inspector.withDetail(t.inspector.spent, used)}</p>}
      {budgets.length === 0 && <p className="inspector-none">{t.limits.none}</p>}
      <ul className="inspector-budgets">
        {budgets.flatMap(budget =>
          describeLimits(budget, describeOwner(budget, job.id, speech), speech).map(line => (
            <li key={`${budget.scope}:${budget.subject}:${budget.period}:${line.unit}`} className={line.isReached ? 'budget-reached' : ''}>
              {[line.limit, line.used, budget.endsAtMs === null ? null : t.budgets.until(speech.when(budget.endsAtMs, nowMs))]
                .filter(part => part !== null)
                .join(', ')}
            </li>
          )),
        )}
      </ul>
      <Button size="s" onClick={() => view.openLimits({ scope: 'job', subject: job.id })}>
        {budgets.length === 0 ? t.limits.ofJob : t.inspector.changeBudgets}
      </Button>
    </section>
  );
}
