import type { ModelMessages } from './model-messages.ts';
import { pluralIn } from '../../shared/domain/plural.ts';

const n = pluralIn('ru');
const models = (count: number) => n(count, { one: '# модель', few: '# модели', many: '# моделей', other: '# модели' });
const passages = (count: number) => n(count, { one: '# отрывок', few: '# отрывка', many: '# отрывков', other: '# отрывка' });

export const modelRu: ModelMessages = {
  models: {
    title: 'Модели',
    providers: 'Поставщики',
    add: 'Добавить поставщика',
    addTitle: 'Новый поставщик',
    editTitle: 'Поставщик',
    empty: 'Поставщиков пока нет',
    emptyLead: 'Подойдёт программа на этом компьютере или служба с ключом. Ключ остаётся на этой машине.',
    looking: 'Ищем Ollama и LM Studio на этом компьютере…',
    lookAgain: 'Поискать ещё раз',
    nothingFound: 'Ollama и LM Studio на этом компьютере не запущены.',
    found: (program, count) => `Найдена программа ${program}: ${models(count)}.`,
    foundNoModels: program => `Найдена программа ${program}, но моделей в ней нет. Загрузите модель и поищите ещё раз.`,
    use: 'Подключить',
    useFound: program => `Подключить ${program}`,
    program: { ollama: 'Ollama', lm_studio: 'LM Studio' },
    kind: 'Вид',
    kinds: { openai_compatible: 'Совместимый с OpenAI', openai: 'OpenAI', anthropic: 'Anthropic', google: 'Google' },
    name: 'Название',
    address: 'Адрес',
    addressHint: 'Ollama, LM Studio, llama.cpp, OpenRouter или свой сервер. Обычно заканчивается на /v1.',
    key: 'Ключ',
    keyHint: 'Для программы на этом компьютере ключ обычно не нужен.',
    keyKept: 'Ключ сохранён. Введите новый, чтобы заменить его.',
    removeKey: 'Забыть ключ',
    weak: 'В системе нет хранилища ключей. Ключ будет зашифрован, но файл с шифром лежит рядом: его защищают только права вашей учётной записи.',
    acceptWeak: 'Хранить ключ так',
    unavailable: 'Ключ негде хранить: файл ключа в папке данных повреждён или недоступен.',
    save: 'Сохранить',
    back: 'Отмена',
    edit: name => `Изменить: ${name}`,
    remove: name => `Удалить: ${name}`,
    removeTitle: name => `Удалить поставщика «${name}»?`,
    removeText: 'Его ключ и выбор его моделей забудутся. Чаты и конспекты останутся.',
    removeYes: 'Удалить',
    removeNo: 'Отмена',
    modelCount: models,
    notAsked: 'Список моделей ещё не получен.',
    refresh: name => `Обновить список моделей: ${name}`,
    refreshing: 'Получаем список моделей…',
    test: name => `Проверить: ${name}`,
    testShort: 'Проверить',
    testing: 'Ждём ответа модели…',
    tested: (model, time) => `${model} отвечает, первое слово через ${time}.`,
    roles: 'Кто что делает',
    chatModel: 'Модель чата',
    chatModelHint: 'Отвечает во всех чатах',
    chatModelMore: 'Поставщики и модели…',
    rolesHint:
      'Моделью пользуются чат и конспекты. Без своей модели конспект составляет модель чата; она же заменит ту, что отказала, — кроме случая, когда та работала на этом компьютере, а модель чата нет. Модель для картинок читает изображения и страницы-сканы: без неё они остаются непрочитанными. Модель для поиска по смыслу находит и то, что сказано другими словами.',
    role: { chat: 'Чат', synopsis: 'Конспект', vision: 'Картинки', embeddings: 'Поиск по смыслу' },
    meaning: (done, total, isWorking) =>
      total === 0
        ? 'Материалов для поиска пока нет.'
        : done >= total
          ? `К поиску по смыслу готово всё: ${passages(total)}.`
          : `К поиску по смыслу готово ${passages(done)} из ${total}${isWorking ? ', подготовка идёт' : ''}. По словам находится всё.`,
    meaningLoading: 'Указатель смысла ещё загружается; пока поиск идёт только по словам.',
    meaningStopped: message => `Подготовка остановилась: ${message} Её можно повторить в списке задач.`,
    roleNone: { chat: 'Без модели', synopsis: 'Без модели', vision: 'Без модели', embeddings: 'Без модели' },
    context: role => `Контекст, в токенах: ${role}`,
    contextLabel: 'Контекст, токенов',
    contextHint:
      'Сколько текста модель видит сразу. Программа на этом компьютере молча отрезает лишнее, поэтому укажите то, что настроено в ней.',
    contextSmall:
      'В такой контекст помещаются не все инструменты помощника, и разговор помнится недолго. Если модель настроена на больший, укажите его.',
    usd: amount => `${amount} $`,
    price: (input, output, cached) =>
      `За миллион токенов: вход ${input}, ответ ${output}${cached === null ? '' : `, вход из кеша ${cached}`}.`,
    priceUpTo: tokens => `Так до ${tokens} токенов входа; дальше цена неизвестна.`,
    priceFrom: { person: 'Цену указали вы.', endpoint: 'Цену сообщил поставщик.' },
    priceFromTable: (host, day) => `По данным ${host} на ${day}.`,
    priceFree: 'Модель работает на этом компьютере и денег не стоит.',
    priceUnknown: 'Цена неизвестна: считаются только токены, и ограничения денег на эту модель не действуют.',
    priceOf: (action, role) => `${action}: цена модели, ${role}`,
    priceSet: 'Указать цену',
    priceChange: 'Изменить',
    priceTitle: model => `Цена модели ${model}`,
    priceHint: 'Доллары США за миллион токенов, как на странице цен поставщика.',
    priceInput: 'Вход',
    priceOutput: 'Ответ',
    priceCached: 'Вход из кеша',
    priceCachedHint: 'Пусто: как обычный вход.',
    priceForget: 'Забыть мою цену',
    badPrice: 'Введите число, например 2,5.',
    answering: {
      yes: (model, provider) => `В чатах отвечает ${model} (${provider}).`,
      no: {
        no_provider: 'Модели нет: программа отвечает словами документов.',
        no_model: 'Модель для чата не выбрана: программа отвечает словами документов.',
        key_missing: 'Ключ поставщика здесь не открыть: введите его заново.',
      },
    },
    connect: 'Подключить модель',
    connectHint: 'Программа на этом компьютере или служба с ключом. Модель будет отвечать в чатах.',
    choose: 'Выбрать модель',
    manage: 'Поставщики и модели',
  },
};
