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
  readonly reading: (name: string) => string;
  readonly notRead: (name: string, reason: string) => string;
  readonly nothingRead: string;
  readonly written: (file: string) => string;
  readonly cancelling: string;
  readonly cancelled: string;
  readonly failed: (reason: string) => string;
  readonly background: (jobId: string) => string;
  readonly fileNotFound: (path: string) => string;
  readonly isFolder: (path: string) => string;
  readonly fileTooLarge: (path: string, limit: string) => string;
  readonly noJobs: string;
  readonly noSuchJob: (id: string) => string;
  readonly ambiguousJob: (id: string) => string;
  readonly alreadyEnded: (state: string) => string;
  readonly notRetryable: (state: string) => string;
  readonly lost: string;
  readonly refused: (message: string) => string;
  readonly serving: (address: string) => string;
  readonly servingStop: string;
  readonly notRunning: string;
  readonly busyFolder: (folder: string) => string;
  readonly backgroundDidNotStart: string;
  readonly cannotWrite: (path: string, reason: string) => string;
}

const ru: Words = {
  phases: {
    starting: 'Начало', reading: 'Чтение', extracting: 'Извлечение текста', segmenting: 'Разбор предложений', ranking: 'Отбор главного',
    section: 'Раздел', verifying: 'Проверка цитат', saving: 'Сохранение', searching: 'Поиск', answering: 'Ответ', fetching: 'Загрузка страницы',
  },
  sections: exportWords.ru.sections,
  states: { scheduled: 'отложено', queued: 'в очереди', running: 'выполняется', waiting: 'ждёт', done: 'готово', failed: 'ошибка', cancelled: 'отменено' },
  kinds: { 'document.import': 'Чтение документа', 'synopsis.make': 'Конспект', 'chat.answer': 'Ответ в чате' },
  documentErrors: {
    empty: 'файл пуст', too_large: 'файл слишком велик', too_many_pages: 'слишком много страниц', encrypted: 'файл защищён паролем — снимите защиту и добавьте снова',
    damaged: 'файл повреждён — откройте его в своей программе и сохраните заново', unsupported_format: 'этот формат не поддерживается — сохраните как PDF, DOCX, HTML или текст',
    wrong_format: 'содержимое не соответствует расширению', no_text: 'в файле нет текста, похоже на сканы — нужно распознавание', zip_bomb: 'архив распаковывается в опасно большой объём',
    timed_out: 'чтение заняло слишком много времени', out_of_memory: 'не хватило памяти на этот файл', unreachable: 'адрес не отвечает — проверьте сеть',
    forbidden_address: 'адрес ведёт во внутреннюю сеть и закрыт', http_error: 'сервер ответил ошибкой', not_found: 'страница не найдена', unreadable: 'файл не удалось прочитать',
    cancelled: 'чтение отменено', internal: 'внутренняя ошибка — подробности в журнале',
  },
  issues: exportWords.ru.issues,
  reading: name => `Читаю: ${name}`,
  notRead: (name, reason) => `Не прочитано: ${name} — ${reason}.`,
  nothingRead: 'Ни один источник прочитать не удалось, конспект делать не из чего.',
  written: file => `Конспект записан: ${file}`,
  cancelling: 'Останавливаю… Ещё раз Ctrl+C — выйти немедленно.',
  cancelled: 'Отменено. Та же команда продолжит с последнего готового раздела.',
  failed: reason => `Не удалось: ${reason}`,
  background: jobId => `Делаю в фоне. Задание ${jobId}. Следить: konspekt jobs wait ${jobId}`,
  fileNotFound: path => `Файла «${path}» нет. Проверьте путь.`,
  isFolder: path => `«${path}» — папка. Укажите файлы в ней, например «${path}/*.pdf».`,
  fileTooLarge: (path, limit) => `Файл «${path}» больше ${limit}. Разделите его на части.`,
  noJobs: 'Заданий нет.',
  noSuchJob: id => `Задания «${id}» нет. Список: konspekt jobs list`,
  ambiguousJob: id => `С «${id}» начинается несколько заданий. Укажите больше знаков.`,
  alreadyEnded: state => `Задание уже завершено (${state}).`,
  notRetryable: state => `Повторить можно только неудавшееся или отменённое задание, а это — «${state}».`,
  lost: 'Связь с программой прервалась. Сделанное сохранено; повторите команду.',
  refused: message => `Программа не приняла запрос: ${message}`,
  serving: address => `Konspekt открыт по адресу ${address}`,
  servingStop: 'Остановить: Ctrl+C',
  notRunning: 'Konspekt не запущен на этой папке данных. Запустите «konspekt serve» или настольную программу.',
  busyFolder: folder => `Папку данных ${folder} держит другая программа Konspekt, но она не отвечает. Закройте её или укажите другую папку через --data.`,
  backgroundDidNotStart: 'Фоновый процесс не запустился за 15 секунд. Запустите «konspekt serve», чтобы увидеть причину.',
  cannotWrite: (path, reason) => `Не удалось записать «${path}»: ${reason}. Конспект сохранён в программе; повторите с другим --out.`,
};

const en: Words = {
  phases: {
    starting: 'Starting', reading: 'Reading', extracting: 'Extracting text', segmenting: 'Finding sentences', ranking: 'Choosing what matters',
    section: 'Section', verifying: 'Checking quotes', saving: 'Saving', searching: 'Searching', answering: 'Answering', fetching: 'Fetching the page',
  },
  sections: exportWords.en.sections,
  states: { scheduled: 'scheduled', queued: 'queued', running: 'running', waiting: 'waiting', done: 'done', failed: 'failed', cancelled: 'cancelled' },
  kinds: { 'document.import': 'Reading a document', 'synopsis.make': 'Synopsis', 'chat.answer': 'Chat answer' },
  documentErrors: {
    empty: 'the file is empty', too_large: 'the file is too large', too_many_pages: 'it has too many pages', encrypted: 'it is protected by a password; remove it and add the file again',
    damaged: 'the file is damaged; open it in its own program and save it anew', unsupported_format: 'this format is not supported; save it as PDF, DOCX, HTML or text',
    wrong_format: 'its content does not match its extension', no_text: 'it holds no text, it seems to be scans; it needs recognition first', zip_bomb: 'the archive unpacks to a dangerous size',
    timed_out: 'reading it took too long', out_of_memory: 'there was not enough memory for this file', unreachable: 'the address does not answer; check the network',
    forbidden_address: 'the address leads into a private network and is blocked', http_error: 'the server answered with an error', not_found: 'the page was not found', unreadable: 'the file could not be read',
    cancelled: 'reading was cancelled', internal: 'an internal error; the log has the details',
  },
  issues: exportWords.en.issues,
  reading: name => `Reading: ${name}`,
  notRead: (name, reason) => `Not read: ${name}: ${reason}.`,
  nothingRead: 'None of the sources could be read, so there is nothing to make a synopsis of.',
  written: file => `Synopsis written: ${file}`,
  cancelling: 'Stopping… Ctrl+C again leaves at once.',
  cancelled: 'Cancelled. The same command goes on from the last finished section.',
  failed: reason => `It failed: ${reason}`,
  background: jobId => `Working in the background. Job ${jobId}. Follow it: konspekt jobs wait ${jobId}`,
  fileNotFound: path => `There is no file "${path}". Check the path.`,
  isFolder: path => `"${path}" is a folder. Name the files in it, for example "${path}/*.pdf".`,
  fileTooLarge: (path, limit) => `The file "${path}" is larger than ${limit}. Split it into parts.`,
  noJobs: 'There are no jobs.',
  noSuchJob: id => `There is no job "${id}". See: konspekt jobs list`,
  ambiguousJob: id => `More than one job begins with "${id}". Give more characters.`,
  alreadyEnded: state => `The job has already ended (${state}).`,
  notRetryable: state => `Only a failed or cancelled job can be retried; this one is ${state}.`,
  lost: 'The connection to the program was lost. What was done is kept; run the command again.',
  refused: message => `The program refused: ${message}`,
  serving: address => `Konspekt is open at ${address}`,
  servingStop: 'Ctrl+C stops it.',
  notRunning: 'Konspekt is not running on this data folder. Start "konspekt serve" or the desktop program.',
  busyFolder: folder => `The data folder ${folder} is held by another Konspekt that does not answer. Close it, or give another folder with --data.`,
  backgroundDidNotStart: 'The background process did not start within 15 seconds. Run "konspekt serve" to see why.',
  cannotWrite: (path, reason) => `Could not write "${path}": ${reason}. The synopsis is kept in the program; run again with another --out.`,
};

const words: Readonly<Record<Language, Words>> = { ru, en };

export function wordsFor(locale: string): Words {
  return words[locale.toLowerCase().startsWith('ru') ? 'ru' : 'en'];
}
