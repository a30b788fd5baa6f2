import type { DocumentError } from '../../shared/domain/document.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { JobState, WaitReason } from '../../shared/domain/job-state.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ProgressPhase } from '../../shared/domain/progress.ts';
import { sectionNames } from '../../shared/domain/section-names.ts';
import type { SectionKind, SynopsisIssue } from '../../shared/domain/synopsis.ts';
import { exportWords } from '../../shared/export/export-words.ts';
import { documentFault } from './document-fault.ts';
import { printable } from './printable.ts';

/** Names for what jobs are, do and stumble over: the program's codes in both languages. */
export interface JobWords {
  readonly phases: Readonly<Record<ProgressPhase, string>>;
  readonly sections: Readonly<Record<SectionKind, string>>;
  readonly states: Readonly<Record<JobState, string>>;
  readonly kinds: Readonly<Record<JobKindName, string>>;
  readonly documentFault: (error: DocumentError) => string;
  readonly issues: Readonly<Record<SynopsisIssue['code'], (count: number) => string>>;
  /** Shortcomings as a list of jobs knows them: without their counts. */
  readonly issueNames: Readonly<Record<SynopsisIssue['code'], string>>;
  readonly doneWithIssues: string;
  /** By `JobError['code']`, where the code is not a document's; any other speaks for itself. */
  readonly jobErrors: Readonly<Partial<Record<string, string>>>;
  /** A reason that only the program's makers know. */
  readonly otherFailure: (error: { readonly code: string; readonly message: string }) => string;
  readonly unknownFailure: string;
  /** What a waiting job waits for. */
  readonly waits: Readonly<Record<WaitReason, string>>;
  /** By the type of a row of the job's trail. */
  readonly events: Readonly<Partial<Record<string, string>>>;
  /** What comes of a wait that has run out. */
  readonly expiries: Readonly<Partial<Record<string, string>>>;
  /** By the part of a step's name before `:`, where that says something. */
  readonly steps: Readonly<Partial<Record<string, string>>>;
  readonly askingModel: string;
  /** What a model is asked for besides sections of a synopsis. */
  readonly askedFor: Readonly<Partial<Record<string, string>>>;
}

const ru: JobWords = {
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
    indexing: 'Подготовка к поиску по смыслу',
  },
  sections: sectionNames.ru,
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
    'agent.run': 'Задача в фоне',
    'browser.run': 'Задача в браузере',
    'synopses.export': 'Сохранение конспектов',
    'synopsis.audit': 'Проверка утверждений',
    'passages.embed': 'Поиск по смыслу',
    'synopsis.autoexport': 'Обновление папки',
  },
  documentFault: error => documentFault(error, 'ru'),
  issues: exportWords.ru.issues,
  issueNames: {
    source_failed: 'прочитаны не все источники',
    source_incomplete: 'часть источников прочитана не полностью',
    citation_missing: 'не все цитаты найдены в источниках',
    items_left_out: 'опущены пункты, которые нечем подтвердить',
    section_without_model: 'часть разделов составил встроенный движок: модель не справилась',
    too_little_text: 'в источниках слишком мало текста',
  },
  doneWithIssues: 'готово, есть замечания',
  jobErrors: {
    no_sources: 'ни один источник прочитать не удалось',
    snapshot_unreadable: 'сохранённый текст источника не читается — проверьте диск',
    snapshot_damaged: 'сохранённый текст источника повреждён — добавьте источник заново',
    poison: 'обработка этого материала несколько раз завершалась аварийно',
    part_failed: 'часть плана не удалась, план остановлен, сделанное для него отменено',
    compensation_failed: 'не всё, что успела сделать задача, удалось отменить',
    not_written: 'файл не удалось записать — проверьте свободное место и права на папку',
    folder_gone: 'папки с сохранёнными файлами нет на месте',
    folder_full: 'на диске с папкой для файлов закончилось место — освободите его или выберите другую папку',
    folder_read_only: 'в папку для файлов нельзя записывать — она только для чтения или у вас нет на неё прав',
    lost_too_often: 'программа несколько раз закрывалась во время этой работы',
    abandoned: 'программа закрылась во время этой работы',
    time_limit: 'работа заняла слишком много времени',
    cancelled_unasked: 'обработка прервалась сама собой',
    unknown_kind: 'это задача другой версии программы',
    input_too_large: 'материала слишком много для одной задачи — разделите его между несколькими чатами',
    bad_payload: 'данные задачи повреждены',
    bad_output: 'рабочий процесс вернул не то, что должен был',
    bad_input: 'задача подготовлена неверно',
    prepare_failed: 'задачу не удалось подготовить',
    not_accepted: 'результат не удалось сохранить',
    host_call_failed: 'программа не ответила рабочему процессу',
    output_too_large: 'результат больше, чем помещается',
    end_hook_failed: 'результат не удалось записать',
    wait_expired: 'время ожидания вышло',
    internal: 'внутренняя ошибка — повторите; если не поможет, подробности в журнале',
  },
  waits: {
    approval: 'вашего согласия',
    answer: 'вашего ответа',
    network: 'сети',
    budget: 'бюджет израсходован (konspekt budgets)',
    children: 'других задач',
    provider: 'внешней службы',
    disk: 'места на диске',
  },
  otherFailure: ({ code }) => `ошибка «${code}» — подробности в журнале`,
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
    forked: 'от неё начата задача',
    forked_from: 'начата с шагов задачи',
    end_hook_failed: 'завершающее действие не удалось',
  },
  expiries: { resume: 'задача продолжена', fail: 'задача завершена с ошибкой', cancel: 'задача отменена' },
  steps: {
    setup: 'Подготовка',
    model: 'Обращение к модели',
    part: 'Часть ответа',
    tool: 'Инструмент',
    act: 'Действие',
    plan: 'План',
    batch: 'Подготовка к поиску по смыслу',
    pages: 'Страницы',
    file: 'Файл',
  },
  askingModel: 'Вопрос модели',
  askedFor: { notes: 'заметки', audit: 'проверка утверждений' },
};

const en: JobWords = {
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
    indexing: 'Preparing search by meaning',
  },
  sections: sectionNames.en,
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
    'agent.run': 'Background task',
    'browser.run': 'Browser task',
    'synopses.export': 'Export of synopses',
    'synopsis.audit': 'Check of claims',
    'passages.embed': 'Search by meaning',
    'synopsis.autoexport': 'Folder update',
  },
  documentFault: error => documentFault(error, 'en'),
  issues: exportWords.en.issues,
  issueNames: {
    source_failed: 'not all sources could be read',
    source_incomplete: 'some sources were read only in part',
    citation_missing: 'not all quotes were found in their sources',
    items_left_out: 'items that nothing backs were left out',
    section_without_model: 'some sections were made by the built-in engine: the model could not',
    too_little_text: 'the sources hold too little text',
  },
  doneWithIssues: 'done, with issues',
  jobErrors: {
    no_sources: 'none of the sources could be read',
    snapshot_unreadable: 'the stored text of a source cannot be read; check the disk',
    snapshot_damaged: 'the stored text of a source is damaged; add the source again',
    poison: 'working on this material crashed several times',
    part_failed: 'a part of the plan has failed; the plan was stopped and what it had done was taken back',
    compensation_failed: 'not all that it had done could be undone',
    not_written: 'a file could not be written; check the free space and your rights to the folder',
    folder_gone: 'the folder of the exported files is not there',
    folder_full: 'there is no room left on the disk of the folder; free some space there or choose another folder',
    folder_read_only: 'nothing can be written into the folder: it is read-only, or you have no rights to it',
    lost_too_often: 'the program was closed several times during this work',
    abandoned: 'the program was closed during this work',
    time_limit: 'the work took too long',
    cancelled_unasked: 'the work broke off by itself',
    unknown_kind: 'this task is of another version of the program',
    input_too_large: 'too much material for one task; divide it between several chats',
    bad_payload: 'the data of the task is damaged',
    bad_output: 'the worker process returned something else than it should',
    bad_input: 'the task was prepared wrongly',
    prepare_failed: 'the task could not be prepared',
    not_accepted: 'the result could not be kept',
    host_call_failed: 'the program did not answer its worker process',
    output_too_large: 'the result is larger than what can be kept',
    end_hook_failed: 'the result could not be written',
    wait_expired: 'the wait ran out',
    internal: 'something inside went wrong; retry, and if that does not help, the log has the details',
  },
  waits: {
    approval: 'your approval',
    answer: 'your answer',
    network: 'the network',
    budget: 'the budget is used up (konspekt budgets)',
    children: 'other tasks',
    provider: 'an outside service',
    disk: 'room on the disk',
  },
  otherFailure: ({ message }) => printable(message),
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
    forked: 'a task was begun from it',
    forked_from: 'begun with the steps of task',
    end_hook_failed: 'what follows the end could not be done',
  },
  expiries: { resume: 'the task went on', fail: 'the task failed', cancel: 'the task was cancelled' },
  steps: {
    setup: 'Preparation',
    model: 'Call of the model',
    part: 'Part of the answer',
    tool: 'Tool',
    act: 'Action',
    plan: 'Plan',
    batch: 'Preparing the search by meaning',
    pages: 'Pages',
    file: 'File',
  },
  askingModel: 'Question to the model',
  askedFor: { notes: 'notes', audit: 'check of claims' },
};

export const jobWords: Readonly<Record<Language, JobWords>> = { ru, en };
