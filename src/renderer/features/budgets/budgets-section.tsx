import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { BudgetUnit, BudgetView } from '../../../shared/domain/budget.ts';
import { describeSubject } from '../../i18n/budget-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { BudgetForm } from './budget-form.tsx';
import { LimitLines } from './limit-line.tsx';
import { withoutLimit } from './set-budget.ts';
import './budgets.css';

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
    const outcome = await store.set(withoutLimit(budget, unit));
    if (outcome.ok) toasts.say({ key: 'budget', text: said => said.t.budgets.removed });
    else sayError(outcome.code);
  }

  return (
    <section className="setting-group" aria-label={t.budgets.title}>
      <h3>{t.budgets.title}</h3>
      <p className="setting-hint">{budgets?.length === 0 ? t.budgets.empty : t.budgets.lead}</p>
      {failure !== null && <p className="budgets-problem">{speech.error(failure)}</p>}
      <ul className="budgets">
        {budgets?.map(budget => (
          <LimitLines
            key={`${budget.scope}:${budget.subject}:${budget.period}`}
            budget={budget}
            whose={describeSubject(budget, speech, nameOf)}
            onRemove={unit => void remove(budget, unit)}
          />
        ))}
      </ul>
      {isAdding ? (
        <BudgetForm budgets={budgets ?? []} of={null} start={null} onDone={() => setAdding(false)} />
      ) : (
        <Button size="s" className="budget-add" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
          {t.budgets.add}
        </Button>
      )}
    </section>
  );
}
