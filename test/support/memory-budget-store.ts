import type { BudgetScope, Spent } from '../../src/shared/domain/budget.ts';
import type { BudgetStore, StoredBudget } from '../../src/main/engine/budget-store.ts';

interface Charge extends Spent {
  readonly scope: BudgetScope;
  readonly subject: string;
  readonly dayEndsAtMs: number;
}

const nothing: Spent = { tokens: 0, moneyMinor: 0, steps: 0, wallMs: 0, unpricedTokens: 0 };
const sum = (a: Spent, b: Spent): Spent => ({
  tokens: a.tokens + b.tokens,
  moneyMinor: a.moneyMinor + b.moneyMinor,
  steps: a.steps + b.steps,
  wallMs: a.wallMs + b.wallMs,
  unpricedTokens: a.unpricedTokens + b.unpricedTokens,
});

/** The budgets' port in memory: charges are kept one by one and added up when they are asked for. */
export function createMemoryBudgetStore(
  belongings: BudgetStore['belongings'],
  ancestors: BudgetStore['ancestors'] = () => [],
): BudgetStore {
  const charges: Charge[] = [];
  let kept: readonly StoredBudget[] = [];
  const placeOf = ({ scope, subject, period }: StoredBudget): string => JSON.stringify([scope, subject, period]);
  return {
    budgets: () => kept.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
    put(budget) {
      const others = kept.filter(other => placeOf(other) !== placeOf(budget));
      kept = Object.values(budget.limits).every(limit => limit === null) ? others : [...others, budget];
    },
    spent: (scope, subject, dayEndsAtMs) =>
      charges
        .filter(
          charge => charge.scope === scope && charge.subject === subject && (dayEndsAtMs === null || charge.dayEndsAtMs === dayEndsAtMs),
        )
        .reduce(sum, nothing),
    add(scope, subject, dayEndsAtMs, more) {
      charges.push({ scope, subject, dayEndsAtMs, ...more });
    },
    belongings,
    ancestors,
  };
}
