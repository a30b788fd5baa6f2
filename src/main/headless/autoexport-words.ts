import type { AutoExportMode } from '../../shared/domain/auto-export.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt autoexport` says. */
export interface AutoExportWords {
  readonly none: string;
  readonly mode: Readonly<Record<AutoExportMode, string>>;
  readonly files: (count: number) => string;
  readonly chats: (count: number) => string;
  readonly edited: (name: string) => string;
  readonly deleted: (name: string) => string;
  readonly trouble: (why: string) => string;
  readonly added: (path: string) => string;
  readonly removed: (path: string) => string;
  readonly notThere: (path: string) => string;
}

const ru: AutoExportWords = {
  none: 'Ни одной папки нет. Добавьте: konspekt autoexport add <папка>',
  mode: { mirror: 'один файл на конспект', append: 'файл на каждую версию' },
  files: count => `файлов: ${count}`,
  chats: count => `выбрано чатов: ${count}`,
  edited: name => `изменён вами и оставлен как есть: ${name}`,
  deleted: name => `удалён вами: ${name}`,
  trouble: why => `не обновлена: ${why}`,
  added: path => `${path}: готовые конспекты будут сохраняться сюда`,
  removed: path => `${path}: больше не обновляется, файлы остались`,
  notThere: path => `Папка «${path}» не обновляется. Список: konspekt autoexport list`,
};

const en: AutoExportWords = {
  none: 'There are no folders. Add one: konspekt autoexport add <folder>',
  mode: { mirror: 'one file for each synopsis', append: 'a file for each version' },
  files: count => `files: ${count}`,
  chats: count => `chosen chats: ${count}`,
  edited: name => `changed by you and left as it is: ${name}`,
  deleted: name => `deleted by you: ${name}`,
  trouble: why => `not up to date: ${why}`,
  added: path => `${path}: finished synopses will be written here`,
  removed: path => `${path}: not kept up to date any more, the files stay`,
  notThere: path => `The folder "${path}" is not kept up to date. See: konspekt autoexport list`,
};

const words: Readonly<Record<Language, AutoExportWords>> = { ru, en };

export function autoExportWordsFor(locale: string): AutoExportWords {
  return words[spokenLanguage(locale)];
}
