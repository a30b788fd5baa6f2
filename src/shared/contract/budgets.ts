import { z } from 'zod';
import { budgetLimits, budgetPeriods, budgetSubject, budgetView, everySubject, spent } from '../domain/budget.ts';
import { jobId, sessionId } from '../domain/ids.ts';
import { call } from './define.ts';

const every = z.literal(everySubject);
const how = { period: z.enum(budgetPeriods), limits: budgetLimits };

export const budgetRoutes = {
  'budgets.list': call({ input: z.strictObject({}), output: z.strictObject({ budgets: z.array(budgetView) }) }),
  /**
   * What a chat or a job has used up, and every budget that holds for it, the widest last; for a chat also those of each
   * of its jobs. Time is counted only where a budget limits it.
   */
  'budgets.of': call({
    input: z.strictObject({
      of: z.discriminatedUnion('scope', [
        z.strictObject({ scope: z.literal('job'), subject: jobId }),
        z.strictObject({ scope: z.literal('session'), subject: sessionId }),
      ]),
    }),
    output: z.strictObject({ spent, spentToday: spent, budgets: z.array(budgetView) }),
    errors: ['not_found'],
  }),
  /** Sets or, with limits that are all null, removes one. Jobs that it no longer keeps waiting go on. */
  'budgets.set': call({
    input: z.strictObject({
      budget: z.discriminatedUnion('scope', [
        z.strictObject({ scope: z.literal('job'), subject: jobId.or(every), ...how }),
        z.strictObject({ scope: z.literal('session'), subject: sessionId.or(every), ...how }),
        z.strictObject({ scope: z.literal('provider'), subject: budgetSubject.min(1), ...how }),
        z.strictObject({ scope: z.literal('program'), subject: z.literal('').default(''), ...how }),
      ]),
    }),
    output: z.strictObject({ budget: budgetView, resumed: z.int().nonnegative() }),
    errors: ['not_found', 'storage_full'],
  }),
} as const;
