import { effectOfAction, leavesOpen, type BrowserAction, type BrowserTraceEntry, type BrowserView, type StepOutcome } from './browser.ts';
import { browserFaultWords, fileNotAllowed } from './browser-fault-words.ts';
import type { Language } from './language.ts';
import type { SettingsPage } from './settings-page.ts';
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
  /** The settings that the cure speaks of; null for one that needs none. */
  readonly settings: SettingsPage | null;
}

type Cure =
  | 'edit'
  | 'answer'
  | 'again'
  | 'site'
  | 'folder'
  | 'check'
  | 'allow'
  | 'asked'
  | 'split'
  | 'unsure'
  | 'private'
  | 'address'
  | 'site_down'
  | 'login'
  | 'rows';

type FaultCode = Exclude<StepOutcome, 'done'> | 'unknown';

/** Faults of an element: what was expected is that it is there. After any other one it may well have been. */
const ofElement: ReadonlySet<FaultCode> = new Set(['not_found', 'ambiguous', 'occluded', 'disabled', 'stale_ref']);
/** What these are about is told with them. */
const isAbout: ReadonlySet<FaultCode> = new Set([
  'not_allowed',
  'private_address',
  'unknown_host',
  'unreachable',
  'http_error',
  'no_rows',
  'no_secret',
  'secret_refused',
]);

/** What helps, by what went wrong. */
const cures: Readonly<Record<FaultCode, Cure>> = {
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
  private_address: 'private',
  unknown_host: 'address',
  unreachable: 'site_down',
  http_error: 'site_down',
  no_rows: 'rows',
  secret_refused: 'login',
  download_blocked: 'again',
  too_large: 'edit',
  assertion_failed: 'check',
  page_crashed: 'again',
  page_too_large: 'edit',
  page_hung: 'again',
  browser_gone: 'again',
  no_secret: 'login',
  person_holds: 'asked',
  limit_steps: 'split',
  limit_time: 'split',
  limit_failures: 'edit',
  limit_still: 'split',
};

const settingsOf: Readonly<Partial<Record<Cure, SettingsPage>>> = { private: 'assistant', login: 'browser' };

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
      private: 'Если доверяете ему, разрешите его: Настройки, «Помощник», «Разрешённые адреса в вашей сети».',
      address: 'Проверьте адрес в рецепте и есть ли сеть, и запустите ещё раз.',
      site_down: 'Проверьте, открывается ли страница в вашем браузере. Если адрес стал другим, исправьте рецепт.',
      login: 'Запустите рецепт снова и выберите вход, который добавлен для этого сайта: Настройки, «Браузер», «Входы».',
      rows: 'Посмотрите на снимок. Если страница стала другой, исправьте шаг; если строк может и не быть, отметьте это в шаге.',
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
      private: 'If you trust it, allow it: Settings, “Assistant”, “Allowed addresses in your network”.',
      address: 'Check the address in the recipe and the network, and run it again.',
      site_down: 'See whether the page opens in your own browser. If its address has changed, mend the recipe.',
      login: 'Run the recipe again and choose a login that was added for this site: Settings, “Browser”, “Logins”.',
      rows: 'Look at the picture. If the page has changed, mend the step; if there may be no rows, say so in the step.',
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
  const what = isFile ? fileNotAllowed[language] : browserFaultWords[language][code];
  const why = isAbout.has(code) && entry.told !== '' ? `${what}: ${entry.told}` : what;
  const question = code === 'dialog_open' ? [say.question(entry.told)] : [];
  const cure = isFile ? 'folder' : isLeftOpen(entry, code) ? 'unsure' : cures[code];
  const page = entry.url === '' ? say.noPage : say.page(entry.title, entry.url);
  return {
    number,
    entry,
    expected: 'target' in entry.action && !ofElement.has(code) ? null : expectedOf(entry.action, say),
    seen: [why, ...question, page].join('; '),
    cure: say.cure[cure],
    settings: settingsOf[cure] ?? null,
  };
}

/** Nobody knows whether it took effect: it was sent, and the page did not answer. */
function isLeftOpen({ action }: BrowserTraceEntry, code: FaultCode): boolean {
  return effectOfAction[action.do] === 'act' && leavesOpen.has(code);
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
