import { budgetUnits, everySubject, perTyped, type BudgetUnit, type BudgetView, type Spent } from '../../shared/domain/budget.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import type { ReachedLimit } from '../../shared/domain/job.ts';
import type { Speech } from './format.ts';

export function describeAmount(unit: BudgetUnit, amount: number, speech: Speech): string {
  // What was used up is seldom a whole minute.
  if (unit === 'wallMs' && amount < perTyped.wallMs) return speech.duration(amount);
  const given = amount / perTyped[unit];
  const shown = Math.round(given * hundredths) / hundredths;
  // Less than a cent is still something: what costs is never shown as nothing.
  if (unit === 'moneyMinor' && given > 0 && given < 1 / hundredths)
    return speech.t.budgets.amount[unit](firstDigits[speech.language].format(given), given);
  return speech.t.budgets.amount[unit](speech.number(shown), shown);
}

const secondMs = 1_000;
/** Finer is nobody's concern. */
const hundredths = 100;

/** The first two digits that are not zero. */
const firstDigits = {
  ru: new Intl.NumberFormat('ru-RU', { maximumSignificantDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 2 }),
} as const;

/** All that was used up, biggest concern first; null for nothing. What has no price that anybody knows is said to have none. */
export function describeSpent(spent: Spent, speech: Speech): string | null {
  const used = budgetUnits.filter(unit => spent[unit] > 0).map(unit => describeAmount(unit, spent[unit], speech));
  if (spent.unpricedTokens > 0) used.push(speech.t.budgets.unpriced(speech.number(spent.unpricedTokens), spent.unpricedTokens));
  return used.length === 0 ? null : used.join(', ');
}

/** Whose budget it is. `nameOf` gives the name of a chat, a job or a service, or null where there is none. */
export function describeSubject(
  { scope, subject }: Pick<BudgetView, 'scope' | 'subject'>,
  speech: Speech,
  nameOf: (id: string) => string | null,
): string {
  const { budgets } = speech.t;
  if (scope === 'program') return budgets.scopeName.program;
  return subject === everySubject ? budgets.every[scope] : budgets.one[scope](nameOf(subject) ?? subject);
}

/** Whose budget it is, seen from a job that it holds for: its own, or that of the task it is a part of. */
export function describeOwner({ scope, subject }: Pick<BudgetView, 'scope' | 'subject'>, job: JobId, speech: Speech): string {
  const { budgets } = speech.t;
  if (subject === everySubject || scope === 'program' || scope === 'provider')
    return describeSubject({ scope, subject }, speech, () => null);
  if (scope === 'session') return budgets.thisChat;
  return subject === job ? budgets.thisJob : budgets.wholeTask;
}

/** How much a limit allows. Below a minute exactly: nobody is told that what takes less than a second is at most that. */
function describeLimit(unit: BudgetUnit, limit: number, speech: Speech): string {
  if (unit !== 'wallMs' || limit >= perTyped.wallMs) return describeAmount(unit, limit, speech);
  return speech.t.budgets.seconds(firstDigits[speech.language].format(limit / secondMs));
}

/** A limit in a line with its owner. */
export function describeReached({ scope, subject, period, unit, limit }: ReachedLimit, job: JobId, speech: Speech): string | null {
  if (limit === undefined) return null;
  return speech.t.budgets.line(describeOwner({ scope, subject }, job, speech), describeLimit(unit, limit, speech), period);
}

/** Each limit of a budget as a line: what holds, and what of it is used up where that is one sum. */
export function describeLimits(
  budget: BudgetView,
  /** Null where the place says it. */
  whose: string | null,
  speech: Speech,
): readonly { readonly unit: BudgetUnit; readonly limit: string; readonly used: string | null; readonly isReached: boolean }[] {
  const { budgets } = speech.t;
  return budgetUnits.flatMap(unit => {
    const limit = budget.limits[unit];
    if (limit === null) return [];
    const spent = budget.spent?.[unit] ?? null;
    return [
      {
        unit,
        limit:
          whose === null
            ? speech.t.limits.line(describeLimit(unit, limit, speech), budget.period)
            : budgets.line(whose, describeLimit(unit, limit, speech), budget.period),
        used: spent === null ? null : budgets.used(describeAmount(unit, spent, speech)),
        isReached: spent !== null && spent >= limit,
      },
    ];
  });
}
