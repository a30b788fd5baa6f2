import type { CallInput } from '../../../shared/contract/contract.ts';
import type { BudgetUnit, BudgetView } from '../../../shared/domain/budget.ts';

export type SetBudget = CallInput<'budgets.set'>['budget'];

/** The same budget without one of its limits; without any it is gone. */
export function withoutLimit({ scope, subject, period, limits }: BudgetView, unit: BudgetUnit): SetBudget {
  // The view has the scope and the subject that the call took when it was set.
  return { scope, subject, period, limits: { ...limits, [unit]: null } } as SetBudget;
}
