import type { Language } from '../domain/language.ts';
import type { DocumentErrorCode } from '../domain/document.ts';
import type { SnapshotWarning } from '../domain/snapshot.ts';
import type { CoverageSource, EmptyReason, SynopsisIssue } from '../domain/synopsis.ts';
import type { CitationPlace } from './citation-place.ts';

/** Why a source was left out of a synopsis, or what became of it: what reading it said, or where it stood. */
type LeftOutReason = DocumentErrorCode | 'not_ready' | 'duplicate' | 'snapshot_damaged' | 'removed';

export interface ExportWords {
  readonly synopsis: string;
  readonly sources: string;
  readonly chat: string;
  readonly page: (number: number) => string;
  /** Where a quote of a source without pages stands; `text` is the heading above it or the beginning of its paragraph. */
  readonly places: Readonly<Record<CitationPlace['kind'], (text: string) => string>>;
  readonly pagesRead: (read: number, all: number) => string;
  /** Why a source was left out, by its `CoverageSource['reason']`. */
  readonly reasons: Readonly<Record<LeftOutReason, string>>;
  /** `detail` is a range of pages or the name of an encoding. */
  readonly warnings: Readonly<Record<SnapshotWarning['code'], (detail: string | null) => string>>;
  readonly extractive: string;
  /** Of all sections that hold nothing for one reason; `names` is their list. */
  readonly empty: Readonly<Record<EmptyReason, (names: string) => string>>;
  readonly support: Readonly<Record<'approximate' | 'missing', string>>;
  readonly sourceState: Readonly<Record<CoverageSource['state'], string>>;
  readonly issues: Readonly<Record<SynopsisIssue['code'], (count: number) => string>>;
  readonly who: string;
  readonly due: string;
  readonly answer: string;
  /** Over what the person wrote between the sections. */
  readonly note: string;
  /** When it was made, in the reader's own way of writing a date. */
  readonly madeOn: (date: Date) => string;
  /** The heading over the notes of a page. */
  readonly quotes: string;
  readonly backToText: string;
  /** The fields of a card, as a program for cards shows them. */
  readonly card: { readonly noteType: string; readonly question: string; readonly answer: string; readonly source: string };
  readonly quoteOpen: string;
  readonly quoteClose: string;
}

const ru: ExportWords = {
  synopsis: 'Конспект',
  sources: 'Источники',
  chat: 'Переписка в чате',
  page: number => `с. ${number}`,
  places: { heading: text => `раздел «${text}»`, paragraph: text => `абзац «${text}»` },
  pagesRead: (read, all) => (read === all ? `страниц: ${all}` : `прочитано страниц: ${read} из ${all}`),
  reasons: {
    empty: 'пуст',
    too_large: 'слишком велик',
    too_many_pages: 'слишком много страниц',
    encrypted: 'защищён паролем',
    damaged: 'повреждён',
    unsupported_format: 'формат не поддерживается',
    wrong_format: 'содержимое не соответствует расширению',
    no_text: 'нет текста, похоже на сканы',
    zip_bomb: 'опасно большой архив',
    timed_out: 'чтение заняло слишком много времени',
    out_of_memory: 'не хватило памяти',
    unreachable: 'адрес не отвечает',
    forbidden_address: 'адрес внутренней сети',
    http_error: 'сервер ответил ошибкой',
    not_found: 'страница не найдена',
    unreadable: 'не удалось прочитать',
    cancelled: 'чтение отменено',
    internal: 'внутренняя ошибка',
    not_ready: 'ещё не был прочитан',
    duplicate: 'тот же текст, что у другого источника',
    snapshot_damaged: 'сохранённый текст повреждён, добавьте документ снова',
    removed: 'потом удалён из чата',
  },
  warnings: {
    pages_need_ocr: pages => `без распознавания не читаются страницы${pages === null ? '' : ` ${pages}`}`,
    pages_failed: pages => `не прочитались страницы${pages === null ? '' : ` ${pages}`}`,
    truncated: () => 'прочитано только начало',
    encoding_guessed: name => `кодировка определена по тексту${name === null ? '' : `: ${name}`}`,
    read_by_model: model => `прочитано с картинок моделью${model === null ? '' : ` ${model}`}`,
    tables_flattened: () => 'таблицы переданы как простой текст',
  },
  extractive: 'Составлено без языковой модели: это дословные выдержки из источников.',
  empty: { nothing_found: names => `Не найдено в материалах: ${names}.`, needs_model: names => `Нужна языковая модель: ${names}.` },
  support: { approximate: 'приблизительная цитата', missing: 'цитата в источнике не найдена' },
  sourceState: { used: 'прочитан', skipped: 'пропущен', failed: 'не прочитан' },
  issues: {
    source_failed: count => `Не удалось прочитать источников: ${count}.`,
    source_incomplete: count => `Прочитано не полностью, источников: ${count}.`,
    citation_missing: count => `Цитат, не найденных в источнике: ${count}.`,
    items_left_out: count => `Опущено пунктов, которые нечем подтвердить: ${count}.`,
    section_without_model: count => `Разделов, составленных встроенным движком вместо модели: ${count}.`,
    too_little_text: () => 'В источниках слишком мало текста.',
  },
  who: 'Кто',
  due: 'Срок',
  answer: 'Ответ',
  note: 'Моя заметка',
  madeOn: date => `Составлено ${new Intl.DateTimeFormat('ru', { dateStyle: 'long' }).format(date)}`,
  quotes: 'Цитаты',
  backToText: 'Назад к тексту',
  card: { noteType: 'Konspekt (вопрос и ответ)', question: 'Вопрос', answer: 'Ответ', source: 'Источник' },
  quoteOpen: '«',
  quoteClose: '»',
};

const en: ExportWords = {
  synopsis: 'Synopsis',
  sources: 'Sources',
  chat: 'Chat messages',
  page: number => `p. ${number}`,
  places: { heading: text => `under “${text}”`, paragraph: text => `paragraph “${text}”` },
  pagesRead: (read, all) => (read === all ? `pages: ${all}` : `pages read: ${read} of ${all}`),
  reasons: {
    empty: 'empty',
    too_large: 'too large',
    too_many_pages: 'too many pages',
    encrypted: 'protected by a password',
    damaged: 'damaged',
    unsupported_format: 'format not supported',
    wrong_format: 'content does not match the extension',
    no_text: 'no text, it seems to be scans',
    zip_bomb: 'dangerously large archive',
    timed_out: 'reading took too long',
    out_of_memory: 'not enough memory',
    unreachable: 'the address does not answer',
    forbidden_address: 'an address of a private network',
    http_error: 'the server answered with an error',
    not_found: 'page not found',
    unreadable: 'could not be read',
    cancelled: 'reading was cancelled',
    internal: 'internal error',
    not_ready: 'had not been read yet',
    duplicate: 'the same text as another source',
    snapshot_damaged: 'its stored text is damaged, add the document again',
    removed: 'later removed from the chat',
  },
  warnings: {
    pages_need_ocr: pages => `pages that need recognition${pages === null ? '' : `: ${pages}`}`,
    pages_failed: pages => `pages that could not be read${pages === null ? '' : `: ${pages}`}`,
    truncated: () => 'only the beginning was read',
    encoding_guessed: name => `encoding told from the text${name === null ? '' : `: ${name}`}`,
    read_by_model: model => `read from pictures by ${model === null ? 'a model' : model}`,
    tables_flattened: () => 'tables are given as plain text',
  },
  extractive: 'Made without a language model: these are the sources’ own words.',
  empty: { nothing_found: names => `Not found in the material: ${names}.`, needs_model: names => `Needs a language model: ${names}.` },
  support: { approximate: 'approximate quote', missing: 'quote not found in the source' },
  sourceState: { used: 'read', skipped: 'skipped', failed: 'not read' },
  issues: {
    source_failed: count => `Sources that could not be read: ${count}.`,
    source_incomplete: count => `Sources read only in part: ${count}.`,
    citation_missing: count => `Quotes not found in their source: ${count}.`,
    items_left_out: count => `Items left out because nothing backs them: ${count}.`,
    section_without_model: count => `Sections made by the built-in engine instead of the model: ${count}.`,
    too_little_text: () => 'The sources hold too little text.',
  },
  who: 'Who',
  due: 'Due',
  answer: 'Answer',
  note: 'My note',
  madeOn: date => `Made on ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(date)}`,
  quotes: 'Quotes',
  backToText: 'Back to the text',
  card: { noteType: 'Konspekt (question and answer)', question: 'Question', answer: 'Answer', source: 'Source' },
  quoteOpen: '“',
  quoteClose: '”',
};

export const exportWords: Readonly<Record<Language, ExportWords>> = { ru, en };
