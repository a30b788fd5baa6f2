import { Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { BudgetUnit, BudgetView } from '../../../shared/domain/budget.ts';
import type { CallInput } from '../../../shared/contract/contract.ts';
import { describeLimits, describeSubject } from '../../i18n/budget-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { BudgetForm } from './budget-form.tsx';
import './budgets.css';

type SetBudget = CallInput<'budgets.set'>['budget'];

/** The same budget without one of its limits; without any it is gone. */
function without({ scope, subject, period, limits }: BudgetView, unit: BudgetUnit): SetBudget {
  // The view has the scope and the subject that the call took when it was set.
  return { scope, subject, period, limits: { ...limits, [unit]: null } } as SetBudget;
}

/** What jobs may use up, a line for each limit. */
export function BudgetsSection() {
  const { budgets: store, sessions, jobs, toasts } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const { budgets, failure } = useStore(store);
  const chats = useStore(sessions, state => state.byId);
  const known = useStore(jobs, state => state.byId);
  const [isAdding, setAdding] = useState(false);
  useEffect(() => void store.reload(), [store]);

  function nameOf(id: string): string | null {
    const chat = [...chats.values()].find(session => session.id === id);
    return chat ? (chat.title ?? t.common.untitledChat) : ([...known.values()].find(job => job.id === id)?.title ?? null);
  }

  async function remove(budget: BudgetView, unit: BudgetUnit): Promise<void> {
    const outcome = await store.set(without(budget, unit));
    if (outcome.ok) toasts.say({ key: 'budget', text: said => said.t.budgets.removed });
    else sayError(outcome.code);
  }

  return (
    <section className="setting-group" aria-label={t.budgets.title}>
      <h3>{t.budgets.title}</h3>
      <p className="setting-hint">{budgets?.length === 0 ? t.budgets.empty : t.budgets.lead}</p>
      {failure !== null && <p className="budgets-problem">{speech.error(failure)}</p>}
      <ul className="budgets">
        {budgets?.flatMap(budget =>
          describeLimits(budget, describeSubject(budget, speech, nameOf), speech).map(line => (
            <li key={`${budget.scope}:${budget.subject}:${budget.period}:${line.unit}`}>
              <span>
                {line.limit}
                {line.used !== null && <span className={line.isReached ? 'budget-used budget-full' : 'budget-used'}>{line.used}</span>}
              </span>
              <IconButton size="s" label={t.budgets.remove(line.limit)} icon={<X />} onClick={() => void remove(budget, line.unit)} />
            </li>
          )),
        )}
      </ul>
      {isAdding ? (
        <BudgetForm budgets={budgets ?? []} onDone={() => setAdding(false)} />
      ) : (
        <Button size="s" className="budget-add" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
          {t.budgets.add}
        </Button>
      )}
    </section>
  );
}
