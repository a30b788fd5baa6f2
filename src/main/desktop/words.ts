import type { MenuCommand } from '../../shared/domain/command-keys.ts';
import type { Language } from '../../shared/domain/language.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

export type MenuRole =
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'about'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'close'
  | 'minimize'
  | 'zoom';

/** What the desktop shell says outside the window. */
export interface ShellWords {
  readonly open: string;
  readonly pause: string;
  readonly resume: string;
  readonly quit: string;
  readonly idle: string;
  readonly working: (count: number) => string;
  readonly needsYou: (count: number) => string;
  readonly asked: (count: number) => string;
  readonly showQuestion: string;
  readonly closeQuestion: (count: number) => string;
  readonly closeDetail: string;
  readonly keepWorking: string;
  readonly stopAndQuit: string;
  readonly cancel: string;
  readonly remember: string;
  readonly cannotStart: string;
  readonly mustLeave: string;
  readonly restoreBackup: string;
  readonly beginAnew: string;
  readonly pageKeepsDying: string;
  readonly pageKeepsDyingDetail: string;
  readonly openAgain: string;
  /** Labels of the menu's roles: Electron's own are English in every language. */
  readonly roles: Readonly<Record<MenuRole, string>>;
  /** As the window calls them. */
  readonly commands: Readonly<Record<MenuCommand, string>>;
  readonly file: string;
  readonly edit: string;
  readonly view: string;
  readonly go: string;
  readonly window: string;
  readonly help: string;
}

const ruForms = pluralIn('ru');
const enForms = pluralIn('en');
const ruTasks = (count: number): string => ruForms(count, { one: '# задача', few: '# задачи', other: '# задач' });
const enTasks = (count: number): string => enForms(count, { one: '# task', other: '# tasks' });

const ru: ShellWords = {
  open: 'Открыть Konspekt',
  pause: 'Приостановить очередь',
  resume: 'Продолжить очередь',
  quit: 'Выйти',
  idle: 'Konspekt',
  working: count => `Konspekt: выполняется ${ruTasks(count)}`,
  needsYou: count => `Konspekt: ждёт вас ${ruTasks(count)}`,
  asked: count => `Ждёт вашего ответа: ${count}`,
  showQuestion: 'Показать…',
  closeQuestion: count => `Ещё не закончено: ${ruTasks(count)}. Продолжить работу в фоне?`,
  closeDetail:
    'Konspekt останется в области уведомлений и сообщит, когда всё будет готово. Если выйти, работа продолжится при следующем запуске с последнего готового шага.',
  keepWorking: 'Работать в фоне',
  stopAndQuit: 'Остановить и выйти',
  cancel: 'Отмена',
  remember: 'Больше не спрашивать',
  cannotStart: 'Konspekt не может открыть данные',
  mustLeave: 'Konspekt должен закрыться из-за внутренней ошибки. Записанное сохранено, работа продолжится при следующем запуске.',
  restoreBackup: 'Восстановить из копии',
  beginAnew: 'Отложить файл и начать заново',
  pageKeepsDying: 'Окно Konspekt несколько раз закрылось с ошибкой',
  pageKeepsDyingDetail: 'Задачи продолжают выполняться. Окно можно открыть снова сейчас или позже из области уведомлений.',
  openAgain: 'Открыть снова',
  roles: {
    undo: 'Отменить',
    redo: 'Повторить',
    cut: 'Вырезать',
    copy: 'Копировать',
    paste: 'Вставить',
    selectAll: 'Выделить всё',
    resetZoom: 'Обычный размер',
    zoomIn: 'Крупнее',
    zoomOut: 'Мельче',
    togglefullscreen: 'Полный экран',
    about: 'О программе Konspekt',
    hide: 'Скрыть Konspekt',
    hideOthers: 'Скрыть остальные',
    unhide: 'Показать все',
    close: 'Закрыть окно',
    minimize: 'Свернуть',
    zoom: 'Изменить масштаб',
  },
  commands: {
    newChat: 'Новый чат',
    attach: 'Добавить файлы',
    settings: 'Настройки',
    palette: 'Перейти или выполнить',
    findChat: 'Найти чат',
    back: 'Назад',
    forward: 'Вперёд',
    synopsis: 'Конспект',
    sources: 'Источники',
    library: 'Библиотека конспектов',
    tasks: 'Фоновые задачи',
    notices: 'Уведомления',
    sidebar: 'Список чатов',
    shortcuts: 'Клавиши',
  },
  file: 'Файл',
  edit: 'Правка',
  view: 'Вид',
  go: 'Переход',
  window: 'Окно',
  help: 'Справка',
};

const en: ShellWords = {
  open: 'Open Konspekt',
  pause: 'Pause the queue',
  resume: 'Resume the queue',
  quit: 'Quit',
  idle: 'Konspekt',
  working: count => `Konspekt: ${enTasks(count)} running`,
  needsYou: count => `Konspekt: ${enTasks(count)} waiting for you`,
  asked: count => `Waiting for your answer: ${count}`,
  showQuestion: 'Show…',
  closeQuestion: count => `${enTasks(count)} not finished yet. Keep working in the background?`,
  closeDetail:
    'Konspekt stays in the notification area and tells you when everything is ready. If you quit, the work goes on at the next start from the last finished step.',
  keepWorking: 'Keep working',
  stopAndQuit: 'Stop and quit',
  cancel: 'Cancel',
  remember: 'Do not ask again',
  cannotStart: 'Konspekt cannot open its data',
  mustLeave: 'Konspekt has to close because of an internal error. Everything recorded is safe; the work goes on at the next start.',
  restoreBackup: 'Restore from the backup',
  beginAnew: 'Set the file aside and begin anew',
  pageKeepsDying: 'The window of Konspekt has failed several times',
  pageKeepsDyingDetail: 'Tasks go on running. The window can be opened again now, or later from the notification area.',
  openAgain: 'Open again',
  roles: {
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    resetZoom: 'Actual size',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    togglefullscreen: 'Full screen',
    about: 'About Konspekt',
    hide: 'Hide Konspekt',
    hideOthers: 'Hide others',
    unhide: 'Show all',
    close: 'Close window',
    minimize: 'Minimise',
    zoom: 'Zoom',
  },
  commands: {
    newChat: 'New chat',
    attach: 'Add files',
    settings: 'Settings',
    palette: 'Go to or do',
    findChat: 'Find a chat',
    back: 'Back',
    forward: 'Forward',
    synopsis: 'Synopsis',
    sources: 'Sources',
    library: 'Library of synopses',
    tasks: 'Background tasks',
    notices: 'Notifications',
    sidebar: 'List of chats',
    shortcuts: 'Keyboard',
  },
  file: 'File',
  edit: 'Edit',
  view: 'View',
  go: 'Go',
  window: 'Window',
  help: 'Help',
};

const shellWords: Readonly<Record<Language, ShellWords>> = { ru, en };

export function shellWordsFor(language: Language): ShellWords {
  return shellWords[language];
}
