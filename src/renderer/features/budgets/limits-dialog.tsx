import { Plus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { BudgetUnit, BudgetView } from '../../../shared/domain/budget.ts';
import { describeSpent, describeSubject } from '../../i18n/budget-words.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import type { LimitsOf } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { BudgetForm, type FormStart } from './budget-form.tsx';
import { LimitLines } from './limit-line.tsx';
import { withoutLimit } from './set-budget.ts';
import './budgets.css';

/** The limits of one chat or one job: what it has used up, its own limits to change, and those that hold as well. */
export function LimitsDialog() {
  const { view } = useServices();
  const of = useStore(view, state => state.limitsOf);
  return of === null ? null : <Limits key={of.subject} of={of} />;
}

function Limits({ of }: { readonly of: LimitsOf }) {
  const { budgets: store, sessions, jobs, view, toasts } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const [held, setHeld] = useState<CallOutput<'budgets.of'> | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [form, setForm] = useState<FormStart | 'new' | null>(null);
  const chats = useStore(sessions, state => state.byId);
  const known = useStore(jobs, state => state.byId);
  const title =
    of.scope === 'session' ? (chats.get(of.subject)?.title ?? t.common.untitledChat) : (known.get(of.subject)?.title ?? t.budgets.thisJob);

  const read = useCallback(async (): Promise<void> => {
    const outcome = await store.of(of);
    if (outcome.ok) setHeld(outcome.value);
    else setFailure(outcome.code);
  }, [store, of]);
  useEffect(() => void read(), [read]);

  async function remove(budget: BudgetView, unit: BudgetUnit): Promise<void> {
    const outcome = await store.set(withoutLimit(budget, unit));
    if (!outcome.ok) return sayError(outcome.code);
    toasts.say({ key: 'budget', text: said => said.t.budgets.removed });
    await read();
  }

  const own = held?.budgets.filter(budget => budget.subject === of.subject) ?? [];
  const others = held?.budgets.filter(budget => budget.subject !== of.subject) ?? [];
  const nameOf = (id: string): string | null => [...chats.values()].find(chat => chat.id === id)?.title ?? null;

  return (
    <Dialog open onClose={() => view.setDialog(null)} title={t.limits.title[of.scope](title)} closeLabel={t.common.close}>
      {held === null ? (
        <p className="setting-hint" role="status">
          {failure === null ? t.common.loading : speech.error(failure)}
        </p>
      ) : (
        <div className="limits">
          <Used held={held} />
          <section aria-label={t.limits.own[of.scope]}>
            <h3>{t.limits.own[of.scope]}</h3>
            {own.length === 0 && <p className="limits-none">{t.limits.noneOwn}</p>}
            <ul className="budgets">
              {own.map(budget => (
                <LimitLines
                  key={budget.period}
                  budget={budget}
                  whose={null}
                  onChange={unit => setForm({ unit, period: budget.period, amount: budget.limits[unit] })}
                  onRemove={unit => void remove(budget, unit)}
                />
              ))}
            </ul>
            {form === null ? (
              <Button size="s" className="budget-add" icon={<Plus aria-hidden />} onClick={() => setForm('new')}>
                {t.budgets.add}
              </Button>
            ) : (
              <BudgetForm
                // Another limit is another form.
                key={form === 'new' ? 'new' : `${form.period}:${form.unit}`}
                budgets={own}
                of={of}
                start={form === 'new' ? null : form}
                onDone={() => {
                  setForm(null);
                  void read();
                }}
              />
            )}
          </section>
          {others.length > 0 && (
            <section aria-label={t.limits.alsoHold}>
              <h3>{t.limits.alsoHold}</h3>
              <ul className="budgets">
                {others.map(budget => (
                  <LimitLines
                    key={`${budget.scope}:${budget.subject}:${budget.period}`}
                    budget={budget}
                    whose={describeSubject(budget, speech, nameOf)}
                  />
                ))}
              </ul>
            </section>
          )}
          <footer className="limits-foot">
            <p>{t.limits.whatHappens}</p>
            <Button size="s" variant="quiet" onClick={() => view.openSettings('limits')}>
              {t.limits.inSettings}
            </Button>
          </footer>
        </div>
      )}
    </Dialog>
  );
}

function Used({ held: { spent, spentToday } }: { readonly held: CallOutput<'budgets.of'> }) {
  const speech = useSpeech();
  const { t } = speech;
  const ever = describeSpent(spent, speech);
  const today = describeSpent(spentToday, speech);
  return (
    <p className="limits-used">
      {ever === null ? (
        t.limits.nothingUsed
      ) : (
        <>
          {t.inspector.withDetail(t.limits.used, ever)}
          {today !== null && today !== ever && <span>{t.limits.usedToday(today)}</span>}
        </>
      )}
    </p>
  );
}
