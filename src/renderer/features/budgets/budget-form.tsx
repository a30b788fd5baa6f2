import { useState } from 'react';
import {
  budgetPeriods,
  budgetScopes,
  budgetUnits,
  everySubject,
  perTyped,
  type BudgetLimits,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetUnit,
  type BudgetView,
} from '../../../shared/domain/budget.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import type { LimitsOf } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { readAmount, writeAmount } from './read-amount.ts';
import type { SetBudget } from './set-budget.ts';

const noLimits: BudgetLimits = { tokens: null, moneyMinor: null, steps: null, wallMs: null };

/** From the widest to the narrowest, as a person thinks of them. */
const scopes = budgetScopes.toReversed();
const units = budgetUnits.toReversed();
const periods = budgetPeriods.toReversed();

/** A limit that is being changed. */
export interface FormStart {
  readonly unit: BudgetUnit;
  readonly period: BudgetPeriod;
  readonly amount: number | null;
}

interface BudgetFormProps {
  /** Those there are: a limit is added to the one it belongs to. */
  readonly budgets: readonly BudgetView[];
  /** The one chat or job that it is for; null to let the person say for what. */
  readonly of: LimitsOf | null;
  readonly start: FormStart | null;
  readonly onDone: () => void;
}

type Rest = { readonly period: BudgetPeriod; readonly limits: BudgetLimits };

function budgetOf(of: LimitsOf | null, scope: BudgetScope, provider: string, rest: Rest): SetBudget {
  if (of !== null)
    return of.scope === 'job' ? { scope: 'job', subject: of.subject, ...rest } : { scope: 'session', subject: of.subject, ...rest };
  switch (scope) {
    case 'program':
      return { scope, ...rest };
    case 'provider':
      return { scope, subject: provider, ...rest };
    case 'session':
    case 'job':
      return { scope, subject: everySubject, ...rest };
  }
}

export function BudgetForm({ budgets, of, start, onDone }: BudgetFormProps) {
  const { budgets: store, toasts } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const [scope, setScope] = useState<BudgetScope>(of?.scope ?? 'program');
  const [provider, setProvider] = useState(everySubject as string);
  const [period, setPeriod] = useState<BudgetPeriod>(start?.period ?? (of === null ? 'day' : 'ever'));
  const [unit, setUnit] = useState<BudgetUnit>(start?.unit ?? 'wallMs');
  const [text, setText] = useState(start?.amount == null ? '' : writeAmount(start.amount / perTyped[start.unit], speech.language));
  const [problem, setProblem] = useState<string | null>(null);

  async function save(): Promise<void> {
    const amount = readAmount(text, speech.language);
    if (amount === null) return setProblem(t.budgets.badAmount);
    const subject =
      of !== null ? of.subject : scope === 'program' ? '' : scope === 'provider' ? provider.trim() || everySubject : everySubject;
    // A budget is set as a whole: its other limits stay as they are.
    const there = budgets.find(budget => budget.scope === scope && budget.subject === subject && budget.period === period);
    const rounded = Math.round(amount * perTyped[unit]);
    // Less than the smallest part of a unit would be a limit of nothing: no task would run any more.
    if (rounded === 0) return setProblem(t.budgets.badAmount);
    const limits = { ...(there?.limits ?? noLimits), [unit]: rounded };
    const outcome = await store.set(budgetOf(of, scope, subject, { period, limits }));
    if (!outcome.ok) return setProblem(speech.error(outcome.code));
    toasts.say({ key: 'budget', text: said => said.t.budgets.saved(outcome.resumed) });
    onDone();
  }

  return (
    <div className="budget-form">
      {of === null && (
        <SelectField
          label={t.budgets.scope}
          value={scope}
          options={scopes.map(value => ({ value, label: t.budgets.scopeName[value] }))}
          onChange={setScope}
        />
      )}
      {of === null && scope === 'provider' && (
        <TextField label={t.budgets.provider} value={provider} maxLength={100} onChange={setProvider} />
      )}
      {start === null && (
        <SelectField
          label={t.budgets.unit}
          value={unit}
          options={units.map(value => ({ value, label: t.budgets.unitName[value] }))}
          onChange={setUnit}
        />
      )}
      <TextField
        label={start === null ? t.budgets.most : t.budgets.unitName[unit]}
        value={text}
        inputMode="decimal"
        maxLength={20}
        autoFocus
        problem={problem}
        onChange={next => {
          setText(next);
          setProblem(null);
        }}
      />
      {start === null && (
        <SelectField
          label={t.budgets.period}
          value={period}
          options={periods.map(value => ({ value, label: t.budgets.periodName[value] }))}
          onChange={setPeriod}
        />
      )}
      <div className="budget-form-foot">
        <Button size="s" onClick={onDone}>
          {t.budgets.cancel}
        </Button>
        <Button size="s" variant="accent" onClick={() => void save()}>
          {t.budgets.save}
        </Button>
      </div>
    </div>
  );
}
