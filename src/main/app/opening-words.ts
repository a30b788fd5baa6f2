import type { Language } from '../../shared/domain/language.ts';
import type { OpeningTrouble } from './opening-trouble.ts';

/** Who says it: a dialog, which has buttons for the cure, or the command line, which names a command. */
export type OpeningHost = 'dialog' | 'commandLine';

type Sentences = {
  readonly [K in OpeningTrouble['kind']]: (trouble: Extract<OpeningTrouble, { kind: K }>, place: { readonly folder: string }) => string;
};

interface OpeningWords {
  readonly sentences: Sentences;
  /** What the command line adds where a dialog has a button. */
  readonly cures: { readonly restore: string; readonly beginAnew: string };
}

const ru: OpeningWords = {
  sentences: {
    busy: ({ pid, isDesktop }, { folder }) =>
      pid === null
        ? `Папку данных ${folder} держит другая программа Konspekt, но она не отвечает. Закройте её или укажите другую папку через --data.`
        : isDesktop
          ? `Папку данных ${folder} уже открыл другой Konspekt (процесс ${pid}). Перейдите к нему или сначала закройте его.`
          : `Папку данных ${folder} уже открыл Konspekt, запущенный из терминала (процесс ${pid}). Остановите его и повторите.`,
    not_a_folder: (_, { folder }) => `Папки данных ${folder} нет и быть не может: её место занимает файл. Укажите другую через --data.`,
    no_such_place: (_, { folder }) => `Папку данных ${folder} создать нельзя: система не держит там папок. Укажите другую через --data.`,
    path_too_long: (_, { folder }) => `Путь к папке данных слишком длинный для системы: ${folder}. Укажите другую через --data.`,
    unwritable: (_, { folder }) => `В папку данных ${folder} нельзя писать. Разрешите запись в неё или укажите другую через --data.`,
    full: (_, { folder }) => `На диске с папкой данных ${folder} не осталось места. Освободите его и повторите; данные целы.`,
    disk_fault: (_, { folder }) =>
      `Диск с папкой данных ${folder} не читается или не пишется. Проверьте, подключён ли он и исправен ли, и повторите.`,
    newer: (_, { folder }) => `Данные в ${folder} записала более новая версия Konspekt. Обновите программу; данные не изменены.`,
    damaged: ({ backupAtMs }, { folder }) =>
      backupAtMs === null
        ? `База данных в ${folder} повреждена, и резервной копии нет. Повреждённый файл можно отложить в сторону и начать с пустой базы.`
        : `База данных в ${folder} повреждена. Можно восстановить резервную копию от ${new Date(backupAtMs).toLocaleString('ru')}; повреждённый файл останется в папке данных.`,
    not_migrated: (_, { folder }) =>
      `Данные в ${folder} не удалось перевести на эту версию Konspekt; они не изменены. Запустите прежнюю версию программы.`,
    not_backed_up: (_, { folder }) =>
      `Перед обновлением данных в ${folder} не получилась резервная копия, поэтому они не тронуты. Освободите место на диске, проверьте его и повторите.`,
  },
  cures: {
    restore: 'Восстановить из копии: konspekt restore',
    beginAnew: 'Отложить файл и начать заново: konspekt restore --begin-anew',
  },
};

const en: OpeningWords = {
  sentences: {
    busy: ({ pid, isDesktop }, { folder }) =>
      pid === null
        ? `The data folder ${folder} is held by another Konspekt that does not answer. Close it, or give another folder with --data.`
        : isDesktop
          ? `Another Konspekt (process ${pid}) has the data folder ${folder} open. Switch to it, or close it first.`
          : `A Konspekt that was started from a terminal (process ${pid}) has the data folder ${folder} open. Stop it and try again.`,
    not_a_folder: (_, { folder }) => `The data folder ${folder} cannot be made: a file is in its place. Give another folder with --data.`,
    no_such_place: (_, { folder }) =>
      `The data folder ${folder} cannot be made: the system keeps no folders there. Give another folder with --data.`,
    path_too_long: (_, { folder }) => `The path of the data folder is too long for the system: ${folder}. Give another folder with --data.`,
    unwritable: (_, { folder }) => `The data folder ${folder} cannot be written. Allow writing to it, or give another folder with --data.`,
    full: (_, { folder }) => `The disk with the data folder ${folder} is full. Free some space and try again; your data is whole.`,
    disk_fault: (_, { folder }) =>
      `The disk with the data folder ${folder} cannot be read or written. See whether it is connected and sound, and try again.`,
    newer: (_, { folder }) =>
      `The data in ${folder} was written by a newer version of Konspekt. Update the program; the data was not changed.`,
    damaged: ({ backupAtMs }, { folder }) =>
      backupAtMs === null
        ? `The database in ${folder} is damaged and there is no backup. The damaged file can be set aside and an empty database begun.`
        : `The database in ${folder} is damaged. The backup of ${new Date(backupAtMs).toLocaleString('en-GB')} can be restored; the damaged file stays in the data folder.`,
    not_migrated: (_, { folder }) =>
      `The data in ${folder} could not be brought to this version of Konspekt; it was not changed. Start the version before this one.`,
    not_backed_up: (_, { folder }) =>
      `No backup could be made of the data in ${folder} before its update, so it was not touched. Free some space on the disk, check it, and try again.`,
  },
  cures: {
    restore: 'Restore the backup: konspekt restore',
    beginAnew: 'Set the file aside and begin anew: konspekt restore --begin-anew',
  },
};

const words: Readonly<Record<Language, OpeningWords>> = { ru, en };

/** Characters of a path that are shown: more would push the sentence and its cure off the screen. */
const shownPathLength = 300;

/** A path of a usual length as it is; the middle of a longer one is left out. */
export function shortened(path: string): string {
  return path.length <= shownPathLength ? path : `${path.slice(0, shownPathLength / 2)}…${path.slice(-shownPathLength / 2)}`;
}

/** What is wrong with the data folder and what helps, in the person's language. */
export function sayOpeningTrouble(
  trouble: OpeningTrouble,
  { folder, language, host }: { readonly folder: string; readonly language: Language; readonly host: OpeningHost },
): string {
  const { sentences, cures } = words[language];
  const say = sentences[trouble.kind] as (trouble: OpeningTrouble, place: { readonly folder: string }) => string;
  const sentence = say(trouble, { folder: shortened(folder) });
  if (host === 'dialog' || trouble.kind !== 'damaged') return sentence;
  return [sentence, ...(trouble.backupAtMs === null ? [] : [cures.restore]), cures.beginAnew].join('\n');
}
