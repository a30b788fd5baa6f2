import { listedFormats } from './document-formats.ts';
import {
  heicDetail,
  needsVisionDetail,
  redirectsDetail,
  scansNeedVisionDetail,
  storedTextDetail,
  visionFailedDetail,
  type DocumentError,
  type DocumentErrorCode,
  type DocumentView,
} from './document.ts';
import type { Language } from './language.ts';

/** Two clauses that begin with a capital and end without a full stop, so that each host joins them in its own way. */
export interface DocumentErrorWords {
  readonly fault: string;
  readonly cure: string;
}

const byCode: Readonly<Record<Language, Readonly<Record<DocumentErrorCode, DocumentErrorWords>>>> = {
  ru: {
    empty: { fault: 'Файл пуст', cure: 'Проверьте, тот ли это файл, и добавьте его ещё раз' },
    too_large: { fault: 'Файл слишком велик', cure: 'Разделите его на части' },
    too_many_pages: { fault: 'В файле больше 5000 страниц', cure: 'Разделите его на части' },
    encrypted: { fault: 'Файл защищён паролем', cure: 'Снимите пароль в программе, где он создан, и добавьте файл снова' },
    damaged: { fault: 'Файл повреждён', cure: 'Откройте его в своей программе и сохраните заново или скачайте ещё раз' },
    unsupported_format: { fault: 'Такой формат не читается', cure: `Сохраните файл в одном из читаемых: ${listedFormats('ru')}` },
    wrong_format: {
      fault: 'Содержимое не соответствует расширению файла',
      cure: 'Откройте файл в программе, где он создан, и сохраните заново',
    },
    no_text: { fault: 'В файле нет текста, похоже на сканы', cure: 'Распознайте его и добавьте снова' },
    zip_bomb: { fault: 'Файл распаковывается до опасного размера, поэтому не открыт', cure: 'Получите его из надёжного места' },
    timed_out: { fault: 'Чтение заняло слишком много времени', cure: 'Повторите или разделите файл на части' },
    out_of_memory: { fault: 'Для файла не хватило памяти', cure: 'Разделите его на части' },
    unreachable: { fault: 'Адрес не отвечает', cure: 'Проверьте сеть и адрес и повторите' },
    forbidden_address: {
      fault: 'Этот адрес внутри вашей сети, поэтому не открыт',
      cure: 'Разрешите его в настройках и повторите или сохраните страницу в файл',
    },
    http_error: { fault: 'Сайт ответил ошибкой', cure: 'Проверьте адрес и повторите позже' },
    not_found: { fault: 'По этому адресу страницы нет', cure: 'Проверьте адрес и добавьте её снова' },
    unreadable: { fault: 'Файл не открылся для чтения', cure: 'Проверьте права доступа и добавьте его снова' },
    cancelled: { fault: 'Чтение остановлено', cure: 'Его можно повторить' },
    internal: { fault: 'Внутренняя ошибка при чтении', cure: 'Повторите; если не поможет, скопируйте диагностику из задачи' },
  },
  en: {
    empty: { fault: 'The file is empty', cure: 'Check that it is the right one and add it again' },
    too_large: { fault: 'The file is too large', cure: 'Split it into parts' },
    too_many_pages: { fault: 'The file has more than 5,000 pages', cure: 'Split it into parts' },
    encrypted: {
      fault: 'The file is protected by a password',
      cure: 'Remove it in the program that made the file, and add the file again',
    },
    damaged: { fault: 'The file is damaged', cure: 'Open it in its own program and save it anew, or download it again' },
    unsupported_format: { fault: 'This format cannot be read', cure: `Save the file as one that can: ${listedFormats('en')}` },
    wrong_format: {
      fault: 'The content does not match the file’s extension',
      cure: 'Open the file in the program that made it and save it anew',
    },
    no_text: { fault: 'The file has no text, it seems to be scans', cure: 'Run text recognition on it and add it again' },
    zip_bomb: { fault: 'The file unpacks to a dangerous size and was not opened', cure: 'Get it from a place you trust' },
    timed_out: { fault: 'Reading took too long', cure: 'Retry, or split the file into parts' },
    out_of_memory: { fault: 'There was not enough memory for this file', cure: 'Split it into parts' },
    unreachable: { fault: 'The address does not answer', cure: 'Check the network and the address, then retry' },
    forbidden_address: {
      fault: 'This address is inside your own network and was not opened',
      cure: 'Allow it in the settings and retry, or save the page to a file',
    },
    http_error: { fault: 'The site answered with an error', cure: 'Check the address and retry later' },
    not_found: { fault: 'There is no such page at this address', cure: 'Check the address and add it again' },
    unreadable: { fault: 'The file could not be opened for reading', cure: 'Check its permissions and add it again' },
    cancelled: { fault: 'Reading was stopped', cure: 'You can retry' },
    internal: {
      fault: 'Something inside went wrong while reading',
      cure: 'Retry; if that does not help, copy the diagnostics of the task',
    },
  },
};

/** By the details that say more than their code. */
const byDetail: Readonly<Record<Language, Readonly<Record<string, DocumentErrorWords>>>> = {
  ru: {
    [storedTextDetail]: { fault: 'Сохранённый текст документа повреждён', cure: 'Прочитайте его заново или добавьте снова' },
    [needsVisionDetail]: {
      fault: 'Это изображение: его прочтёт только модель, которая видит картинки',
      cure: 'Выберите её в «Моделях» для картинок и повторите чтение',
    },
    [scansNeedVisionDetail]: {
      fault: 'В файле нет текста, только изображения страниц: их прочтёт модель, которая видит картинки',
      cure: 'Выберите её в «Моделях» для картинок и повторите чтение',
    },
    [visionFailedDetail]: {
      fault: 'Модель, которая читает картинки, не ответила',
      cure: 'Проверьте её в «Моделях» и повторите чтение',
    },
    [redirectsDetail]: {
      fault: 'Слишком много переадресаций, возможно по кругу',
      cure: 'Откройте страницу в браузере и добавьте адрес, на котором она остановится',
    },
    [heicDetail]: {
      fault: 'Это фотография в формате HEIC, его программа не читает',
      cure: 'Сохраните её как JPEG: на Mac в «Просмотре», в Windows в «Фотографиях»; чтобы iPhone снимал сразу в JPEG, выберите «Наиболее совместимые» в настройках камеры',
    },
  },
  en: {
    [storedTextDetail]: { fault: 'The stored text of the document is damaged', cure: 'Have it read again or add it anew' },
    [needsVisionDetail]: {
      fault: 'This is a picture, and only a model that sees can read it',
      cure: 'Choose one for images under Models and read it again',
    },
    [scansNeedVisionDetail]: {
      fault: 'The file has no text, only pictures of its pages, and a model that sees can read them',
      cure: 'Choose one for images under Models and read the file again',
    },
    [visionFailedDetail]: {
      fault: 'The model that reads pictures did not answer',
      cure: 'Test it under Models and read the file again',
    },
    [heicDetail]: {
      fault: 'This is a photo in the HEIC format, which the program does not read',
      cure: 'Save it as JPEG, on a Mac in Preview, on Windows in Photos; for an iPhone to take JPEG at once, choose “Most Compatible” in the settings of its camera',
    },
    [redirectsDetail]: {
      fault: 'The page leads on to others too many times, perhaps in a circle',
      cure: 'Open it in a browser and give the address where it ends',
    },
  },
};

/** Whether the detail is one of the program's own marks, which stands for words and is not shown itself. */
export function isMark(detail: string | null): boolean {
  return detail !== null && Object.hasOwn(byDetail.ru, detail);
}

const curedByModels: ReadonlySet<string> = new Set([needsVisionDetail, scansNeedVisionDetail, visionFailedDetail]);

/** Whether it is the choice of a model that helps. */
export function needsModelChoice({ detail }: Pick<DocumentError, 'detail'>): boolean {
  return detail !== null && curedByModels.has(detail);
}

/** Faults that lie in the file's own bytes, which are kept as they were: reading them once more ends in the same way. */
const inTheBytes: ReadonlySet<DocumentErrorCode> = new Set([
  'empty',
  'too_large',
  'too_many_pages',
  'encrypted',
  'damaged',
  'unsupported_format',
  'wrong_format',
  'no_text',
  'zip_bomb',
]);

/** Whether reading again may end in another way. An address may give something else by now; a stored text that was damaged is made anew. */
export function mayHelpAgain({ error, origin }: Pick<DocumentView, 'error' | 'origin'>): boolean {
  if (error === null || origin.kind === 'url' || !inTheBytes.has(error.code)) return true;
  return error.detail !== heicDetail && isMark(error.detail);
}

/** Why a document could not be read and what helps; the window and the command line say the same. */
export function documentErrorWords({ code, detail }: DocumentError, language: Language): DocumentErrorWords {
  const told = detail !== null && isMark(detail) ? byDetail[language][detail] : undefined;
  return told ?? byCode[language][code];
}
