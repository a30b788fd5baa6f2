import { redirectsDetail, storedTextDetail } from '../../shared/domain/document.ts';
import type { MaterialMessages } from './material-messages.ts';
import { pluralIn } from './plural.ts';

const n = pluralIn('ru');
const pages = (count: number) => n(count, { one: '# страница', few: '# страницы', many: '# страниц', other: '# страницы' });
const withDetail = (sentence: string, detail: string | null) => (detail ? `${sentence} (${detail})` : sentence);

export const materialRu: MaterialMessages = {
  documents: {
    state: { importing: 'Читается', ready: 'Готов', failed: 'Не прочитан', uploading: 'Загружается' },
    pages,
    chars: count => n(count, { one: '# знак', few: '# знака', many: '# знаков', other: '# знака' }),
    removed: title => `«${title}» убран из чата. Цитаты из него по-прежнему открываются.`,
    removeTitle: 'Убрать из чата',
    format: { text: 'Текст', markdown: 'Markdown', html: 'Веб-страница', pdf: 'PDF', docx: 'DOCX' },
    error: {
      empty: () => 'В файле ничего нет. Проверьте, тот ли это файл, и добавьте его ещё раз.',
      too_large: detail => withDetail('Файл больше 256 МБ. Разделите его на части.', detail),
      too_many_pages: detail => withDetail('В файле больше 5000 страниц. Разделите его на части.', detail),
      encrypted: () => 'Файл защищён паролем. Снимите пароль в программе, где он создан, и добавьте файл снова.',
      damaged: detail =>
        detail === storedTextDetail
          ? 'Сохранённый текст документа повреждён. Прочитайте его заново или добавьте снова.'
          : 'Файл повреждён. Скачайте или сохраните его заново.',
      unsupported_format: detail => withDetail('Такой формат пока не читается. Сохраните файл как PDF, DOCX или текст.', detail),
      wrong_format: detail => withDetail('Содержимое не соответствует расширению файла. Сохраните его в верном формате.', detail),
      no_text: () => 'В файле нет текста, только изображения. Распознайте его и добавьте снова.',
      zip_bomb: () => 'Файл распаковывается до опасного размера, поэтому не открыт. Получите его из надёжного места.',
      timed_out: () => 'Чтение заняло слишком много времени. Повторите или разделите файл.',
      out_of_memory: () => 'Для файла не хватило памяти. Разделите его на части.',
      unreachable: detail => withDetail('Страница не отвечает. Проверьте сеть и адрес и повторите.', detail),
      forbidden_address: detail =>
        withDetail(
          'Этот адрес внутри вашей сети, поэтому не открыт. Разрешите его в настройках и повторите или сохраните страницу в файл.',
          detail,
        ),
      http_error: detail =>
        detail === redirectsDetail
          ? 'Слишком много переадресаций, возможно по кругу. Откройте страницу в браузере и добавьте адрес, на котором она остановится.'
          : withDetail('Сайт ответил ошибкой. Проверьте адрес и повторите позже.', detail),
      not_found: () => 'По этому адресу страницы нет. Проверьте адрес и добавьте её снова.',
      unreadable: () => 'Файл не открылся для чтения. Проверьте права доступа и добавьте его снова.',
      cancelled: () => 'Чтение остановлено. Его можно повторить.',
      internal: () => 'Внутренняя ошибка при чтении. Повторите; если не поможет, скопируйте диагностику из задачи.',
    },
    warning: {
      pages_need_ocr: count =>
        count === null ? 'Часть страниц без текста: нужно распознавание' : `${pages(count)} без текста: нужно распознавание`,
      pages_failed: count =>
        count === null
          ? 'Часть страниц не прочитана'
          : n(count, {
              one: '# страница не прочитана',
              few: '# страницы не прочитаны',
              many: '# страниц не прочитано',
              other: '# страницы не прочитано',
            }),
      truncated: count =>
        count === null
          ? 'Прочитано не до конца'
          : `В конце опущено ${n(count, { one: '# знак', few: '# знака', many: '# знаков', other: '# знака' })}`,
      encoding_guessed: () => 'Кодировка определена по содержимому',
      tables_flattened: () => 'Таблицы превращены в текст',
    },
  },
  sources: {
    title: 'Источники',
    list: 'Источники чата',
    back: 'Все источники',
    empty: 'В этом чате пока нет документов. Перетащите файл в окно или вставьте ссылку.',
    chatSource: 'Переписка этого чата',
    chatNotReady: 'Откроется, когда чат войдёт в конспект.',
    notReady: 'Откроется, когда будет прочитан.',
    reading: 'Текст источника',
    toPassage: 'К цитате',
    unknown: 'Убранный документ',
    pageMark: page => `Страница ${page}`,
    notFound: 'Сохранённая копия источника не нашлась. Добавьте документ снова.',
    missingQuote: 'Этих слов в источнике нет. Показано начало источника.',
    openOriginal: 'Открыть страницу в браузере',
  },
};
