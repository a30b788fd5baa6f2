import type { DocumentErrorCode } from '../../shared/domain/document.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobState } from '../../shared/domain/job-state.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ProgressPhase } from '../../shared/domain/progress.ts';
import type { SectionKind, SynopsisIssue } from '../../shared/domain/synopsis.ts';
import { exportWords } from '../app/export/export-words.ts';

/** What the command line says, in both languages. */
export interface Words {
  readonly phases: Readonly<Record<ProgressPhase, string>>;
  readonly sections: Readonly<Record<SectionKind, string>>;
  readonly states: Readonly<Record<JobState, string>>;
  readonly kinds: Readonly<Record<JobKindName, string>>;
  readonly documentErrors: Readonly<Record<DocumentErrorCode, string>>;
  readonly issues: Readonly<Record<SynopsisIssue['code'], (count: number) => string>>;
  /** Shortcomings as a list of jobs knows them: without their counts. */
  readonly issueNames: Readonly<Record<SynopsisIssue['code'], string>>;
  readonly doneWithIssues: string;
  /** By `JobError['code']`, where the code is not a document's; any other speaks for itself. */
  readonly jobErrors: Readonly<Partial<Record<string, string>>>;
  readonly unknownFailure: string;
  /** By the type of a row of the job's trail. */
  readonly events: Readonly<Partial<Record<string, string>>>;
  readonly andMore: (count: number) => string;
  readonly reading: (name: string) => string;
  readonly notRead: (name: string, reason: string) => string;
  readonly nothingRead: string;
  readonly triedAgain: (title: string, reason: string, at: Date) => string;
  readonly queuePaused: string;
  readonly written: (file: string) => string;
  readonly cancelling: string;
  readonly cancelled: string;
  readonly stopped: string;
  readonly failed: (reason: string) => string;
  readonly background: (jobId: string) => string;
  readonly alreadyMade: string;
  readonly fileNotFound: (path: string) => string;
  readonly fileUnreadable: (path: string, reason: string) => string;
  readonly isFolder: (path: string) => string;
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
  readonly notRunning: string;
  readonly hasOwnWindow: string;
  readonly noPageNow: string;
  readonly waitingForFolder: string;
  readonly busyFolder: (folder: string) => string;
  readonly unwritableFolder: (folder: string) => string;
  readonly backgroundDidNotStart: string;
  readonly closedBadly: (reason: string) => string;
  readonly outIsFolder: (path: string) => string;
  readonly outFolderMissing: (folder: string) => string;
  readonly outNotWritable: (path: string) => string;
  readonly outIsSource: (path: string) => string;
  readonly cannotWrite: (path: string, reason: string) => string;
}

const ru: Words = {
  phases: {
    starting: 'Начало',
    reading: 'Чтение',
    extracting: 'Извлечение текста',
    segmenting: 'Разбор предложений',
    ranking: 'Отбор главного',
    section: 'Раздел',
    verifying: 'Проверка цитат',
    saving: 'Сохранение',
    searching: 'Поиск',
    answering: 'Ответ',
    fetching: 'Загрузка страницы',
  },
  sections: exportWords.ru.sections,
  states: {
    scheduled: 'отложено',
    queued: 'в очереди',
    running: 'выполняется',
    waiting: 'ждёт',
    done: 'готово',
    failed: 'ошибка',
    cancelled: 'отменено',
  },
  kinds: {
    'document.import': 'Чтение документа',
    'synopsis.make': 'Конспект',
    'chat.answer': 'Ответ в чате',
    'synopses.export': 'Сохранение конспектов',
  },
  documentErrors: {
    empty: 'файл пуст',
    too_large: 'файл слишком велик',
    too_many_pages: 'слишком много страниц',
    encrypted: 'файл защищён паролем — снимите защиту и добавьте снова',
    damaged: 'файл повреждён — откройте его в своей программе и сохраните заново',
    unsupported_format: 'этот формат не поддерживается — сохраните как PDF, DOCX, HTML или текст',
    wrong_format: 'содержимое не соответствует расширению',
    no_text: 'в файле нет текста, похоже на сканы — нужно распознавание',
    zip_bomb: 'архив распаковывается в опасно большой объём',
    timed_out: 'чтение заняло слишком много времени',
    out_of_memory: 'не хватило памяти на этот файл',
    unreachable: 'адрес не отвечает — проверьте сеть',
    forbidden_address: 'адрес ведёт во внутреннюю сеть и закрыт',
    http_error: 'сервер ответил ошибкой',
    not_found: 'страница не найдена',
    unreadable: 'файл не удалось прочитать',
    cancelled: 'чтение отменено',
    internal: 'внутренняя ошибка — подробности в журнале',
  },
  issues: exportWords.ru.issues,
  issueNames: {
    source_failed: 'прочитаны не все источники',
    source_incomplete: 'часть источников прочитана не полностью',
    citation_missing: 'не все цитаты найдены в источниках',
    too_little_text: 'в источниках слишком мало текста',
  },
  doneWithIssues: 'готово, есть замечания',
  jobErrors: {
    no_sources: 'ни один источник прочитать не удалось',
    snapshot_unreadable: 'сохранённый текст источника не читается — проверьте диск',
    snapshot_damaged: 'сохранённый текст источника повреждён — добавьте источник заново',
    poison: 'обработка этого материала несколько раз завершалась аварийно',
    compensation_failed: 'не всё, что успело сделать задание, удалось отменить',
    not_written: 'файл не удалось записать — проверьте свободное место и права на папку',
    folder_gone: 'папки с сохранёнными файлами нет на месте',
    lost_too_often: 'программа несколько раз закрывалась во время этой работы',
    abandoned: 'программа закрылась во время этой работы',
    time_limit: 'работа заняла слишком много времени',
    cancelled_unasked: 'обработка прервалась сама собой',
    unknown_kind: 'это задание другой версии программы',
    bad_payload: 'данные задания повреждены',
  },
  unknownFailure: 'причина неизвестна — подробности в журнале',
  events: {
    enqueued: 'поставлено в очередь',
    started: 'начато',
    step: 'сделано',
    done: 'готово',
    failed: 'ошибка',
    cancelled: 'отменено',
    cancelling: 'просьба отменить',
    returned: 'возвращено в очередь',
    retry: 'будет повторено',
    retried_by_hand: 'повторено вручную',
    due: 'подошёл срок',
    waiting: 'ждёт',
    resumed: 'снова в очереди',
    wait_expired: 'время ожидания вышло',
    held: 'ждёт своей очереди',
    dispatched: 'отправлено',
    not_done: 'не состоялось',
    undoing: 'отменяется сделанное',
    undone: 'отменено сделанное',
    superseded: 'шаги отложены, чтобы выполнить их снова',
    decided: 'решено вручную',
    forked: 'от него начато задание',
    forked_from: 'начато с шагов задания',
  },
  andMore: count => `и ещё ${count}`,
  reading: name => `Передаю: ${name}`,
  notRead: (name, reason) => `Не прочитано: «${name}»: ${reason}.`,
  nothingRead: 'Ни один источник прочитать не удалось, конспект делать не из чего.',
  triedAgain: (title, reason, at) => `${title}: ${reason}; следующая попытка в ${at.toLocaleTimeString('ru')}`,
  queuePaused: 'Очередь приостановлена, поэтому работа не начнётся. Возобновить её можно в окне программы: konspekt serve --open',
  written: file => `Конспект записан: ${file}`,
  cancelling: 'Останавливаю… Ещё раз Ctrl+C — выйти немедленно.',
  cancelled: 'Отменено. Та же команда продолжит с последнего готового раздела.',
  stopped: 'Ожидание прервано. Начатое сохранено.',
  failed: reason => `Не удалось: ${reason}.`,
  background: jobId => `Делаю в фоне. Дождаться: konspekt jobs wait ${jobId}\nПотом та же команда без --background выдаст конспект.`,
  alreadyMade: 'Этот конспект уже готов. Та же команда без --background его выдаст, с --again — сделает заново.',
  fileNotFound: path => `Файла «${path}» нет. Проверьте путь.`,
  fileUnreadable: (path, reason) => `Файл «${path}» не читается: ${reason}. Проверьте права на него.`,
  isFolder: path => `«${path}» — папка. Укажите файлы в ней, например «${path}/*.pdf».`,
  notAFile: path => `«${path}» — не обычный файл. Сохраните содержимое в файл и укажите его.`,
  badAddress: address => `«${address}» — не адрес страницы. Адрес начинается с http:// или https://, за которым идёт имя сервера.`,
  fileTooLarge: (path, limit) => `Файл «${path}» больше ${limit}. Разделите его на части.`,
  noJobs: 'Заданий нет.',
  noSuchJob: id => `Задания «${id}» нет. Список: konspekt jobs list`,
  ambiguousJob: id => `С «${id}» начинается несколько заданий. Укажите больше знаков.`,
  alreadyEnded: state => `Задание уже завершено: ${state}.`,
  notRetryable: state => `Повторить можно только неудавшееся или отменённое задание, а это сейчас в состоянии «${state}».`,
  lost: 'Связь с программой прервалась. Сделанное сохранено; повторите команду.',
  refusals: {
    queue_full: 'Очередь заданий заполнена. Дождитесь, пока часть их закончится, и повторите.',
    storage_full: 'В папку данных не удаётся писать: диск заполнен или защищён от записи. Освободите место и повторите.',
    too_many_uploads: 'Программа принимает слишком много файлов сразу. Повторите чуть позже.',
    nothing_to_read: 'Конспект делать не из чего: добавьте документ.',
    internal: 'Внутренняя ошибка. Подробности — в журнале в папке данных (logs/konspekt.log).',
  },
  refused: message => `Программа не приняла запрос: ${message}`,
  serving: address => `Konspekt открыт по адресу ${address}`,
  servingStop: 'Остановить: Ctrl+C',
  notRunning: 'Konspekt не запущен на этой папке данных. Запустите «konspekt serve» или настольную программу.',
  hasOwnWindow: 'Konspekt открыт в собственном окне, страницы в браузере у него нет.',
  noPageNow:
    'Папку данных занимает команда или фоновая работа, у неё нет страницы. Запустите «konspekt serve»: она откроется, как только работа закончится.',
  waitingForFolder: 'Папку данных занимает другая команда; жду, пока она закончит…',
  busyFolder: folder =>
    `Папку данных ${folder} держит другая программа Konspekt, но она не отвечает. Закройте её или укажите другую папку через --data.`,
  unwritableFolder: folder => `В папку данных ${folder} нельзя писать. Разрешите запись в неё или укажите другую через --data.`,
  backgroundDidNotStart: 'Фоновый процесс не запустился. Запустите «konspekt serve», чтобы увидеть причину.',
  closedBadly: reason => `При завершении не удалось сделать резервную копию: ${reason}`,
  outIsFolder: path => `«${path}» — папка. Укажите в --out имя файла.`,
  outFolderMissing: folder => `Папки «${folder}» нет. Создайте её или укажите другой --out.`,
  outNotWritable: path => `Записать «${path}» не получится: нет прав на запись. Укажите другой --out.`,
  outIsSource: path => `«${path}» — один из источников, конспект его затрёт. Укажите другой --out.`,
  cannotWrite: (path, reason) => `Не удалось записать «${path}»: ${reason}. Конспект сохранён в программе; повторите с другим --out.`,
};

const en: Words = {
  phases: {
    starting: 'Starting',
    reading: 'Reading',
    extracting: 'Extracting text',
    segmenting: 'Finding sentences',
    ranking: 'Choosing what matters',
    section: 'Section',
    verifying: 'Checking quotes',
    saving: 'Saving',
    searching: 'Searching',
    answering: 'Answering',
    fetching: 'Fetching the page',
  },
  sections: exportWords.en.sections,
  states: {
    scheduled: 'scheduled',
    queued: 'queued',
    running: 'running',
    waiting: 'waiting',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
  },
  kinds: {
    'document.import': 'Reading a document',
    'synopsis.make': 'Synopsis',
    'chat.answer': 'Chat answer',
    'synopses.export': 'Export of synopses',
  },
  documentErrors: {
    empty: 'the file is empty',
    too_large: 'the file is too large',
    too_many_pages: 'it has too many pages',
    encrypted: 'it is protected by a password; remove it and add the file again',
    damaged: 'the file is damaged; open it in its own program and save it anew',
    unsupported_format: 'this format is not supported; save it as PDF, DOCX, HTML or text',
    wrong_format: 'its content does not match its extension',
    no_text: 'it holds no text, it seems to be scans; it needs recognition first',
    zip_bomb: 'the archive unpacks to a dangerous size',
    timed_out: 'reading it took too long',
    out_of_memory: 'there was not enough memory for this file',
    unreachable: 'the address does not answer; check the network',
    forbidden_address: 'the address leads into a private network and is blocked',
    http_error: 'the server answered with an error',
    not_found: 'the page was not found',
    unreadable: 'the file could not be read',
    cancelled: 'reading was cancelled',
    internal: 'an internal error; the log has the details',
  },
  issues: exportWords.en.issues,
  issueNames: {
    source_failed: 'not all sources could be read',
    source_incomplete: 'some sources were read only in part',
    citation_missing: 'not all quotes were found in their sources',
    too_little_text: 'the sources hold too little text',
  },
  doneWithIssues: 'done, with issues',
  jobErrors: {
    no_sources: 'none of the sources could be read',
    snapshot_unreadable: 'the stored text of a source cannot be read; check the disk',
    snapshot_damaged: 'the stored text of a source is damaged; add the source again',
    poison: 'working on this material crashed several times',
    compensation_failed: 'not all that it had done could be undone',
    not_written: 'a file could not be written; check the free space and your rights to the folder',
    folder_gone: 'the folder of the exported files is not there',
    lost_too_often: 'the program was closed several times during this work',
    abandoned: 'the program was closed during this work',
    time_limit: 'the work took too long',
    cancelled_unasked: 'the work broke off by itself',
    unknown_kind: 'this job is of another version of the program',
    bad_payload: 'the data of the job is damaged',
  },
  unknownFailure: 'the reason is not known; the log has the details',
  events: {
    enqueued: 'queued',
    started: 'started',
    step: 'finished',
    done: 'done',
    failed: 'failed',
    cancelled: 'cancelled',
    cancelling: 'asked to cancel',
    returned: 'back in the queue',
    retry: 'to be tried again',
    retried_by_hand: 'tried again by hand',
    due: 'due',
    waiting: 'waiting',
    resumed: 'queued again',
    wait_expired: 'the wait ran out',
    held: 'waits for its turn',
    dispatched: 'sent',
    not_done: 'did not happen',
    undoing: 'undoing what was done',
    undone: 'undone',
    superseded: 'steps set aside to run again',
    decided: 'decided by hand',
    forked: 'a job was begun from it',
    forked_from: 'begun with steps of',
  },
  andMore: count => `and ${count} more`,
  reading: name => `Handing over: ${name}`,
  notRead: (name, reason) => `Not read: "${name}": ${reason}.`,
  nothingRead: 'None of the sources could be read, so there is nothing to make a synopsis of.',
  triedAgain: (title, reason, at) => `${title}: ${reason}; next try at ${at.toLocaleTimeString('en-GB')}`,
  queuePaused: 'The queue is paused, so the work will not start. Resume it in the program’s window: konspekt serve --open',
  written: file => `Synopsis written: ${file}`,
  cancelling: 'Stopping… Ctrl+C again leaves at once.',
  cancelled: 'Cancelled. The same command goes on from the last finished section.',
  stopped: 'No longer waiting. What was begun is kept.',
  failed: reason => `It failed: ${reason}.`,
  background: jobId =>
    `Working in the background. Wait for it: konspekt jobs wait ${jobId}\nThen the same command without --background gives you the synopsis.`,
  alreadyMade: 'This synopsis is ready. The same command without --background gives it to you, and with --again makes it anew.',
  fileNotFound: path => `There is no file "${path}". Check the path.`,
  fileUnreadable: (path, reason) => `The file "${path}" cannot be read: ${reason}. Check its permissions.`,
  isFolder: path => `"${path}" is a folder. Name the files in it, for example "${path}/*.pdf".`,
  notAFile: path => `"${path}" is not a regular file. Save its content to a file and name that.`,
  badAddress: address =>
    `"${address}" is not the address of a page. One begins with http:// or https://, followed by the name of a server.`,
  fileTooLarge: (path, limit) => `The file "${path}" is larger than ${limit}. Split it into parts.`,
  noJobs: 'There are no jobs.',
  noSuchJob: id => `There is no job "${id}". See: konspekt jobs list`,
  ambiguousJob: id => `More than one job begins with "${id}". Give more characters.`,
  alreadyEnded: state => `The job has already ended: ${state}.`,
  notRetryable: state => `Only a failed or cancelled job can be retried; this one is ${state}.`,
  lost: 'The connection to the program was lost. What was done is kept; run the command again.',
  refusals: {
    queue_full: 'The queue of jobs is full. Wait until some of them end and try again.',
    storage_full: 'The data folder cannot be written: the disk is full or read-only. Free some space and try again.',
    too_many_uploads: 'The program is taking in too many files at once. Try again a little later.',
    nothing_to_read: 'There is nothing to make a synopsis of: add a document.',
    internal: 'An internal error. The log in the data folder (logs/konspekt.log) has the details.',
  },
  refused: message => `The program refused: ${message}`,
  serving: address => `Konspekt is open at ${address}`,
  servingStop: 'Ctrl+C stops it.',
  notRunning: 'Konspekt is not running on this data folder. Start "konspekt serve" or the desktop program.',
  hasOwnWindow: 'Konspekt is open in a window of its own and has no page for the browser.',
  noPageNow:
    'A command or background work has the data folder and no page to show. Run "konspekt serve": it opens as soon as that work is done.',
  waitingForFolder: 'Another command has the data folder; waiting until it is done…',
  busyFolder: folder =>
    `The data folder ${folder} is held by another Konspekt that does not answer. Close it, or give another folder with --data.`,
  unwritableFolder: folder => `The data folder ${folder} cannot be written. Allow writing to it, or give another folder with --data.`,
  backgroundDidNotStart: 'The background process did not start. Run "konspekt serve" to see why.',
  closedBadly: reason => `The backup at the end could not be made: ${reason}`,
  outIsFolder: path => `"${path}" is a folder. Give --out the name of a file.`,
  outFolderMissing: folder => `There is no folder "${folder}". Make it, or give another --out.`,
  outNotWritable: path => `"${path}" cannot be written: permission denied. Give another --out.`,
  outIsSource: path => `"${path}" is one of the sources and would be overwritten. Give another --out.`,
  cannotWrite: (path, reason) => `Could not write "${path}": ${reason}. The synopsis is kept in the program; run again with another --out.`,
};

const words: Readonly<Record<Language, Words>> = { ru, en };

export function wordsFor(locale: string): Words {
  return words[locale.toLowerCase().startsWith('ru') ? 'ru' : 'en'];
}
