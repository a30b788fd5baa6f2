import type { Language } from '../../shared/domain/language.ts';
import type { RecipeFault } from '../../shared/domain/recipe-fault.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt browser` says. */
export interface BrowserCommandWords {
  readonly noBrowser: string;
  readonly chosen: string;
  readonly noRecipes: string;
  readonly steps: (count: number) => string;
  readonly noSuchRecipe: (name: string) => string;
  readonly notARecipe: (file: string, why: string) => string;
  readonly badParam: (given: string) => string;
  readonly chatName: (recipe: string) => string;
  readonly noLogins: string;
  readonly noSuchLogin: (name: string) => string;
  readonly noPassword: string;
  readonly weakLogin: string;
  readonly loginAdded: (name: string, hosts: string) => string;
  readonly loginRemoved: (name: string) => string;
  readonly loginForgotten: (name: string) => string;
  readonly signedIn: (atMs: number) => string;
  readonly notSignedIn: string;
  readonly keepsPassword: string;
  readonly lockedLogin: string;
  readonly loginInUse: string;
  readonly stopped: (fault: RecipeFault) => string;
  readonly noTable: (count: number) => string;
  readonly kept: (recipe: string, steps: number) => string;
  readonly noSuchWord: (given: string, offered: string) => string;
  readonly lost: (count: number) => string;
}

const ru: BrowserCommandWords = {
  noBrowser: 'Не найдено ни Chrome, ни Edge, ни Chromium. Установите один из них.',
  chosen: 'им пользуются задачи',
  noRecipes: 'Рецептов нет. Запустите из файла: konspekt browser run recipe.json',
  steps: count => `шагов: ${count}`,
  noSuchRecipe: name => `Нет ни файла, ни рецепта «${name}». Список: konspekt browser recipes`,
  notARecipe: (file, why) => `В файле «${file}» не рецепт: ${why}`,
  badParam: given => `Параметр пишется имя=значение, а дано «${given}».`,
  chatName: recipe => `Браузер: ${recipe}`,
  noLogins: 'Входов нет. Добавить: konspekt browser login add Магазин shop.example --user имя --password-stdin',
  noSuchLogin: name => `Входа «${name}» нет. Список: konspekt browser logins`,
  noPassword: 'Пароль ждут из стандартного ввода, например: konspekt browser login add … --password-stdin < файл',
  weakLogin: 'В системе нет хранилища паролей: вход зашифрован, но ключ лежит рядом.',
  loginAdded: (name, hosts) => `Вход «${name}» добавлен, для сайтов: ${hosts}`,
  loginRemoved: name => `Вход «${name}» удалён.`,
  loginForgotten: name => `Сохранённый вход «${name}» забыт. Имя и пароль остались.`,
  signedIn: atMs => `вход сохранён ${new Date(atMs).toLocaleString('ru')}`,
  notSignedIn: 'вход ещё не выполнен',
  keepsPassword: 'пароль сохранён',
  lockedLogin: 'здесь не открыть',
  loginInUse: 'занят задачей',
  stopped: ({ number, expected, seen, cure }) =>
    [`рецепт остановился на шаге ${number}.`, ...(expected === null ? [] : [`Ожидалось: ${expected}.`]), `На деле: ${seen}.`, cure].join(
      '\n',
    ),
  noTable: count => (count === 0 ? 'Эта задача не собрала ни одной таблицы.' : `Такой таблицы нет, всего их ${count}.`),
  kept: (recipe, steps) => `Рецепт «${recipe}» сохранён, шагов: ${steps}.`,
  noSuchWord: (given, offered) =>
    `«${given}» параметром не станет: имя пишется буквами, цифрами и дефисом, а значение берётся из задачи. В ней было: ${offered || 'ничего подходящего'}.`,
  lost: count => `Шагов не вошло: ${count}. Их элементы на странице нельзя найти снова.`,
};

const en: BrowserCommandWords = {
  noBrowser: 'No Chrome, Edge or Chromium was found. Install one of them.',
  chosen: 'the one that tasks use',
  noRecipes: 'There are no recipes. Run one from a file: konspekt browser run recipe.json',
  steps: count => `steps: ${count}`,
  noSuchRecipe: name => `There is neither a file nor a recipe "${name}". List: konspekt browser recipes`,
  notARecipe: (file, why) => `The file "${file}" is no recipe: ${why}`,
  badParam: given => `A parameter is written name=value, and this is "${given}".`,
  chatName: recipe => `Browser: ${recipe}`,
  noLogins: 'There are no logins. Add one: konspekt browser login add Shop shop.example --user name --password-stdin',
  noSuchLogin: name => `There is no login "${name}". List: konspekt browser logins`,
  noPassword: 'The password is expected on standard input, as in: konspekt browser login add … --password-stdin < file',
  weakLogin: 'This system has no keyring: the login is encrypted, and the key lies beside it.',
  loginAdded: (name, hosts) => `The login "${name}" is added, for the sites: ${hosts}`,
  loginRemoved: name => `The login "${name}" is removed.`,
  loginForgotten: name => `"${name}" is no longer signed in. Its name and password are kept.`,
  signedIn: atMs => `signed in, saved ${new Date(atMs).toLocaleString('en')}`,
  notSignedIn: 'not signed in yet',
  keepsPassword: 'the password is kept',
  lockedLogin: 'cannot be opened here',
  loginInUse: 'in use by a task',
  stopped: ({ number, expected, seen, cure }) =>
    [`the recipe stopped at step ${number}.`, ...(expected === null ? [] : [`Expected: ${expected}.`]), `Seen: ${seen}.`, cure].join('\n'),
  noTable: count => (count === 0 ? 'This task has read nothing into a table.' : `There is no such table; there are ${count}.`),
  kept: (recipe, steps) => `The recipe "${recipe}" was saved, steps: ${steps}.`,
  noSuchWord: (given, offered) =>
    `"${given}" cannot be a parameter: a name takes letters, digits and hyphens, and the value is one of the task. It had: ${offered || 'nothing that would do'}.`,
  lost: count => `Steps left out: ${count}. What they meant on the page cannot be found again.`,
};

const words: Readonly<Record<Language, BrowserCommandWords>> = { ru, en };

export function browserWordsFor(locale: string): BrowserCommandWords {
  return words[spokenLanguage(locale)];
}
