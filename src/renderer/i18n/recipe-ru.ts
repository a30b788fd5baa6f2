import { pluralIn } from '../../shared/domain/plural.ts';
import type { RecipeMessages } from './recipe-messages.ts';

const n = pluralIn('ru');

export const recipeRu: RecipeMessages = {
  recipes: {
    offered: 'Что можно будет менять',
    offeredHint: 'Отмеченное рецепт спросит перед запуском, сейчас там значение из этой задачи.',
    asParam: value => `Спрашивать перед запуском: «${value}»`,
    paramName: value => `Как назвать «${value}»`,
    badName: 'Нужны буквы, цифры, дефис или подчёркивание, без пробелов.',
    takenName: 'Такое имя уже занято.',
    secrets: names => `Секреты не сохраняются, рецепт будет спрашивать их каждый раз: ${names}.`,
    lost: count =>
      `В рецепт ${n(count, { one: 'не войдёт # шаг', few: 'не войдут # шага', many: 'не войдут # шагов', other: 'не войдут # шага' })}: их элементы на странице нельзя найти снова.`,
    secretHint: 'Рецепт его не хранит, но он останется в записи этого запуска.',

    atTimes: 'По расписанию…',
    atTimesOf: name => `Рецепт «${name}» по расписанию`,
    edit: 'Изменить',
    editOf: name => `Рецепт «${name}»`,
    sites: 'Сайты',
    sitesHint: 'Через запятую. На другие сайты рецепт не выйдет.',
    usualOf: param => `Обычное значение: ${param}`,
    step: number => `Шаг ${number}`,
    why: 'Зачем этот шаг',
    field: {
      url: 'Адрес',
      text: 'Текст',
      option: 'Что выбрать',
      key: 'Клавиша',
      dialog: 'Ответ, если страница спросит: да, нет или слова',
      ms: 'Миллисекунды',
      path: 'Файл',
      words: 'Слова на странице',
      address: 'Часть адреса',
      rows: 'Селектор строк',
      target: 'Элемент',
    },
    up: number => `Поднять шаг ${number}`,
    down: number => `Опустить шаг ${number}`,
    remove: number => `Удалить шаг ${number}`,
    add: 'Добавить шаг',
    added: {
      open: 'Открыть страницу',
      wait: 'Подождать слова на странице',
      assert: 'Проверить слова на странице',
      read: 'Прочитать страницу',
    },
    newWords: 'слова на странице',
    save: 'Сохранить изменения',
    changed: name => `Рецепт «${name}» изменён.`,

    stoppedAt: number => `Рецепт остановился на шаге ${number}`,
    expected: 'Ожидалось',
    seen: 'На деле',
    toSettings: 'Открыть настройки',
    mayBeEmpty: 'Строк может и не быть',
    cure: 'Что делать',
    mend: 'Исправить рецепт',
    makeSynopsis: 'Сделать конспект',

    scheduled: title => `По рецепту: ${title}`,
    newTitle: 'Рецепт по расписанию',
    which: 'Рецепт',
    gone: 'Этого рецепта больше нет. Удалите расписание.',
    showRun: 'Показать результат',
  },
};
