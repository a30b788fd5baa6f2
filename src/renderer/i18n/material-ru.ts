import { documentDate } from './document-date.ts';
import { documentErrorSentences } from './document-error-sentences.ts';
import { formatNames } from './format-names.ts';
import type { MaterialMessages } from './material-messages.ts';
import { pluralIn } from './plural.ts';

const n = pluralIn('ru');
const pages = (count: number) => n(count, { one: '# страница', few: '# страницы', many: '# страниц', other: '# страницы' });

export const materialRu: MaterialMessages = {
  documents: {
    state: { importing: 'Читается', ready: 'Готов', failed: 'Не прочитан', uploading: 'Загружается' },
    pages,
    chars: count => n(count, { one: '# знак', few: '# знака', many: '# знаков', other: '# знака' }),
    dated: documentDate('ru'),
    removed: title => `«${title}» убран из чата. Цитаты из него по-прежнему открываются.`,
    removeTitle: 'Убрать из чата',
    format: formatNames('ru'),
    error: documentErrorSentences('ru'),
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
      read_by_model: count => (count === null ? 'Прочитано моделью' : `Прочитано моделью с картинок: ${pages(count)}`),
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
    slideMark: slide => `Слайд ${slide}`,
    pageMark: page => `Страница ${page}`,
    notFound: 'Сохранённая копия источника не нашлась. Добавьте документ снова.',
    missingQuote: 'Этих слов в источнике нет. Показано начало источника.',
    openOriginal: 'Открыть страницу в браузере',
  },
};
