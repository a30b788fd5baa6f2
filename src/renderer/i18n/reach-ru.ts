import { pluralIn } from '../../shared/domain/plural.ts';
import type { ReachMessages } from './reach-messages.ts';

const n = pluralIn('ru');

export const reachRu: ReachMessages = {
  reach: {
    title: 'Интернет и папки',
    lead: 'Что доступно ассистенту',
    search: 'Поиск в интернете',
    searchHint:
      'Запросы ассистента уходят только в службу, которую вы подключите. Страницы, адреса которых вы не называли и поиск не находил, открываются после вашего разрешения.',
    setUp: 'Подключить поиск',
    change: 'Изменить поиск',
    kind: 'Служба',
    kinds: { searxng: 'SearXNG', brave: 'Brave Search' },
    kindHint: {
      searxng: 'Свой или общедоступный сервер. В его settings.yml среди форматов должен быть json.',
      brave: 'Служба с ключом, отвечает по адресу https://api.search.brave.com.',
    },
    address: 'Адрес',
    key: 'Ключ',
    keyHint: { searxng: 'Обычно не нужен.', brave: 'Его дают на brave.com/search/api.' },
    keyKept: 'Ключ сохранён. Введите новый, чтобы заменить его.',
    forgetKey: 'Забыть ключ',
    withKey: 'с ключом',
    save: 'Сохранить',
    cancel: 'Отмена',
    remove: 'Отключить поиск',
    test: 'Проверить',
    testing: 'Ждём ответа поиска…',
    tested: count =>
      `Поиск работает: ${n(count, { one: 'нашёлся # результат', few: 'нашлось # результата', many: 'нашлось # результатов', other: 'нашлось # результата' })}.`,
    testedNothing: 'Служба отвечает, но не нашла даже самого частого слова. Проверьте её поисковики.',
    folders: 'Папки',
    foldersHint: 'Ассистент видит только эти папки. Скрытые и системные файлы и ссылки наружу он не открывает.',
    noFolders: 'Ни одна папка не открыта.',
    grant: 'Открыть папку…',
    grantThis: 'Открыть папку',
    grantPath: 'Папка',
    grantPathHint: 'Полный путь на том компьютере, где работает программа.',
    mayWrite: 'Можно писать',
    mayWriteTo: path => `Можно писать: ${path}`,
    takeBack: path => `Закрыть доступ: ${path}`,
    writeHint: 'Перед каждой записью ассистент спросит вас и покажет, что и куда он пишет.',
  },
};
