import { z } from 'zod';
import { epochMs } from './ids.ts';

/** Whose spending is limited: one job's, one chat's, one outside service's, or all of the program's. */
export const budgetScopes = ['job', 'session', 'provider', 'program'] as const;
export type BudgetScope = (typeof budgetScopes)[number];

/** Over its whole life, or anew each calendar day of this machine's time zone. */
export const budgetPeriods = ['ever', 'day'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

export const budgetUnits = ['tokens', 'moneyMinor', 'steps', 'wallMs'] as const;
export type BudgetUnit = (typeof budgetUnits)[number];

/** How many of a unit's amounts are one of what a person types: a token, a whole unit of money, a step, a minute. */
export const perTyped: Readonly<Record<BudgetUnit, number>> = { tokens: 1, moneyMinor: 100, steps: 1, wallMs: 60_000 };

/** Above any sum a person means, and far below where whole numbers end. */
const mostOfAUnit = 1_000_000_000_000;
const amount = z.number().nonnegative().max(mostOfAUnit);
const whole = z.int().nonnegative().max(mostOfAUnit);

/**
 * What a step of a worker has used up, beside the time it took, which main measures. Money is in cents of the US dollar, which
 * providers publish their prices in, with fractions: one answer of a model costs less than a cent. Of `unpricedTokens`, which
 * are among the tokens, nobody knows what they cost; none when absent.
 */
export const usage = z.strictObject({ tokens: whole.default(0), moneyMinor: amount.default(0), unpricedTokens: whole.optional() });
export type Usage = z.output<typeof usage>;

/** Steps and time are counted where a limit on them holds. */
export const spent = z.strictObject({ tokens: whole, moneyMinor: amount, steps: whole, wallMs: whole, unpricedTokens: whole });
export type Spent = z.output<typeof spent>;

/** Null for no limit. */
export const budgetLimits = z.strictObject({
  tokens: whole.nullable(),
  moneyMinor: whole.nullable(),
  /** Steps that a job's journal has: calls of a model and of tools, pages, sections. */
  steps: whole.nullable().default(null),
  wallMs: whole.nullable(),
});
export type BudgetLimits = z.output<typeof budgetLimits>;

/** A budget of every job, chat or service that has none of its own. */
export const everySubject = '*';

/** The id of the job or the session, the name of the provider, `*`, or nothing for the program. */
export const budgetSubject = z.string().max(100);

export const budgetView = z.strictObject({
  scope: z.enum(budgetScopes),
  subject: budgetSubject,
  period: z.enum(budgetPeriods),
  limits: budgetLimits,
  /** In the period at hand; of a budget of every subject what the one that is looked at has spent, null where none is. */
  spent: spent.nullable(),
  /** When the period ends; null for `ever`. */
  endsAtMs: epochMs.nullable(),
});
export type BudgetView = z.output<typeof budgetView>;
