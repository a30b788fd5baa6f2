import type { Language } from '../../shared/domain/language.ts';
import type { StaleReason } from '../../shared/domain/stale-sections.ts';
import type { VersionState, VersionTrigger } from '../../shared/domain/synopsis.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What the verbs of `konspekt synopsis` and `konspekt library` say. */
export interface VersionWords {
  readonly trigger: Readonly<Record<VersionTrigger, string>>;
  readonly state: Readonly<Record<VersionState, string>>;
  readonly you: string;
  readonly builtIn: string;
  readonly noSynopsis: string;
  readonly noVersion: (number: number) => string;
  readonly noSection: (given: string, names: string) => string;
  readonly noProposal: string;
  readonly oneVersion: string;
  readonly same: string;
  readonly note: string;
  readonly restored: (number: number, as: number) => string;
  readonly undone: (what: string, as: number) => string;
  readonly fresh: string;
  readonly reason: (reason: StaleReason) => string;
  readonly proposed: (names: string) => string;
  readonly nothingNew: string;
  readonly accepted: (number: number) => string;
  readonly rejected: string;
  readonly noted: string;
  readonly noteRemoved: string;
  readonly noNote: (number: number) => string;
  readonly noNotes: string;
  readonly empty: string;
  readonly stale: string;
  readonly issues: (count: number) => string;
  readonly tags: (names: string) => string;
  readonly noTags: string;
}

const ru: VersionWords = {
  trigger: {
    request: 'по просьбе',
    refresh: 'обновление',
    regenerate: 'раздел заново',
    restore: 'восстановлена',
    note: 'заметка',
    import: 'импорт',
  },
  state: { making: 'делается', ready: 'готова', failed: 'не получилась', cancelled: 'остановлена' },
  you: 'вы',
  builtIn: 'встроенный движок',
  noSynopsis: 'У этого чата ещё нет готового конспекта.',
  noVersion: number => `Версии ${number} нет. Список: konspekt synopsis versions <чат>`,
  noSection: (given, names) => `Раздела «${given}» нет. Есть: ${names}`,
  noProposal: 'Предложений нет. Сделайте: konspekt synopsis refresh <чат>',
  oneVersion: 'Версия одна, сравнивать не с чем.',
  same: 'Тексты одинаковы.',
  note: 'Заметка',
  restored: (number, as) => `Версия ${number} восстановлена как версия ${as}.`,
  undone: (what, as) => `Отменено: ${what}. Теперь версия ${as}.`,
  fresh: 'Все разделы знают о том, что есть в чате.',
  reason(reason) {
    switch (reason.code) {
      case 'source_added':
        return `не учтён документ «${reason.title}»`;
      case 'source_changed':
        return `у документа «${reason.title}» другой текст, цитат из прежнего: ${reason.cited}`;
      case 'source_removed':
        return `документа «${reason.title}» больше нет, цитат из него: ${reason.cited}`;
      case 'messages_added':
        return `не учтено новых сообщений: ${reason.count}`;
      case 'messages_gone':
        return `цитат из сообщений, которых больше нет: ${reason.cited}`;
    }
  },
  proposed: names => `Предложены разделы: ${names}. Принять: konspekt synopsis accept <чат>`,
  nothingNew: 'Разделы вышли такими же: менять нечего.',
  accepted: number => `Принято. Теперь версия ${number}.`,
  rejected: 'Разделы оставлены как были.',
  noted: 'Заметка записана.',
  noteRemoved: 'Заметка удалена.',
  noNote: number => `Заметки ${number} нет.`,
  noNotes: 'Заметок нет.',
  empty: 'Ничего не нашлось.',
  stale: 'устарел',
  issues: count => `замечаний: ${count}`,
  tags: names => `Метки: ${names}`,
  noTags: 'Меток нет.',
};

const en: VersionWords = {
  trigger: {
    request: 'on request',
    refresh: 'refresh',
    regenerate: 'section again',
    restore: 'restored',
    note: 'note',
    import: 'import',
  },
  state: { making: 'being made', ready: 'ready', failed: 'failed', cancelled: 'stopped' },
  you: 'you',
  builtIn: 'built-in engine',
  noSynopsis: 'This chat has no finished synopsis yet.',
  noVersion: number => `There is no version ${number}. See: konspekt synopsis versions <chat>`,
  noSection: (given, names) => `There is no section "${given}". There are: ${names}`,
  noProposal: 'Nothing is proposed. Make it: konspekt synopsis refresh <chat>',
  oneVersion: 'There is one version, and nothing to compare it with.',
  same: 'The texts are the same.',
  note: 'Note',
  restored: (number, as) => `Version ${number} is restored as version ${as}.`,
  undone: (what, as) => `Undone: ${what}. Now version ${as}.`,
  fresh: 'Every section knows of all that the chat holds.',
  reason(reason) {
    switch (reason.code) {
      case 'source_added':
        return `the document "${reason.title}" is not included`;
      case 'source_changed':
        return `the document "${reason.title}" has another text, quotes from the earlier one: ${reason.cited}`;
      case 'source_removed':
        return `the document "${reason.title}" is gone, quotes from it: ${reason.cited}`;
      case 'messages_added':
        return `new messages not included: ${reason.count}`;
      case 'messages_gone':
        return `quotes from messages that are gone: ${reason.cited}`;
    }
  },
  proposed: names => `Proposed sections: ${names}. Accept: konspekt synopsis accept <chat>`,
  nothingNew: 'The sections came out the same: nothing to change.',
  accepted: number => `Accepted. Now version ${number}.`,
  rejected: 'The sections are kept as they were.',
  noted: 'The note is written.',
  noteRemoved: 'The note is removed.',
  noNote: number => `There is no note ${number}.`,
  noNotes: 'There are no notes.',
  empty: 'Nothing was found.',
  stale: 'outdated',
  issues: count => `issues: ${count}`,
  tags: names => `Tags: ${names}`,
  noTags: 'There are no tags.',
};

const words: Readonly<Record<Language, VersionWords>> = { ru, en };

export function versionWordsFor(locale: string): VersionWords {
  return words[spokenLanguage(locale)];
}
