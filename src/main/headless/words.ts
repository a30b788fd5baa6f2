import { fileWords } from '../../shared/export/file-words.ts';
import type { Language } from '../../shared/domain/language.ts';
import { loginWords } from '../../shared/domain/login-words.ts';
import { mcpWords } from '../../shared/domain/mcp-words.ts';
import { reachErrorWords } from '../../shared/domain/web-search-words.ts';
import { modelErrorWords } from '../../shared/domain/model-error-words.ts';
import { spokenLanguage } from '../app/spoken-language.ts';
import { jobWords, type JobWords } from './job-words.ts';

/** What the command line says, in both languages. */
export interface Words extends JobWords {
  readonly andMore: (count: number) => string;
  readonly reading: (name: string) => string;
  readonly added: (count: number) => string;
  readonly alreadyHere: (name: string) => string;
  readonly notRead: (name: string, reason: string) => string;
  readonly nothingRead: string;
  readonly triedAgain: (title: string, reason: string, at: Date) => string;
  readonly beginsAt: (at: Date) => string;
  readonly place: (priority: number) => string;
  readonly placeLater: (priority: number, at: Date) => string;
  /** `now`: what it counts for with its waiting. */
  readonly placeInQueue: (priority: number, now: number, since: Date) => string;
  readonly beginsLater: (title: string, at: Date) => string;
  readonly queuePaused: string;
  readonly kindPaused: (name: string, kind: string) => string;
  readonly written: (file: string) => string;
  readonly cancelling: string;
  readonly cancelled: string;
  readonly cancelledReading: string;
  readonly stopped: string;
  readonly failed: (reason: string) => string;
  readonly background: (jobId: string) => string;
  readonly alreadyMade: string;
  readonly fileNotFound: (path: string) => string;
  readonly fileUnreadable: (path: string, reason: string) => string;
  readonly noName: string;
  readonly notFromInput: string;
  readonly notAFile: (path: string) => string;
  readonly badAddress: (address: string) => string;
  readonly fileTooLarge: (path: string, limit: string) => string;
  readonly noJobs: string;
  readonly noSuchJob: (id: string) => string;
  readonly ambiguousJob: (id: string) => string;
  readonly alreadyEnded: (state: string) => string;
  readonly notRetryable: (state: string) => string;
  readonly lost: string;
  /** By the code of a refused request; any other is told with its message. */
  readonly refusals: Readonly<Partial<Record<string, string>>>;
  readonly refused: (message: string) => string;
  readonly serving: (address: string) => string;
  readonly servingStop: string;
  readonly otherPort: (usual: number, taken: number) => string;
  readonly portUnavailable: Readonly<Record<'taken' | 'forbidden', (port: number) => string>>;
  readonly notRunning: string;
  readonly noAddress: (text: string) => string;
  readonly hasOwnWindow: string;
  readonly noPageNow: string;
  readonly waitingForFolder: string;
  readonly restored: (takenAt: Date) => string;
  readonly begunAnew: string;
  readonly keptAside: (folder: string) => string;
  readonly notDamaged: string;
  readonly backgroundDidNotStart: string;
  readonly closedBadly: (reason: string) => string;
  readonly outIsFolder: (path: string) => string;
  readonly outFolderMissing: (folder: string) => string;
  readonly outNotWritable: (path: string, reason: string) => string;
  readonly outIsSource: (path: string) => string;
  readonly cannotWrite: (path: string, reason: string) => string;
}

function shortTime(at: Date, locale: string): string {
  return at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
}

const ru: Words = {
  ...jobWords.ru,
  andMore: count => `и ещё ${count}`,
  reading: name => `Передаю: ${name}`,
  added: count => `Передано источников: ${count}. Они читаются в фоне; выше — номер чата.`,
  alreadyHere: name => `Этот файл уже здесь, дважды он не нужен: «${name}».`,
  notRead: (name, reason) => `Не прочитано: «${name}»: ${reason}.`,
  nothingRead: 'Ни один источник прочитать не удалось, конспект делать не из чего.',
  triedAgain: (title, reason, at) => `${title}: ${reason}; следующая попытка в ${at.toLocaleTimeString('ru')}`,
  beginsAt: at => `начнётся ${shortTime(at, 'ru')}`,
  place: priority => `Приоритет ${priority}`,
  placeLater: (priority, at) => `Приоритет ${priority}, начнётся ${shortTime(at, 'ru')}`,
  placeInQueue: (priority, now, since) =>
    `Приоритет ${priority}${now === priority ? '' : `, с ожиданием ${now}`}, в очереди с ${shortTime(since, 'ru')}`,
  beginsLater: (title, at) => `${title}: начнётся ${shortTime(at, 'ru')}`,
  queuePaused: 'Очередь приостановлена, поэтому работа не начнётся. Возобновить: konspekt jobs resume',
  kindPaused: (name, kind) => `Приостановлено: ${name}, поэтому работа не начнётся. Возобновить: konspekt jobs resume --kind ${kind}`,
  written: file => `Конспект записан: ${file}`,
  cancelling: 'Останавливаю… Ещё раз Ctrl+C — выйти немедленно.',
  cancelled: 'Отменено. Та же команда продолжит с последнего готового раздела.',
  cancelledReading: 'Отменено при чтении источников. Прочитанное сохранено; та же команда дочитает остальное.',
  stopped: 'Ожидание прервано. Начатое сохранено.',
  failed: reason => `Не удалось: ${reason}${reason.endsWith('.') ? '' : '.'}`,
  background: jobId => `Делаю в фоне. Дождаться: konspekt jobs wait ${jobId}\nПотом та же команда без --background выдаст конспект.`,
  alreadyMade: 'Этот конспект уже готов. Та же команда без --background его выдаст, с --again — сделает заново.',
  fileNotFound: path => `Файла «${path}» нет. Проверьте путь.`,
  fileUnreadable: (path, reason) => `Файл «${path}» не читается: ${reason}. Проверьте права на него.`,
  noName: 'Вместо имени файла дана пустая строка. Проверьте команду.',
  notFromInput: 'Стандартный ввод («-») источником быть не может. Сохраните его в файл и укажите этот файл.',
  notAFile: path => `«${path}» — не обычный файл. Сохраните содержимое в файл и укажите его.`,
  badAddress: address => `«${address}» — не адрес страницы. Адрес начинается с http:// или https://, за которым идёт имя сервера.`,
  fileTooLarge: (path, limit) => `Файл «${path}» больше ${limit}. Разделите его на части.`,
  noJobs: 'Задач нет.',
  noSuchJob: id => `Задачи «${id}» нет. Список: konspekt jobs list`,
  ambiguousJob: id => `С «${id}» начинается несколько задач. Укажите больше знаков.`,
  alreadyEnded: state => `Задача уже завершена: ${state}.`,
  notRetryable: state => `Повторить можно только неудавшуюся или отменённую задачу, а эта сейчас в состоянии «${state}».`,
  lost: 'Связь с программой прервалась. Сделанное сохранено; повторите команду.',
  refusals: {
    ...modelErrorWords.ru,
    ...mcpWords.ru.errors,
    ...loginWords.ru,
    ...reachErrorWords.ru,
    ...fileWords.ru.errors,
    not_a_copy: 'Здесь нет копии: нужна папка, в которую Konspekt сохранил всё.',
    copy_damaged: 'Эта копия повреждена или скопирована не до конца.',
    backup_failed: 'Копию сделать не удалось. Освободите место на диске, проверьте его и повторите.',
    backup_damaged: 'Эта копия повреждена. Выберите другую.',
    backup_too_new: 'Эту копию сделала более новая версия Konspekt. Сначала обновите программу.',
    bad_folder: 'Такой папки нет, или к ней нет доступа. Укажите другую.',
    folder_gone: 'Этой папки нет на месте. Подключите диск или создайте папку и повторите.',
    too_many_export_folders: 'Папок для конспектов уже 20. Уберите одну из них.',
    folder_not_for_export:
      'В эту папку конспекты не сохраняются: это весь диск, домашняя папка, данные самой программы или скрытая папка. Выберите обычную папку внутри.',
    payload_too_large: 'Для одной задачи это слишком много. Разделите на части или добавьте как файл: konspekt add.',
    bad_payload: 'Такой задачи не бывает: в запросе не то, что ей нужно. Проверьте параметры команды.',
    queue_full: 'Очередь задач заполнена. Дождитесь, пока часть их закончится, и повторите.',
    storage_full: 'В папку данных не удаётся писать: диск заполнен или защищён от записи. Освободите место и повторите.',
    too_many_uploads: 'Программа принимает слишком много файлов сразу. Повторите чуть позже.',
    nothing_readable: 'Конспект делать не из чего: ни один документ этого чата не удалось прочитать.',
    being_made: 'Конспект сейчас делается. Дождитесь конца или остановите, затем повторите.',
    nothing_stale: 'Обновлять нечего: все разделы знают о том, что есть в чате.',
    nothing_to_undo: 'Отменять нечего: это первая версия.',
    changed_since: 'С тех пор появилась новая версия, поэтому ничего не отменено. Сначала посмотрите её.',
    too_many_notes: 'Заметок уже столько, сколько помещается. Допишите в одну из них.',
    browser_missing: 'Для задач в браузере нужен Chrome, Edge или Chromium, а их здесь нет. Установите один из них.',
    unfit_recipe: 'Рецепт не подходит: не заполнен параметр или шаг называет элемент, который знает только одна загрузка страницы.',
    recipe_in_use: 'По этому рецепту работает расписание. Сначала удалите его: konspekt schedules remove.',
    recipe_asks_secret:
      'Рецепт спрашивает секрет, а такие значения для расписания не хранятся. Сохраните вход (konspekt browser login add) и назовите его секрет в шаге рецепта, или запускайте рецепт вручную.',
    nothing_to_keep: 'Эта задача не сделала ни одного шага, который можно повторить.',
    no_model: 'Указания понимает языковая модель, а она не подключена: konspekt models.',
    nothing_to_read: 'Конспект делать не из чего: добавьте документ.',
    still_stopping: 'Прежняя такая задача ещё останавливается. Повторите чуть позже.',
    too_many_documents: 'В одном чате может быть не больше 2000 документов. Добавьте остальные отдельной командой: у неё будет свой чат.',
    internal: 'Внутренняя ошибка. Подробности — в журнале в папке данных (logs/konspekt.log).',
  },
  refused: message => `Программа не приняла запрос: ${message}`,
  serving: address => `Konspekt открыт по адресу ${address}`,
  servingStop: 'Остановить: Ctrl+C',
  otherPort: (usual, taken) => `Порт ${usual} занят другой программой, поэтому взят свободный: ${taken}. Выбрать свой: --port.`,
  portUnavailable: {
    taken: port => `Порт ${port} на 127.0.0.1 занят другой программой. Укажите в --port другой или 0, чтобы взять свободный.`,
    forbidden: port => `Порт ${port} на 127.0.0.1 система не даёт. Укажите в --port другой, от 1024, или 0, чтобы взять свободный.`,
  },
  notRunning: 'Konspekt не запущен на этой папке данных. Запустите «konspekt serve» или настольную программу.',
  noAddress: text => `«${text}» не адрес Konspekt. Его даёт «Копировать ссылку» в окне, например konspekt://settings/data.`,
  hasOwnWindow: 'Konspekt открыт в собственном окне, страницы в браузере у него нет.',
  noPageNow:
    'Папку данных занимает команда или фоновая работа, у неё нет страницы. Запустите «konspekt serve»: она откроется, как только работа закончится.',
  waitingForFolder: 'Папку данных занимает другая команда; жду, пока она закончит…',
  restored: takenAt => `Восстановлена резервная копия от ${takenAt.toLocaleString('ru')}. Сделанное после неё потеряно.`,
  begunAnew: 'Начата новая, пустая база данных.',
  keptAside: folder => `Повреждённый файл отложен сюда: ${folder}`,
  notDamaged: 'База данных в порядке, восстанавливать нечего.',
  backgroundDidNotStart: 'Фоновый процесс не запустился. Запустите «konspekt serve», чтобы увидеть причину.',
  closedBadly: reason => `При завершении не удалось сделать резервную копию: ${reason}`,
  outIsFolder: path => `«${path}» — папка. Укажите в --out имя файла.`,
  outFolderMissing: folder => `Папки «${folder}» нет. Создайте её или укажите другой --out.`,
  outNotWritable: (path, reason) =>
    `Записать «${path}» не получится: система отказала (${reason}). Ничего не начато; укажите другой --out.`,
  outIsSource: path => `«${path}» — один из источников, конспект его затрёт. Укажите другой --out.`,
  cannotWrite: (path, reason) => `Не удалось записать «${path}»: ${reason}. Конспект сохранён в программе; повторите с другим --out.`,
};

const en: Words = {
  ...jobWords.en,
  andMore: count => `and ${count} more`,
  reading: name => `Handing over: ${name}`,
  added: count => `Sources handed over: ${count}. They are read in the background; the chat’s id is above.`,
  alreadyHere: name => `This file is already here and is not needed twice: "${name}".`,
  notRead: (name, reason) => `Not read: "${name}": ${reason}.`,
  nothingRead: 'None of the sources could be read, so there is nothing to make a synopsis of.',
  triedAgain: (title, reason, at) => `${title}: ${reason}; next try at ${at.toLocaleTimeString('en-GB')}`,
  beginsAt: at => `begins ${shortTime(at, 'en-GB')}`,
  place: priority => `Priority ${priority}`,
  placeLater: (priority, at) => `Priority ${priority}, begins ${shortTime(at, 'en-GB')}`,
  placeInQueue: (priority, now, since) =>
    `Priority ${priority}${now === priority ? '' : `, with its waiting ${now}`}, queued since ${shortTime(since, 'en-GB')}`,
  beginsLater: (title, at) => `${title}: begins ${shortTime(at, 'en-GB')}`,
  queuePaused: 'The queue is paused, so the work will not start. Resume it: konspekt jobs resume',
  kindPaused: (name, kind) => `Paused: ${name}, so the work will not start. Resume it: konspekt jobs resume --kind ${kind}`,
  written: file => `Synopsis written: ${file}`,
  cancelling: 'Stopping… Ctrl+C again leaves at once.',
  cancelled: 'Cancelled. The same command goes on from the last finished section.',
  cancelledReading: 'Cancelled while sources were read. What was read is kept; the same command reads the rest.',
  stopped: 'No longer waiting. What was begun is kept.',
  failed: reason => `It failed: ${reason}${reason.endsWith('.') ? '' : '.'}`,
  background: jobId =>
    `Working in the background. Wait for it: konspekt jobs wait ${jobId}\nThen the same command without --background gives you the synopsis.`,
  alreadyMade: 'This synopsis is ready. The same command without --background gives it to you, and with --again makes it anew.',
  fileNotFound: path => `There is no file "${path}". Check the path.`,
  fileUnreadable: (path, reason) => `The file "${path}" cannot be read: ${reason}. Check its permissions.`,
  noName: 'An empty text stands where the name of a file should. Check the command.',
  notFromInput: 'Standard input ("-") cannot be a source. Save it to a file and name that.',
  notAFile: path => `"${path}" is not a regular file. Save its content to a file and name that.`,
  badAddress: address =>
    `"${address}" is not the address of a page. One begins with http:// or https://, followed by the name of a server.`,
  fileTooLarge: (path, limit) => `The file "${path}" is larger than ${limit}. Split it into parts.`,
  noJobs: 'There are no tasks.',
  noSuchJob: id => `There is no task "${id}". See: konspekt jobs list`,
  ambiguousJob: id => `More than one task begins with "${id}". Give more characters.`,
  alreadyEnded: state => `The task has already ended: ${state}.`,
  notRetryable: state => `Only a failed or cancelled task can be retried; this one is ${state}.`,
  lost: 'The connection to the program was lost. What was done is kept; run the command again.',
  refusals: {
    ...modelErrorWords.en,
    ...mcpWords.en.errors,
    ...loginWords.en,
    ...reachErrorWords.en,
    ...fileWords.en.errors,
    not_a_copy: 'There is no copy here: it takes a folder that Konspekt has written everything into.',
    copy_damaged: 'This copy is damaged or incomplete.',
    backup_failed: 'The backup could not be made. Free some space on the disk, check it, and try again.',
    backup_damaged: 'This backup is damaged. Choose another one.',
    backup_too_new: 'A newer version of Konspekt made this backup. Update the program first.',
    bad_folder: 'There is no such folder, or it cannot be used. Name another one.',
    folder_gone: 'This folder is not there. Connect its disk or create it, then try again.',
    too_many_export_folders: 'There are 20 folders for synopses already. Remove one of them.',
    folder_not_for_export:
      'Synopses are not saved into this folder: it is the whole disk, your home, the program’s own data or a hidden folder. Choose an ordinary folder within.',
    payload_too_large: 'This is too much for one task. Divide it, or add it as a file: konspekt add.',
    bad_payload: 'There is no such task: the request does not have what it takes. Check the options of the command.',
    queue_full: 'The queue of tasks is full. Wait until some of them end and try again.',
    storage_full: 'The data folder cannot be written: the disk is full or read-only. Free some space and try again.',
    too_many_uploads: 'The program is taking in too many files at once. Try again a little later.',
    nothing_readable: 'There is nothing to make a synopsis of: none of the documents of this chat could be read.',
    being_made: 'The synopsis is being made now. Wait for it or stop it, then try again.',
    nothing_stale: 'There is nothing to refresh: every section knows of all that the chat holds.',
    nothing_to_undo: 'There is nothing to undo: this is the first version.',
    changed_since: 'Another version has come since, so nothing was undone. Look at it first.',
    too_many_notes: 'There are as many notes as there is room for. Add to one of them.',
    browser_missing: 'Browser tasks need Chrome, Edge or Chromium, and none of them is here. Install one of them.',
    unfit_recipe: 'The recipe does not fit: a parameter has no value, or a step names an element that only one load of its page knows.',
    recipe_in_use: 'A schedule runs this recipe. Remove the schedule first: konspekt schedules remove.',
    recipe_asks_secret:
      'The recipe asks for a secret, and such values are not kept for schedules. Save a login (konspekt browser login add) and name its secret in the recipe’s step, or run the recipe by hand.',
    nothing_to_keep: 'This task has done no step that could be repeated.',
    no_model: 'Instructions are followed by a language model, and none is connected: konspekt models.',
    nothing_to_read: 'There is nothing to make a synopsis of: add a document.',
    still_stopping: 'The earlier task for this is still being stopped. Try again in a moment.',
    too_many_documents: 'One chat holds at most 2000 documents. Give the others to a command of their own: it makes a chat of its own.',
    internal: 'An internal error. The log in the data folder (logs/konspekt.log) has the details.',
  },
  refused: message => `The program refused: ${message}`,
  serving: address => `Konspekt is open at ${address}`,
  servingStop: 'Ctrl+C stops it.',
  otherPort: (usual, taken) => `Port ${usual} is taken by another program, so a free one was chosen: ${taken}. --port chooses your own.`,
  portUnavailable: {
    taken: port => `Port ${port} on 127.0.0.1 is taken by another program. Give another one with --port, or 0 for any free one.`,
    forbidden: port => `The system does not give out port ${port} on 127.0.0.1. Give one from 1024 up with --port, or 0 for any free one.`,
  },
  notRunning: 'Konspekt is not running on this data folder. Start "konspekt serve" or the desktop program.',
  noAddress: text => `"${text}" is no address of Konspekt. "Copy link" in the window gives one, such as konspekt://settings/data.`,
  hasOwnWindow: 'Konspekt is open in a window of its own and has no page for the browser.',
  noPageNow:
    'A command or background work has the data folder and no page to show. Run "konspekt serve": it opens as soon as that work is done.',
  waitingForFolder: 'Another command has the data folder; waiting until it is done…',
  restored: takenAt => `The backup of ${takenAt.toLocaleString('en-GB')} has been restored. What was done after it is lost.`,
  begunAnew: 'A new, empty database has been begun.',
  keptAside: folder => `The damaged file is kept here: ${folder}`,
  notDamaged: 'The database is sound, there is nothing to restore.',
  backgroundDidNotStart: 'The background process did not start. Run "konspekt serve" to see why.',
  closedBadly: reason => `The backup at the end could not be made: ${reason}`,
  outIsFolder: path => `"${path}" is a folder. Give --out the name of a file.`,
  outFolderMissing: folder => `There is no folder "${folder}". Make it, or give another --out.`,
  outNotWritable: (path, reason) => `"${path}" cannot be written: the system refused (${reason}). Nothing was begun; give another --out.`,
  outIsSource: path => `"${path}" is one of the sources and would be overwritten. Give another --out.`,
  cannotWrite: (path, reason) => `Could not write "${path}": ${reason}. The synopsis is kept in the program; run again with another --out.`,
};

const words: Readonly<Record<Language, Words>> = { ru, en };

export function wordsFor(locale: string): Words {
  return words[spokenLanguage(locale)];
}
