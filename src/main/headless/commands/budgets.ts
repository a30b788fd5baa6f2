import type { Client } from '../../../shared/contract/client.ts';
import { everySubject, type BudgetLimits, type BudgetPeriod, type BudgetScope } from '../../../shared/domain/budget.ts';
import type { CallInput } from '../../../shared/contract/contract.ts';
import { withProgram } from '../attach.ts';
import { budgetLine } from '../budget-lines.ts';
import { budgetWordsFor } from '../budget-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { unwrap } from '../unwrap.ts';
import { findJob } from './jobs.ts';

type Budget = CallInput<'budgets.set'>['budget'];

export function listBudgets(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { budgets } = unwrap(await client.call('budgets.list', {}), context.words);
    if (options.json) for (const budget of budgets) context.out.write(`${JSON.stringify(budget)}\n`);
    else if (budgets.length === 0) context.out.write(`${budgetWordsFor(context.locale).none}\n`);
    else for (const budget of budgets) context.out.write(`${budgetLine(budget, context)}\n`);
    return exitCodes.done;
  });
}

/** Without a limit the budget is taken away. */
export function setBudget(
  context: CommandContext,
  scope: BudgetScope,
  given: string | null,
  options: { readonly period: BudgetPeriod; readonly limits: BudgetLimits },
): Promise<ExitCode> {
  const words = budgetWordsFor(context.locale);
  if (scope === 'program' && given !== null) throw new CommandError(exitCodes.usage, words.noSubject);
  if (scope !== 'program' && given === null) throw new CommandError(exitCodes.usage, words.needsSubject);
  return withProgram(context, { works: false }, async ({ client }) => {
    const asked = await whose(client, scope, given ?? '', options, context);
    const before = unwrap(await client.call('budgets.list', {}), context.words).budgets;
    const wasThere = before.some(each => each.scope === asked.scope && each.subject === asked.subject && each.period === asked.period);
    const set = await client.call('budgets.set', { budget: asked });
    if (!set.ok && set.error.code === 'not_found') throw new CommandError(exitCodes.notFound, words.noSuchJob(given ?? ''));
    const { budget, resumed } = unwrap(set, context.words);
    const isGone = Object.values(budget.limits).every(limit => limit === null);
    context.out.write(`${isGone ? (wasThere ? words.removed : words.noneToRemove) : budgetLine(budget, context)}\n`);
    if (resumed > 0) context.out.write(`${words.resumed(resumed)}\n`);
    return exitCodes.done;
  });
}

async function whose(
  client: Client,
  scope: BudgetScope,
  given: string,
  how: { readonly period: BudgetPeriod; readonly limits: BudgetLimits },
  context: CommandContext,
): Promise<Budget> {
  switch (scope) {
    case 'program':
      return { scope, subject: '', ...how };
    case 'provider':
      return { scope, subject: given, ...how };
    case 'job':
      return { scope, subject: given === everySubject ? given : await findJob(client, given, context), ...how };
    case 'session':
      return { scope, subject: given === everySubject ? given : await findChat(client, given, context), ...how };
  }
}
