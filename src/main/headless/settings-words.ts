import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import type { SettingName } from './setting-names.ts';

/** What `konspekt settings` says, in both languages. */
export interface SettingsWords {
  readonly about: Readonly<Record<SettingName, string>>;
  readonly nothing: string;
  readonly noSuchSetting: (name: string, names: string) => string;
  readonly badValue: (name: string, value: string, fitting: string) => string;
  readonly needsOneValue: (name: string) => string;
  readonly notAList: (name: string) => string;
  readonly wholeNumber: (least: number, most: number) => string;
  readonly hosts: (most: number) => string;
  readonly browserPath: string;
  readonly timeOfDay: string;
  readonly days: (names: string) => string;
  readonly wishes: (most: number) => string;
}

const ru: SettingsWords = {
  about: {
    language: 'язык окна',
    theme: 'оформление окна',
    detail: 'подробность конспекта, когда её не указали',
    wishes: 'чего придерживаться модели в каждом ответе',
    'notify-finished': 'как сообщать о готовых конспектах и задачах',
    'notify-failed': 'как сообщать об ошибках',
    'notify-question': 'как сообщать, когда задача спрашивает вас',
    'notify-budget': 'как сообщать, что лимит исчерпан',
    'notify-browser': 'как сообщать о задачах в браузере',
    'notify-schedule': 'как сообщать о задачах по расписанию',
    'notify-proposal': 'как сообщать о предложенных обновлениях конспекта',
    'notify-update': 'как сообщать о новой версии программы',
    'notify-sound': 'со звуком ли уведомления системы',
    'notify-focused': 'показывать ли их, когда вы смотрите в окно программы',
    'quiet-hours': 'есть ли тихие часы, в которые ничего не показывается',
    'quiet-from': 'когда они начинаются, по местному времени',
    'quiet-to': 'когда они заканчиваются',
    'quiet-days': 'в какие дни они начинаются',
    'quiet-lets-expiring': 'показывать ли в них вопросы, время ответа на которые истечёт',
    'look-for-updates': 'искать новую версию программы раз в день',
    'open-at-login': 'запускать настольную программу при входе в систему',
    'close-with-jobs': 'что делать с незаконченной работой при закрытии окна',
    'allowed-hosts': 'узлы внутренней сети, с которых можно загружать страницы',
    'history-days': 'сколько дней хранить законченные задачи',
    'history-count': 'сколько законченных задач хранить',
    browser: 'программа браузера для задач в нём; auto — первая найденная',
    'browser-count': 'сколько браузеров работает одновременно',
  },
  nothing: '(нет)',
  noSuchSetting: (name, names) => `Настройки «${name}» нет. Есть: ${names}.`,
  badValue: (name, value, fitting) => `Значение «${value}» не подходит для ${name}. Подходит: ${fitting}.`,
  needsOneValue: name => `Для ${name} нужно одно значение.`,
  notAList: name => `${name} — не список: --add и --remove здесь не годятся.`,
  wholeNumber: (least, most) => `целое число от ${least} до ${most}`,
  hosts: most => `не больше ${most} узлов вида wiki.local или 192.168.1.5:8080`,
  browserPath: 'auto или полный путь к программе',
  timeOfDay: 'время от 00:00 до 23:59, например 22:30',
  days: names => `дни из списка ${names}`,
  wishes: most => `текст не длиннее ${most} знаков; пустой убирает его`,
};

const en: SettingsWords = {
  about: {
    language: 'language of the window',
    theme: 'look of the window',
    detail: 'how much a synopsis keeps when that is not said',
    wishes: 'what a model should keep to in every answer',
    'notify-finished': 'how to tell of synopses and tasks that are done',
    'notify-failed': 'how to tell of failures',
    'notify-question': 'how to tell that a task asks you something',
    'notify-budget': 'how to tell that a limit is used up',
    'notify-browser': 'how to tell of browser tasks',
    'notify-schedule': 'how to tell of scheduled tasks',
    'notify-proposal': 'how to tell of proposed refreshes of a synopsis',
    'notify-update': 'how to tell of a new version of the program',
    'notify-sound': 'whether notifications of the system sound',
    'notify-focused': 'show them while you look at the window of the program',
    'quiet-hours': 'whether there are quiet hours in which nothing is shown',
    'quiet-from': 'when they begin, in local time',
    'quiet-to': 'when they end',
    'quiet-days': 'the days on which they begin',
    'quiet-lets-expiring': 'show questions in them whose time to answer would run out',
    'look-for-updates': 'look for a newer version of the program once a day',
    'open-at-login': 'start the desktop program when you log in to the system',
    'close-with-jobs': 'what becomes of unfinished work when the window is closed',
    'allowed-hosts': 'hosts in private networks that pages may be fetched from',
    'history-days': 'days that finished tasks are kept',
    'history-count': 'finished tasks that are kept at most',
    browser: 'program of the browser that browser tasks use; auto for the first that is found',
    'browser-count': 'browsers that work at the same time',
  },
  nothing: '(none)',
  noSuchSetting: (name, names) => `There is no setting "${name}". There are: ${names}.`,
  badValue: (name, value, fitting) => `"${value}" does not fit ${name}. What fits: ${fitting}.`,
  needsOneValue: name => `${name} takes one value.`,
  notAList: name => `${name} is not a list: --add and --remove are not for it.`,
  wholeNumber: (least, most) => `a whole number from ${least} to ${most}`,
  hosts: most => `at most ${most} hosts such as wiki.local or 192.168.1.5:8080`,
  browserPath: 'auto or the whole path of the program',
  timeOfDay: 'a time from 00:00 to 23:59, such as 22:30',
  days: names => `days of ${names}`,
  wishes: most => `a text of at most ${most} characters; an empty one takes it away`,
};

const words: Readonly<Record<Language, SettingsWords>> = { ru, en };

export function settingsWordsFor(locale: string): SettingsWords {
  return words[spokenLanguage(locale)];
}
