import { Argument, type Command } from 'commander';
import { budgetScopes, perTyped, type BudgetScope, type BudgetUnit } from '../../shared/domain/budget.ts';
import { badArgument, inTheSystemsLanguage } from './bad-argument.ts';
import type { Run } from './command-context.ts';
import { refuseUnknownVerb } from './refuse-unknown-verb.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { listBudgets, setBudget } from './commands/budgets.ts';

const budgetsHelp = `
A task whose budget is used up waits, with its finished steps kept, until the budget is raised or its day ends. A day ends at
midnight of this machine's time zone. Money is reckoned in one currency of yours; steps (calls of a model and of tools, pages,
sections) and time are counted from when a limit on them is set.

Examples:
  konspekt budgets set program --day --money 2.50
  konspekt budgets set job "*" --minutes 30
  konspekt budgets set job "*" --steps 100
  konspekt budgets set session "Seminar" --tokens 200000
  konspekt budgets set session "Seminar"            # takes the budget away
  konspekt budgets set provider ollama --day --minutes 90

JSON of list (one budget a line): scope, subject, period, limits {tokens, moneyMinor, steps, wallMs}, spent {the same} or null, endsAtMs or null.
`;

/** `konspekt budgets …`. */
export function addBudgetsCommand(program: Command, run: Run): void {
  const budgets = program.command('budgets').description('limit what tasks use up').addHelpText('after', budgetsHelp);
  const list = budgets
    .command('list', { isDefault: true })
    .description('budgets and what is spent of them')
    .option('--json', 'one JSON object a line; see "konspekt budgets --help"', false)
    .action(run((ctx, options: { json: boolean }) => listBudgets(ctx, options)));
  refuseUnknownVerb(budgets, list);
  budgets
    .command('set')
    .description('set a budget, or take it away by giving no limit')
    .addArgument(new Argument('<scope>', 'whose it is').choices(budgetScopes))
    .argument('[subject]', 'the id of a task, part of a chat’s title, the name of a service; "*" for each')
    .option('--tokens <number>', 'tokens of models', amount)
    .option('--money <number>', 'money, with cents', amount)
    .option('--steps <number>', 'recorded steps', amount)
    .option('--minutes <number>', 'minutes at work', amount)
    .option('--day', 'anew each day', false)
    .action(
      run(
        (
          ctx,
          scope: BudgetScope,
          subject: string | undefined,
          { tokens, money, steps, minutes, day }: { tokens?: number; money?: number; steps?: number; minutes?: number; day: boolean },
        ) =>
          setBudget(ctx, scope, subject ?? null, {
            period: day ? 'day' : 'ever',
            limits: {
              tokens: limitOf('tokens', tokens),
              moneyMinor: limitOf('moneyMinor', money),
              steps: limitOf('steps', steps),
              wallMs: limitOf('wallMs', minutes),
            },
          }),
      ),
    );
}

/** What was typed, in the unit's amounts; null, no limit, where nothing was. */
function limitOf(unit: BudgetUnit, typed: number | undefined): number | null {
  if (typed === undefined) return null;
  const limit = Math.round(typed * perTyped[unit]);
  if (limit === 0) throw new CommandError(exitCodes.usage, inTheSystemsLanguage(tooSmall(typed)));
  return limit;
}

const tooSmall = (typed: number) => ({
  ru: `При пределе ${typed} не начнётся ни одна работа. Укажите число больше; чтобы остановить работу, есть «konspekt jobs pause».`,
  en: `A limit of ${typed} lets no task begin. Give a larger number; to stop the work, use "konspekt jobs pause".`,
});

function amount(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0 || number > 1_000_000_000)
    throw badArgument({ ru: 'Это число больше 0, до миллиарда.', en: 'It is a number above 0, up to a thousand million.' });
  if (number === 0) throw badArgument(tooSmall(0));
  return number;
}
