import type { BrowserActionName } from '../../shared/domain/browser.ts';
import type { Language } from '../../shared/domain/language.ts';

interface BrowserWords {
  readonly tools: Readonly<Record<BrowserActionName | 'plan' | 'site', string>>;
  readonly agreed: (sites: string) => string;
  readonly planFirst: string;
  readonly isOpenAgain: string;
  readonly unknownOutcome: string;
  readonly stale: string;
  readonly blocked: string;
  readonly file: (name: string, bytes: number) => string;
  readonly rows: (count: number) => string;
  readonly links: string;
}

/** Words of browser tasks for a model. */
export const browserWords: Readonly<Record<Language, BrowserWords>> = {
  ru: {
    tools: {
      plan: 'Первый вызов задачи: какие сайты понадобятся (имя хоста, при нестандартном порте имя:порт) и что на них будет сделано. Человек видит план и соглашается.',
      site: 'Просит у человека ещё один сайт, которого нет в плане.',
      open: 'Открывает страницу по адресу и показывает её.',
      back: 'Возвращается на предыдущую страницу.',
      snapshot: 'Показывает страницу: её элементы с их ref. По умолчанию то, что изменилось; whole — целиком.',
      find: 'Ищет слова на странице и показывает элементы, где они есть, с их ref.',
      click: 'Нажимает на элемент. О покупке, отправке и удалении человека спросят.',
      type: 'Пишет текст в поле вместо того, что там было.',
      select: 'Выбирает в списке по названиям.',
      press: 'Нажимает клавишу, например Enter; target — в каком поле.',
      scroll: 'Прокручивает страницу или до элемента.',
      wait: 'Ждёт, пока на странице появятся слова или пройдёт время.',
      read: 'Читает страницу как текст; её отрывки пронумерованы, на них можно ссылаться.',
      extract: 'Собирает строки с полями по CSS-селекторам: товары с ценами, записи таблицы.',
      screenshot: 'Делает снимок экрана для человека.',
      download: 'Скачивает файл по нажатию на элемент; человека спросят.',
      upload: 'Даёт странице файл из папок, которые открыл человек (какие в них файлы, покажет list_files); человека спросят.',
      tabs: 'Показывает вкладки, переходит на одну из них или закрывает её.',
      assert: 'Проверяет, что на странице есть слова, что её адрес такой или что слов больше нет.',
    },
    agreed: sites => `Человек согласен. Можно открывать: ${sites}.`,
    planFirst: 'Сначала сделай browser_plan: человек ещё не согласился ни на один сайт.',
    isOpenAgain: 'Страница открыта заново, прежние ref больше ничего не значат. Вот она сейчас:',
    unknownOutcome: 'Подействовало ли это, неизвестно: посмотри на страницу, прежде чем повторять.',
    stale: 'Этот ref со страницы, которую с тех пор открыли заново. Сделай browser_snapshot и возьми новый.',
    blocked: 'Страница обращалась туда, куда нельзя, и это остановлено',
    file: (name, bytes) => `Скачан файл «${name}», байт: ${bytes}. Он отложен и не открывался.`,
    rows: count => `Строк: ${count}`,
    links: 'Ссылки на странице',
  },
  en: {
    tools: {
      plan: 'The first call of a task: which sites are needed (the host’s name, with an unusual port name:port) and what will be done there. The person sees the plan and agrees.',
      site: 'Asks the person for one more site that is not in the plan.',
      open: 'Opens the page at an address and shows it.',
      back: 'Goes back to the page before.',
      snapshot: 'Shows the page: its elements with their refs. What has changed, unless whole is set.',
      find: 'Looks for words on the page and shows the elements that have them, with their refs.',
      click: 'Clicks an element. The person is asked about buying, sending and deleting.',
      type: 'Writes text into a field in place of what was there.',
      select: 'Chooses in a list by its names.',
      press: 'Presses a key, as Enter; target is the field it goes to.',
      scroll: 'Scrolls the page, or to an element.',
      wait: 'Waits until words appear on the page, or for a time.',
      read: 'Reads the page as text; its passages are numbered and can be cited.',
      extract: 'Gathers rows with fields by CSS selectors: goods with prices, records of a table.',
      screenshot: 'Takes a picture of the page for the person.',
      download: 'Downloads a file by clicking an element; the person is asked.',
      upload:
        'Gives the page a file out of the folders that the person has opened (list_files shows what is in them); the person is asked.',
      tabs: 'Shows the tabs, goes to one of them or closes it.',
      assert: 'Checks that words are on the page, that its address is as said, or that words are gone.',
    },
    agreed: sites => `The person agrees. These may be opened: ${sites}.`,
    planFirst: 'Call browser_plan first: the person has agreed to no site yet.',
    isOpenAgain: 'The page was opened anew, and earlier refs mean nothing any more. This is how it is now:',
    unknownOutcome: 'Whether it took effect is not known: look at the page before you repeat it.',
    stale: 'This ref is of a page that has been opened anew since. Call browser_snapshot and take a new one.',
    blocked: 'The page reached for places that are not allowed, and was stopped',
    file: (name, bytes) => `The file "${name}" was downloaded, ${bytes} bytes. It was put aside and not opened.`,
    rows: count => `Rows: ${count}`,
    links: 'Links on the page',
  },
};
