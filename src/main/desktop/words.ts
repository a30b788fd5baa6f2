import type { Language } from '../../shared/domain/language.ts';

/** What the desktop shell says outside the window. */
export interface ShellWords {
  readonly open: string;
  readonly pause: string;
  readonly resume: string;
  readonly quit: string;
  readonly idle: string;
  readonly working: (count: number) => string;
  readonly needsYou: (count: number) => string;
  readonly closeQuestion: (count: number) => string;
  readonly closeDetail: string;
  readonly keepWorking: string;
  readonly stopAndQuit: string;
  readonly cancel: string;
  readonly remember: string;
  readonly cannotStart: string;
  readonly restoreBackup: string;
  readonly beginAnew: string;
  readonly edit: string;
  readonly view: string;
  readonly window: string;
}

const ruForms = new Intl.PluralRules('ru');
const ruTasks = (count: number): string => {
  const form = ruForms.select(count);
  return `${count} ${form === 'one' ? 'задание' : form === 'few' ? 'задания' : 'заданий'}`;
};
const enTasks = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`;

const ru: ShellWords = {
  open: 'Открыть Konspekt',
  pause: 'Приостановить очередь',
  resume: 'Продолжить очередь',
  quit: 'Выйти',
  idle: 'Konspekt',
  working: count => `Konspekt: выполняется ${ruTasks(count)}`,
  needsYou: count => `Konspekt: ждёт вас ${ruTasks(count)}`,
  closeQuestion: count => `Ещё не закончено: ${ruTasks(count)}. Продолжить работу в фоне?`,
  closeDetail: 'Konspekt останется в области уведомлений и сообщит, когда всё будет готово. Если выйти, работа продолжится при следующем запуске с последнего готового шага.',
  keepWorking: 'Работать в фоне',
  stopAndQuit: 'Остановить и выйти',
  cancel: 'Отмена',
  remember: 'Больше не спрашивать',
  cannotStart: 'Konspekt не может открыть данные',
  restoreBackup: 'Восстановить из копии',
  beginAnew: 'Отложить файл и начать заново',
  edit: 'Правка',
  view: 'Вид',
  window: 'Окно',
};

const en: ShellWords = {
  open: 'Open Konspekt',
  pause: 'Pause the queue',
  resume: 'Resume the queue',
  quit: 'Quit',
  idle: 'Konspekt',
  working: count => `Konspekt: ${enTasks(count)} running`,
  needsYou: count => `Konspekt: ${enTasks(count)} waiting for you`,
  closeQuestion: count => `${enTasks(count)} not finished yet. Keep working in the background?`,
  closeDetail: 'Konspekt stays in the notification area and tells you when everything is ready. If you quit, the work goes on at the next start from the last finished step.',
  keepWorking: 'Keep working',
  stopAndQuit: 'Stop and quit',
  cancel: 'Cancel',
  remember: 'Do not ask again',
  cannotStart: 'Konspekt cannot open its data',
  restoreBackup: 'Restore from the backup',
  beginAnew: 'Set the file aside and begin anew',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
};

const shellWords: Readonly<Record<Language, ShellWords>> = { ru, en };

export function shellWordsFor(language: Language): ShellWords {
  return shellWords[language];
}
