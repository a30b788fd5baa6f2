import { sectionNames } from '../../shared/domain/section-names.ts';
import { materialRu } from './material-ru.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import type { SynopsisMessages } from './synopsis-messages.ts';

const n = pluralIn('ru');
const { pages } = materialRu.documents;

export const synopsisRu: SynopsisMessages = {
  synopsis: {
    title: 'Конспект',
    make: 'Сделать конспект',
    makeAgain: 'Сделать заново',
    dock: 'Закрепить справа',
    undock: 'Открыть поверх',
    export: 'Экспорт',
    copyMarkdown: 'Копировать Markdown',
    exported: name => `Сохранено: ${name}`,
    imported: name => `Открыто: ${name}`,
    openFile: 'Открыть файл Konspekt…',
    handedOver: name => `Передано браузеру: ${name}`,
    versions: 'Версии',
    version: number => `Версия ${number}`,
    versionState: { making: 'формируется', ready: 'готова', failed: 'не получилась', cancelled: 'остановлена' },
    making: 'Формируется…',
    makingSection: name => `Формируется: ${name}`,
    sectionsReady: (done, total) => `Готово разделов: ${done} из ${total}`,
    queued: 'В очереди: начнётся, когда освободится место.',
    stopped: 'Остановлено. Готовые разделы сохранены.',
    failed: 'Конспект не получился.',
    failedKept: 'Готовые разделы ниже сохранены.',
    extractive: 'Без модели: выдержки из ваших материалов',
    byModel: model => `Модель: ${model}`,
    emptyTitle: 'Конспекта ещё нет',
    emptyLead: 'Он собирается из документов и сообщений этого чата. Каждая мысль ведёт к месту в источнике.',
    created: date => `сделан ${date}`,
    begun: date => `начат ${date}`,
    inLanguage: { ru: 'на русском', en: 'на английском' },
    language: 'Язык конспекта',
    languageAuto: 'Как в материалах',
    languageName: { ru: 'Русский', en: 'Английский' },
    options: 'Настроить…',
    optionsTitle: 'Каким сделать конспект',
    templateAuto: 'Авто',
    templateAutoHint: 'если весь материал — разговор, то встреча; иначе статья',
    detail: 'Подробность',
    detailLevel: { short: 'Кратко', standard: 'Стандарт', full: 'Подробно' },
    detailHint: {
      short: 'самое главное: до 4 тезисов, меньше разделов',
      standard: 'главное: до 8 тезисов',
      full: 'до 16 тезисов, больше терминов, дат и цифр',
    },
    template: 'Что за материал',
    templateName: { lecture: 'Лекция', meeting: 'Встреча', article: 'Статья', research: 'Исследование', brief: 'Бриф' },
    templateHint: {
      lecture: 'термины и вопросы для самопроверки',
      meeting: 'решения, задачи и сроки',
      article: 'все разделы: тезисы, термины, даты, решения, цифры',
      research: 'цифры, противоречия и открытые вопросы',
      brief: 'самое главное',
    },
    notRead: (title, reason, more) =>
      `Не из чего делать конспект: «${title}» не прочитан. ${reason}${more === 0 ? '' : ` Не прочитано ещё документов: ${more}.`}`,
    joined: 'Конспект этого чата уже делается. Вот он.',
    section: sectionNames.ru,
    emptyReason: { nothing_found: 'в материалах не нашлось', needs_model: 'нужна подключённая модель' },
    who: 'Кто',
    what: 'Что сделать',
    due: 'Срок',
    noOne: 'не назван',
    noDue: 'не указан',
    showAnswer: 'Показать ответ',
    hideAnswer: 'Скрыть ответ',
    support: {
      verified: 'Цитата найдена в источнике слово в слово',
      approximate: 'Цитата найдена приблизительно',
      missing: 'Цитата в источнике не найдена',
    },
    supportShort: { verified: '', approximate: 'приблизительно', missing: 'не найдено' },
    citation: number => `Цитата ${number}`,
    coverage: 'Что прочитано',
    coverageUsed: (used, total) =>
      `Прочитано ${used} из ${n(total, { one: '# источника', few: '# источников', many: '# источников', other: '# источника' })}`,
    coverageAll: total =>
      n(total, {
        one: 'Прочитан # источник',
        few: 'Прочитаны # источника',
        many: 'Прочитано # источников',
        other: 'Прочитано # источника',
      }),
    coverageComing: count =>
      n(count, {
        one: 'Будет прочитан # источник',
        few: 'Будут прочитаны # источника',
        many: 'Будет прочитано # источников',
        other: 'Будет прочитано # источника',
      }),
    coverageSkipped: count => n(count, { one: '# пропущен', few: '# пропущено', many: '# пропущено', other: '# пропущено' }),
    coverageFailed: count => n(count, { one: '# не прочитан', few: '# не прочитано', many: '# не прочитано', other: '# не прочитано' }),
    coveragePages: (read, total) =>
      read === total
        ? pages(total)
        : `${read} из ${n(total, { one: '# страницы', few: '# страниц', many: '# страниц', other: '# страниц' })}`,
    coverageIncomplete: 'прочитано не всё',
    sourceState: { used: 'прочитан', skipped: 'пропущен', failed: 'не прочитан' },
    sourceReason: { not_ready: 'ещё читался', removed: 'прочитан, а потом удалён из чата', duplicate: 'повторяет другой источник' },
    issue: {
      source_failed: count =>
        n(count, {
          one: '# источник не прочитан',
          few: '# источника не прочитаны',
          many: '# источников не прочитано',
          other: '# источника не прочитано',
        }),
      source_incomplete: count =>
        n(count, {
          one: '# источник прочитан не до конца',
          few: '# источника прочитаны не до конца',
          many: '# источников прочитано не до конца',
          other: '# источника прочитано не до конца',
        }),
      citation_missing: count =>
        n(count, { one: '# цитата не найдена', few: '# цитаты не найдены', many: '# цитат не найдено', other: '# цитаты не найдено' }),
      items_left_out: count =>
        n(count, {
          one: '# пункт опущен: его нечем подтвердить',
          few: '# пункта опущены: их нечем подтвердить',
          many: '# пунктов опущено: их нечем подтвердить',
          other: '# пункта опущено: их нечем подтвердить',
        }),
      section_without_model: count =>
        n(count, {
          one: '# раздел составил встроенный движок: модель не справилась',
          few: '# раздела составил встроенный движок: модель не справилась',
          many: '# разделов составил встроенный движок: модель не справилась',
          other: '# раздела составил встроенный движок: модель не справилась',
        }),
      too_little_text: () => 'материала мало, конспект вышел коротким',
    },
    issues: 'Готов с замечаниями',
    ready: title => `Конспект готов: ${title}`,
    announceSection: name => `Готов раздел «${name}»`,
    announceReady: 'Конспект готов',
    announceFailed: 'Конспект не получился',
  },
};
