import type { BackupReason, BackupView } from '../../shared/domain/backup.ts';
import type { Language } from '../../shared/domain/language.ts';
import { spokenLanguage } from '../app/spoken-language.ts';

/** What `konspekt backup` and `konspekt diagnostics` say. */
export interface BackupWords {
  readonly none: string;
  readonly reason: Readonly<Record<BackupReason, string>>;
  readonly contents: (contents: NonNullable<BackupView['contents']>) => string;
  readonly unreadable: string;
  readonly tooNew: string;
  readonly mebibytes: (count: string) => string;
  readonly made: (name: string) => string;
  readonly noSuch: (name: string) => string;
  readonly needsName: string;
  readonly wanted: string;
  readonly willRestore: (name: string) => string;
  readonly restored: (takenAt: Date, safety: string | null) => string;
  readonly notRestored: string;
  readonly paused: string;
  readonly takenIn: (name: string) => string;
  readonly missing: (count: number) => string;
  readonly sound: string;
  readonly damaged: string;
  readonly keptPresent: string;
  readonly diagnosticsWritten: (file: string) => string;
}

const ru: BackupWords = {
  none: 'Резервных копий ещё нет. Сделать: konspekt backup now',
  reason: {
    close: 'при закрытии',
    migration: 'перед обновлением',
    timed: 'по времени',
    manual: 'сделана вами',
    restore: 'перед восстановлением',
  },
  contents: ({ chats, documents, synopses, missingFiles }) =>
    [
      `чатов: ${chats}`,
      `документов: ${documents}`,
      `конспектов: ${synopses}`,
      ...(missingFiles === 0 ? [] : [`файлов нет на диске: ${missingFiles}`]),
    ].join(', '),
  unreadable: 'не читается',
  tooNew: 'от более новой версии',
  mebibytes: count => `${count} МБ`,
  made: name => `Копия сделана и проверена: ${name}`,
  noSuch: name => `Копии «${name}» нет. Список: konspekt backup list`,
  needsName: 'Назовите копию, как в konspekt backup list.',
  wanted: 'будет возвращена при следующем запуске',
  willRestore: name =>
    `Копия ${name} будет возвращена при следующем запуске. Сделанное после неё пропадёт из программы, но сначала сохранится отдельной копией. Передумали: konspekt backup restore --cancel`,
  restored: (takenAt, safety) =>
    `Возвращена копия от ${takenAt.toLocaleString('ru')}.${safety === null ? '' : ` То, что было до этого, сохранено: ${safety}`}`,
  notRestored: 'Вернуть копию не получилось: она повреждена или на диске не хватило места. Ничего не изменено.',
  paused: 'Очередь стоит, чтобы ничего не выполнилось дважды. Продолжить: konspekt jobs resume',
  takenIn: name => `Копия взята. Перейти на неё: konspekt backup restore ${name}`,
  missing: count => `Файлов документов не нашлось на диске: ${count}. Остальное скопировано.`,
  sound: 'Копия прочитана целиком, она в порядке.',
  damaged: 'Копия повреждена. Сделайте новую: konspekt backup now',
  keptPresent: 'Ничего не возвращается, данные остаются как есть.',
  diagnosticsWritten: file => `Диагностика записана: ${file}. Прочитайте её, прежде чем отдавать.`,
};

const en: BackupWords = {
  none: 'There is no backup yet. Make one: konspekt backup now',
  reason: { close: 'at closing', migration: 'before an update', timed: 'by time', manual: 'made by you', restore: 'before a restore' },
  contents: ({ chats, documents, synopses, missingFiles }) =>
    [
      `chats: ${chats}`,
      `documents: ${documents}`,
      `synopses: ${synopses}`,
      ...(missingFiles === 0 ? [] : [`files not on the disk: ${missingFiles}`]),
    ].join(', '),
  unreadable: 'cannot be read',
  tooNew: 'from a newer version',
  mebibytes: count => `${count} MiB`,
  made: name => `The backup is made and verified: ${name}`,
  noSuch: name => `There is no backup "${name}". See: konspekt backup list`,
  needsName: 'Name the backup as in konspekt backup list.',
  wanted: 'will be restored at the next start',
  willRestore: name =>
    `The backup ${name} will be restored at the next start. What was done after it goes from the program, and is kept as a backup first. Changed your mind: konspekt backup restore --cancel`,
  restored: (takenAt, safety) =>
    `The backup of ${takenAt.toLocaleString('en-GB')} is in place.${safety === null ? '' : ` What was there before is kept: ${safety}`}`,
  notRestored: 'The backup could not be restored: it is damaged, or the disk is full. Nothing was changed.',
  paused: 'The queue stands still so that nothing is done twice. Resume it: konspekt jobs resume',
  takenIn: name => `The copy is taken in. To go over to it: konspekt backup restore ${name}`,
  missing: count => `Files of documents that were not on the disk: ${count}. All else is copied.`,
  sound: 'The backup was read in full and is sound.',
  damaged: 'The backup is damaged. Make a new one: konspekt backup now',
  keptPresent: 'Nothing will be restored, the data stays as it is.',
  diagnosticsWritten: file => `The diagnostics are written: ${file}. Read them before you give them away.`,
};

const words: Readonly<Record<Language, BackupWords>> = { ru, en };

export function backupWordsFor(locale: string): BackupWords {
  return words[spokenLanguage(locale)];
}
