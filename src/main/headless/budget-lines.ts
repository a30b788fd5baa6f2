import { budgetUnits, everySubject, perTyped, type BudgetUnit, type BudgetView, type Spent } from '../../shared/domain/budget.ts';
import { budgetWordsFor, type BudgetWords } from './budget-words.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';

const secondMs = 1_000;

/** A budget on one line: whose, how much of what, until when. */
export function budgetLine({ scope, subject, period, limits, spent, endsAtMs }: BudgetView, { locale }: CommandContext): string {
  const words = budgetWordsFor(locale);
  const amounts = budgetUnits.flatMap(unit => {
    const limit = limits[unit];
    if (limit === null) return [];
    const most = shown(unit, limit, locale);
    return words.amounts[unit](spent === null ? most : words.of(shown(unit, spent[unit], locale), most));
  });
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return [
    `${whose(scope, subject, words)}, ${words.periods[period]}`,
    amounts.join(', '),
    ...(endsAtMs === null ? [] : [words.until(at.format(endsAtMs))]),
  ].join('  ');
}

/** What a job has used up, and the budgets that hold for it; nothing when there is neither. */
export function spendingLines(
  spent: Spent | undefined,
  budgets: readonly BudgetView[] | undefined,
  context: CommandContext,
): readonly string[] {
  const words = budgetWordsFor(context.locale);
  const used = budgetUnits
    .filter(unit => (spent?.[unit] ?? 0) > 0)
    .map(unit => words.amounts[unit](shown(unit, spent?.[unit] ?? 0, context.locale)));
  const unpriced = spent?.unpricedTokens ?? 0;
  if (unpriced > 0) used.push(words.unpriced(unpriced.toLocaleString(context.locale)));
  return [
    ...(used.length === 0 ? [] : [`  ${words.used}: ${used.join(', ')}`]),
    ...(budgets ?? []).map(budget => `  ${budgetLine(budget, context)}`),
  ];
}

function whose(scope: BudgetView['scope'], subject: string, words: BudgetWords): string {
  if (scope === 'program') return words.scopes.program;
  return subject === everySubject ? words.every[scope] : `${words.scopes[scope]} ${printable(subject)}`;
}

/** Money in units with two digits, time in seconds. */
function shown(unit: BudgetUnit, amount: number, locale: string): string {
  switch (unit) {
    case 'tokens':
    case 'steps':
      return amount.toLocaleString(locale);
    case 'moneyMinor':
      return (amount / perTyped.moneyMinor).toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
    case 'wallMs':
      return (amount / secondMs).toLocaleString(locale, { maximumFractionDigits: 1 });
  }
}
