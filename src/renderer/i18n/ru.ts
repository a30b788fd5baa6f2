import { auditRu } from './audit-ru.ts';
import { updatesRu } from './updates-ru.ts';
import { approvalRu } from './approval-ru.ts';
import { autoExportRu } from './auto-export-ru.ts';
import { browserRu } from './browser-ru.ts';
import { loginRu } from './login-ru.ts';
import { recipeRu } from './recipe-ru.ts';
import { chatRu } from './chat-ru.ts';
import { engineRu } from './engine-ru.ts';
import { errorRu } from './error-ru.ts';
import { inspectorRu } from './inspector-ru.ts';
import { keepingRu } from './keeping-ru.ts';
import { materialRu } from './material-ru.ts';
import { mcpRu } from './mcp-ru.ts';
import type { Messages } from './messages.ts';
import { modelRu } from './model-ru.ts';
import { noticeRu } from './notice-ru.ts';
import { panelRu } from './panel-ru.ts';
import { placesRu } from './places-ru.ts';
import { pluralIn } from '../../shared/domain/plural.ts';
import { reachRu } from './reach-ru.ts';
import { synopsisRu } from './synopsis-ru.ts';
import { tasksRu } from './tasks-ru.ts';
import { versionRu } from './version-ru.ts';

const n = pluralIn('ru');

export const ru: Messages = {
  ...approvalRu,
  ...auditRu,
  ...updatesRu,
  ...autoExportRu,
  ...browserRu,
  ...loginRu,
  ...recipeRu,
  ...chatRu,
  ...engineRu,
  ...errorRu,
  ...inspectorRu,
  ...keepingRu,
  ...materialRu,
  ...mcpRu,
  ...modelRu,
  ...noticeRu,
  ...panelRu,
  ...placesRu,
  ...reachRu,
  ...synopsisRu,
  ...tasksRu,
  ...versionRu,
  common: {
    appName: 'Конспект',
    close: 'Закрыть',
    copied: 'Скопировано',
    retry: 'Повторить',
    stop: 'Остановить',
    open: 'Открыть',
    remove: 'Удалить',
    rename: 'Переименовать',
    undo: 'Вернуть',
    clearSearch: 'Очистить поиск',
    more: 'Ещё',
    loading: 'Загружается…',
    showMore: 'Показать ещё',
    details: 'Подробности',
    untitledChat: 'Новый чат',
    attempt: (at, of) => `попытка ${at} из ${of}`,
    ofTotal: (done, total) => `${done} из ${total}`,
    page: page => `с. ${page}`,
    resize: 'Изменить ширину: стрелки влево и вправо',
    resizeHeight: 'Изменить высоту: стрелки вверх и вниз',
  },
  settings: {
    title: 'Настройки',
    page: {
      general: 'Основное',
      notifications: 'Уведомления',
      assistant: 'Помощник',
      limits: 'Пределы',
      browser: 'Браузер',
      data: 'Данные',
      about: 'О программе',
    },
    language: 'Язык',
    languageNotLoaded: 'Другой язык не загрузился, окно говорит на прежнем. Обновите окно и попробуйте ещё раз.',
    languageOption: { system: 'Как в системе', ru: 'Русский', en: 'English' },
    theme: 'Оформление',
    themeOption: { system: 'Как в системе', light: 'Светлое', dark: 'Тёмное' },
    detail: 'Подробность конспекта',
    openAtLogin: 'Запускать при входе в систему',
    onClose: 'Закрытие окна при работающих задачах',
    onCloseOption: { ask: 'Спрашивать', keep: 'Продолжать в фоне', quit: 'Остановить и выйти' },
    history: 'Хранить завершённые задачи',
    historyDays: days => n(days, { one: '# день', few: '# дня', many: '# дней', other: '# дня' }),
    wishes: 'Пожелания ко всем ответам',
    wishesHint: 'Уходят модели вместе с каждым вопросом. Не длиннее 2000 знаков.',
    wishesPlaceholder: 'Например: отвечай коротко, единицы — метрические; я преподаю историю.',
    allowedHosts: 'Разрешённые адреса в вашей сети',
    allowedHostsHint: 'По одному в строке, например wiki.local или 192.168.1.5:8080. Остальные внутренние адреса закрыты.',
    historyAtMost: 'Но не больше',
    historyTasks: count => n(count, { one: '# задачи', few: '# задач', many: '# задач', other: '# задачи' }),
    historyHint: 'Чаты и конспекты сами не удаляются.',
    about: version => `Версия ${version}. Всё хранится на этом компьютере. Тексты уходят только модели, которую вы подключили.`,
  },
  shortcuts: {
    title: 'Клавиши',
    hint: 'Откройте этот список клавишей «?».',
  },
  commands: {
    palette: 'Перейти или выполнить',
    palettePlaceholder: 'Чат, конспект, задача или действие',
    paletteLoading: 'Поиск по смыслу ещё загружается; это найдено по словам.',
    paletteEmpty: 'Ничего не нашлось.',
    paletteChats: 'Чаты',
    paletteSynopses: 'Конспекты',
    paletteMaterial: 'В материалах',
    paletteActions: 'Действия',
    newChat: 'Новый чат',
    findChat: 'Найти чат',
    synopsis: 'Конспект',
    sources: 'Источники',
    browser: 'Браузер',
    tasks: 'Фоновые задачи',
    sidebar: 'Список чатов',
    settings: 'Настройки',
    shortcuts: 'Клавиши',
    notices: 'Уведомления',
    schedules: 'Расписания',
    models: 'Поставщики и модели',
    mcp: 'MCP-серверы',
    health: 'Состояние программы',
    library: 'Библиотека конспектов',
    undoSynopsis: 'Конспект: отменить последнее изменение',
    openDemo: 'Открыть пример: чат, документы и конспект без модели',
    backups: 'Резервные копии',
    diagnostics: 'Диагностика',
    focusComposer: 'К полю сообщения',
    attach: 'Добавить файлы',
    togglePause: 'Приостановить или продолжить очередь',
    back: 'Назад',
    forward: 'Вперёд',
    closeTop: 'Закрыть верхнее',
  },
  away: {
    title: 'Пока вас не было',
    finished: count => n(count, { one: '# задача готова', few: '# задачи готовы', many: '# задач готово', other: '# задачи готово' }),
    failed: count =>
      n(count, {
        one: '# задача не получилась',
        few: '# задачи не получились',
        many: '# задач не получилось',
        other: '# задачи не получилось',
      }),
    needsYou: count =>
      n(count, { one: '# задача ждёт вас', few: '# задачи ждут вас', many: '# задач ждут вас', other: '# задачи ждут вас' }),
    recent_changes_lost: () => 'Последние изменения перед сбоем восстановить не удалось; всё, что было до них, на месте.',
    indexes_rebuilt: () => 'Часть базы данных была повреждена и построена заново. Ничего не потеряно.',
    restored_backup: () => 'База данных была повреждена и восстановлена из последней проверенной копии.',
    restored_as_wanted: () =>
      'Возвращена выбранная копия; то, что было до этого, тоже сохранено копией. Очередь стоит, чтобы ничего не выполнилось дважды: просмотрите задачи и продолжите её.',
    wanted_not_restored: () => 'Выбранную копию вернуть не получилось: она повреждена или на диске не хватило места. Ничего не изменено.',
    resumed_jobs: count =>
      n(count, {
        one: 'после перезапуска продолжена # задача',
        few: 'после перезапуска продолжены # задачи',
        many: 'после перезапуска продолжено # задач',
        other: 'после перезапуска продолжено # задачи',
      }),
    show: 'Показать',
    dismiss: 'Скрыть',
  },
  toasts: {
    label: 'Уведомления',
    times: count => `×${count}`,
    more: count => `и ещё ${count}`,
    jobFailed: title => `Не получилось: ${title}`,
  },
  startup: {
    connecting: 'Открывается…',
    failed: 'Программа не отвечает.',
    failedHint: 'Подключение повторяется само. Если это длится дольше минуты, перезапустите программу: ничего не потеряется.',
    broken: 'В окне произошла ошибка. Ваши данные целы.',
    reload: 'Открыть окно заново',
  },
  time: {
    seconds: count => `${count} с`,
    minutes: (minutes, seconds) => `${minutes} мин ${seconds} с`,
    hours: (hours, minutes) => `${hours} ч ${minutes} мин`,
    days: (days, hours) => `${days} дн. ${hours} ч`,
    at: time => `в ${time}`,
    bytes: { b: 'Б', kb: 'КБ', mb: 'МБ' },
  },
};
