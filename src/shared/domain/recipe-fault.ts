import type { BrowserAction, BrowserTraceEntry, BrowserView, StepOutcome } from './browser.ts';
import { browserFaultWords, fileNotAllowed } from './browser-fault-words.ts';
import type { Language } from './language.ts';
import { nameOfTarget } from './recipe-params.ts';

/** Why a recipe stopped, as sentences and parts of them. */
export interface RecipeFault {
  /** Of the step in its recipe, from 1. */
  readonly number: number;
  readonly entry: BrowserTraceEntry;
  /** What the step was to find; null where it asks nothing of its page. */
  readonly expected: string | null;
  readonly seen: string;
  readonly cure: string;
}

type Cure = 'edit' | 'answer' | 'again' | 'site' | 'folder' | 'check' | 'allow' | 'asked' | 'split' | 'unsure';

/** What helps, by what went wrong. */
const cures: Readonly<Record<Exclude<StepOutcome, 'done'> | 'unknown', Cure>> = {
  unknown: 'unsure',
  asked: 'allow',
  not_done: 'again',
  declined: 'allow',
  stale_ref: 'edit',
  not_found: 'edit',
  ambiguous: 'edit',
  occluded: 'edit',
  disabled: 'edit',
  dialog_open: 'answer',
  timeout: 'again',
  not_allowed: 'site',
  download_blocked: 'again',
  too_large: 'edit',
  assertion_failed: 'check',
  page_crashed: 'again',
  page_too_large: 'edit',
  page_hung: 'again',
  browser_gone: 'again',
  no_secret: 'edit',
  person_holds: 'asked',
  limit_steps: 'split',
  limit_time: 'split',
  limit_failures: 'edit',
  limit_still: 'split',
};

interface Words {
  readonly has: (text: string) => string;
  readonly comes: (text: string) => string;
  readonly gone: (text: string) => string;
  readonly address: (text: string) => string;
  readonly opens: (url: string) => string;
  readonly page: (title: string, url: string) => string;
  readonly question: (text: string) => string;
  readonly noPage: string;
  readonly cure: Readonly<Record<Cure, string>>;
}
const words: Readonly<Record<Language, Words>> = {
  ru: {
    has: text => `на странице есть «${text}»`,
    comes: text => `на странице появится «${text}»`,
    gone: text => `на странице нет «${text}»`,
    address: text => `в адресе страницы есть «${text}»`,
    opens: url => `откроется ${url}`,
    page: (title, url) => `страница «${title}», ${url}`,
    question: text => `вопрос: «${text}»`,
    noPage: 'страница ещё не открыта',
    cure: {
      edit: 'Страница, видимо, стала другой. Откройте рецепт и исправьте или удалите этот шаг.',
      answer: 'Откройте рецепт и впишите в этот шаг ответ: да, нет или слова, которых ждёт страница.',
      again: 'Запустите рецепт ещё раз. Если не поможет, поставьте перед этим шагом ожидание.',
      site: 'Добавьте этот сайт в рецепт, если доверяете ему.',
      folder: 'Откройте папку с этим файлом: Настройки, «Интернет и папки». Или выберите файл из открытой папки.',
      check: 'Посмотрите на снимок. Если страница та, что нужна, исправьте проверку в рецепте.',
      allow: 'Запустите рецепт ещё раз и разрешите этот шаг, или удалите его из рецепта.',
      asked: 'Запустите рецепт ещё раз.',
      split: 'Собранное сохранено. Разделите рецепт на два и запустите их по очереди.',
      unsure: 'Проверьте на самом сайте, сделано ли это, прежде чем запускать рецепт снова.',
    },
  },
  en: {
    has: text => `“${text}” is on the page`,
    comes: text => `“${text}” appears on the page`,
    gone: text => `“${text}” is not on the page`,
    address: text => `the page’s address has “${text}”`,
    opens: url => `${url} opens`,
    page: (title, url) => `the page “${title}”, ${url}`,
    question: text => `the question: “${text}”`,
    noPage: 'no page was open yet',
    cure: {
      edit: 'The page seems to be another one by now. Open the recipe and mend or delete this step.',
      answer: 'Open the recipe and write the answer into this step: yes, no, or the words that the page asks for.',
      again: 'Run the recipe again. If that does not help, put a wait before this step.',
      site: 'Add this site to the recipe if you trust it.',
      folder: 'Grant the folder with this file: Settings, “Web and folders”. Or choose a file out of a granted folder.',
      check: 'Look at the picture. If the page is the one you want, mend the check in the recipe.',
      allow: 'Run the recipe again and allow this step, or delete it from the recipe.',
      asked: 'Run the recipe again.',
      split: 'What was gathered is kept. Split the recipe in two and run one after the other.',
      unsure: 'See on the site itself whether it was done before you run the recipe again.',
    },
  },
};

/**
 * Why a task by a recipe that has failed with `recipe_failed` stopped: at which step, what was expected, what was seen and what to do.
 * Null where its trace does not tell.
 */
export function recipeFault({ trace }: Pick<BrowserView, 'trace'>, language: Language): RecipeFault | null {
  const entry = trace.at(-1);
  const number = entry === undefined ? null : stepNumber(entry.step);
  if (entry === undefined || number === null || entry.outcome === 'done') return null;
  const code = entry.outcome ?? 'unknown';
  const isFile = entry.action.do === 'upload' && code === 'not_allowed';
  const say = words[language];
  const why = isFile ? fileNotAllowed[language] : browserFaultWords[language][code];
  const question = code === 'dialog_open' ? [say.question(entry.told)] : [];
  const page = entry.url === '' ? say.noPage : say.page(entry.title, entry.url);
  return {
    number,
    entry,
    expected: expectedOf(entry.action, say),
    seen: [why, ...question, page].join('; '),
    cure: say.cure[isFile ? 'folder' : cures[code]],
  };
}

/** Each step of a recipe is a turn of its own; its place is in the name that it is recorded by. */
function stepNumber(step: string): number | null {
  const [, turn] = /^(?:tool|act):(\d+)\./u.exec(step) ?? [];
  return turn === undefined ? null : Number(turn);
}

function expectedOf(action: BrowserAction, say: Words): string | null {
  switch (action.do) {
    case 'open':
      return say.opens(action.url);
    case 'wait':
      return 'text' in action.for ? say.comes(action.for.text) : null;
    case 'assert':
      if ('text' in action.that) return say.has(action.that.text);
      return 'url' in action.that ? say.address(action.that.url) : say.gone(action.that.gone);
    default: {
      const target = 'target' in action ? action.target : null;
      if (target === null) return null;
      return say.has(nameOfTarget(target) || (target.by === 'css' ? target.css : ''));
    }
  }
}
