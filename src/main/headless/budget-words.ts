import type { BudgetPeriod, BudgetScope, BudgetUnit } from '../../shared/domain/budget.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt budgets` and `konspekt jobs show` say of budgets, in both languages. */
export interface BudgetWords {
  readonly none: string;
  readonly scopes: Readonly<Record<BudgetScope, string>>;
  readonly every: Readonly<Record<Exclude<BudgetScope, 'program'>, string>>;
  readonly periods: Readonly<Record<BudgetPeriod, string>>;
  /** An amount with its unit. */
  readonly amounts: Readonly<Record<BudgetUnit, (amount: string) => string>>;
  readonly of: (spent: string, limit: string) => string;
  readonly used: string;
  /** Tokens whose price nobody knows. */
  readonly unpriced: (tokens: string) => string;
  readonly until: (at: string) => string;
  readonly removed: string;
  readonly noneToRemove: string;
  readonly resumed: (count: number) => string;
  readonly needsSubject: string;
  readonly noSubject: string;
  readonly noSuchJob: (id: string) => string;
}

const ru: BudgetWords = {
  none: 'Ограничений нет. Задать: konspekt budgets set program --day --tokens 100000',
  scopes: { job: 'задача', session: 'чат', provider: 'служба', program: 'вся программа' },
  every: { job: 'каждая задача', session: 'каждый чат', provider: 'каждая служба' },
  periods: { ever: 'за всё время', day: 'в день' },
  amounts: {
    tokens: amount => `токены: ${amount}`,
    moneyMinor: amount => `деньги: ${amount} $`,
    steps: amount => `шаги: ${amount}`,
    wallMs: amount => `время: ${amount} с`,
  },
  of: (spent, limit) => `${spent} из ${limit}`,
  used: 'израсходовано',
  unpriced: tokens => `цена неизвестна для токенов: ${tokens}`,
  until: at => `до ${at}`,
  removed: 'Ограничение снято.',
  noneToRemove: 'Такого ограничения и не было. Чтобы задать его, назовите предел: --tokens, --money, --steps или --minutes.',
  resumed: count => `Снова в очереди задач: ${count}.`,
  needsSubject: 'Назовите, чьё это ограничение: номер задачи, чат, имя службы или «*» для каждого.',
  noSubject: 'Ограничение всей программы ни к кому в отдельности не относится. Уберите лишнее слово.',
  noSuchJob: id => `Задачи «${id}» нет. Список: konspekt jobs list`,
};

const en: BudgetWords = {
  none: 'There are no budgets. Set one: konspekt budgets set program --day --tokens 100000',
  scopes: { job: 'task', session: 'chat', provider: 'service', program: 'the whole program' },
  every: { job: 'every task', session: 'every chat', provider: 'every service' },
  periods: { ever: 'in all', day: 'a day' },
  amounts: {
    tokens: amount => `tokens: ${amount}`,
    moneyMinor: amount => `money: $${amount}`,
    steps: amount => `steps: ${amount}`,
    wallMs: amount => `time: ${amount} s`,
  },
  of: (spent, limit) => `${spent} of ${limit}`,
  used: 'used up',
  unpriced: tokens => `tokens whose price is not known: ${tokens}`,
  until: at => `until ${at}`,
  removed: 'The budget is taken away.',
  noneToRemove: 'There was no such budget. To set one, give a limit: --tokens, --money, --steps or --minutes.',
  resumed: count => `Tasks that go on: ${count}.`,
  needsSubject: 'Say whose budget it is: the id of a task, a chat, the name of a service, or "*" for each.',
  noSubject: 'The budget of the whole program is nobody’s in particular. Leave the extra word out.',
  noSuchJob: id => `There is no task "${id}". See: konspekt jobs list`,
};

const words: Readonly<Record<Language, BudgetWords>> = { ru, en };

export function budgetWordsFor(locale: string): BudgetWords {
  return words[spokenLanguage(locale)];
}
