import { documentDate } from './document-date.ts';
import { documentErrorSentences } from './document-error-sentences.ts';
import { formatNames } from './format-names.ts';
import type { MaterialMessages } from './material-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

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
    form: { label: 'Вид источника', text: 'Текст', original: 'Оригинал' },
    showText: 'Показать текст',
    absent: {
      not_kept: 'Здесь хранится только текст: сам файл сюда не переносили. Добавьте его, чтобы видеть страницы.',
      replaced: 'С тех пор документ прочитан заново. Показан текст, из которого взята цитата.',
      missing: 'Файл оригинала пропал или обрезан. Добавьте документ снова, чтобы видеть страницы; текст цел.',
    },
    pages: {
      reading: 'Страницы оригинала',
      opening: 'Открываю оригинал…',
      page: 'Страница',
      of: count => `из ${count}`,
      zoomIn: 'Крупнее',
      zoomOut: 'Мельче',
      fitWidth: 'По ширине',
      marked: page => `Цитата отмечена на странице ${page}`,
      notOnPage: page => `На странице ${page} эта цитата целиком не нашлась. В тексте она отмечена.`,
      noPlace: 'Страница этой цитаты неизвестна. Место отмечено в тексте.',
      cannotDraw: 'Эта страница не показывается. Прочитайте её в тексте.',
      failure: {
        locked: 'Оригинал закрыт паролем. Сохраните PDF без пароля и добавьте его снова. Прочитанный текст открывается.',
        damaged: 'Файл оригинала повреждён. Добавьте документ снова. Прочитанный текст и цитаты целы.',
        missing: 'Файл оригинала пропал или обрезан. Добавьте документ снова. Прочитанный текст и цитаты целы.',
        unavailable: 'Страницы сейчас не открываются. Закройте источник и откройте снова.',
      },
    },
  },
};
