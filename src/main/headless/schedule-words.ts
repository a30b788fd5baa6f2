import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import type { MissedPolicy, ScheduledWork, ScheduleOutcome } from '../../shared/domain/schedule.ts';

/** What `konspekt schedules` says, in both languages. */
export interface ScheduleWords {
  readonly none: string;
  /** The title is empty where the chat has none. */
  readonly work: (title: string, kind: ScheduledWork['kind']) => string;
  readonly next: (at: string, timeZone: string) => string;
  readonly off: string;
  readonly last: (at: string, outcome: string) => string;
  readonly outcomes: Readonly<Record<ScheduleOutcome, string>>;
  readonly missed: Readonly<Record<MissedPolicy, string>>;
  readonly added: (id: string) => string;
  readonly removed: string;
  readonly onlyWhileRunning: string;
  readonly noSuch: (id: string) => string;
  readonly ambiguous: (id: string) => string;
  readonly noSuchChat: (given: string) => string;
  readonly ambiguousChat: (given: string, chats: readonly string[]) => string;
  readonly eitherOr: string;
  /** By the code of the refusal. */
  readonly refusals: {
    /** `fault` says where it is wrong, where that can be named. */
    readonly bad_cron: (cron: string, fault: string | null) => string;
    readonly bad_time_zone: (timeZone: string) => string;
    readonly never_comes: (cron: string) => string;
    readonly too_many_schedules: string;
  };
}

const ru: ScheduleWords = {
  none: 'Расписаний нет. Добавить: konspekt schedules add "название чата" --cron "0 9 * * 1-5"',
  work: (title, kind) => {
    if (kind === 'browser.run') return `По рецепту: ${title}`;
    return title === '' ? 'Конспект чата без названия' : `Конспект: ${title}`;
  },
  next: (at, timeZone) => `следующий раз ${at} (${timeZone})`,
  off: 'выключено',
  last: (at, outcome) => `прошлый раз ${at}: ${outcome}`,
  outcomes: {
    started: 'начато',
    missed: 'пропущено, программа не работала',
    overlapped: 'пропущено, прошлая работа ещё шла',
    refused: 'не удалось начать',
  },
  missed: { skip: 'пропущенное не навёрстывать', run_once: 'пропущенное наверстать один раз' },
  added: id => `Расписание сохранено: ${id}`,
  removed: 'Расписание удалено. Сделанное по нему осталось.',
  onlyWhileRunning: 'Работает, пока открыт Konspekt (окно или «konspekt serve»).',
  noSuch: id => `Расписания «${id}» нет. Список: konspekt schedules list`,
  ambiguous: id => `С «${id}» начинается несколько расписаний. Укажите больше знаков.`,
  noSuchChat: given =>
    `Чата «${given}» нет. Назовите часть его названия или начало его номера; номер чата есть в выводе «konspekt jobs list --json».`,
  ambiguousChat: (given, chats) => `«${given}» подходит к нескольким чатам, укажите точнее:\n${chats.join('\n')}`,
  eitherOr: 'Назовите расписание или дайте --cron, что-то одно.',
  refusals: {
    bad_cron: (cron, fault) =>
      `«${cron}» — не расписание. ${fault ?? 'Нужны пять полей: минута, час, день, месяц, день недели.'} Например, «0 9 * * 1-5» — в 9:00 с понедельника по пятницу.`,
    bad_time_zone: timeZone => `Часового пояса «${timeZone}» нет. Возьмите название вроде «Europe/Moscow» или «UTC».`,
    never_comes: cron =>
      `«${cron}» никогда не наступит: такого дня нет ни в одном месяце. Проверьте третье и четвёртое поля, день и месяц.`,
    too_many_schedules: 'Расписаний слишком много. Удалите ненужное: konspekt schedules remove.',
  },
};

const en: ScheduleWords = {
  none: 'There are no schedules. Add one: konspekt schedules add "name of a chat" --cron "0 9 * * 1-5"',
  work: (title, kind) => {
    if (kind === 'browser.run') return `Recipe: ${title}`;
    return title === '' ? 'Synopsis of a chat without a name' : `Synopsis: ${title}`;
  },
  next: (at, timeZone) => `next ${at} (${timeZone})`,
  off: 'off',
  last: (at, outcome) => `last ${at}: ${outcome}`,
  outcomes: {
    started: 'started',
    missed: 'missed, the program was not running',
    overlapped: 'let go, the one before was still at work',
    refused: 'could not be started',
  },
  missed: { skip: 'what is missed is let go', run_once: 'what is missed is made up for once' },
  added: id => `Schedule saved: ${id}`,
  removed: 'Schedule removed. What it has made stays.',
  onlyWhileRunning: 'It works while Konspekt is open (its window, or "konspekt serve").',
  noSuch: id => `There is no schedule "${id}". See: konspekt schedules list`,
  ambiguous: id => `More than one schedule begins with "${id}". Give more characters.`,
  noSuchChat: given =>
    `There is no chat "${given}". Name part of its title or the beginning of its id, which "konspekt jobs list --json" shows.`,
  ambiguousChat: (given, chats) => `"${given}" fits more than one chat; say which:\n${chats.join('\n')}`,
  eitherOr: 'Name a schedule or give --cron, one of the two.',
  refusals: {
    bad_cron: (cron, fault) =>
      `"${cron}" is no way to write times. ${fault ?? 'It takes five fields: minute, hour, day, month, day of the week.'} For example, "0 9 * * 1-5" is 9:00 from Monday to Friday.`,
    bad_time_zone: timeZone => `There is no time zone "${timeZone}". Use a name like "Europe/Berlin" or "UTC".`,
    never_comes: cron => `"${cron}" never comes: no month has such a day. Check its third and fourth field, day and month.`,
    too_many_schedules: 'There are too many schedules. Remove one: konspekt schedules remove.',
  },
};

const words: Readonly<Record<Language, ScheduleWords>> = { ru, en };

export function scheduleWordsFor(locale: string): ScheduleWords {
  return words[spokenLanguage(locale)];
}
