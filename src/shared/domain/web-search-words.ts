import type { Language } from './language.ts';
import type { SearchFailureCode } from './web-search.ts';

/** Refusals of the program itself while the search and folders are set up. */
type SetUpError = 'key_needed' | 'folder_not_grantable' | 'too_many_folders' | 'use_dialog';

/** Why a search of the web failed and what to do: for the window, the command line and an agent's steps. */
export const searchFailureWords: Readonly<Record<Language, Readonly<Record<SearchFailureCode, string>>>> = {
  ru: {
    search_unauthorized: 'Поисковая служба не приняла ключ. Проверьте ключ и введите его заново.',
    search_limited: 'Поисковая служба просит подождать: запросов слишком много или закончилась квота.',
    search_no_json: 'Сервер SearXNG не отдаёт результаты программам. Добавьте json в список search.formats файла settings.yml.',
    search_wrong_address: 'По этому адресу не отвечает поиск. Проверьте адрес и вид поиска.',
    search_network: 'До поисковой службы не достучаться. Проверьте адрес и сеть.',
    search_timeout: 'Поисковая служба не ответила вовремя. Повторите позже.',
    search_failed: 'Поисковая служба ответила ошибкой. Повторите позже.',
    search_bad_answer: 'Ответ поисковой службы не удалось прочитать. Проверьте, тот ли вид поиска выбран.',
  },
  en: {
    search_unauthorized: 'The search service did not accept the key. Check the key and enter it again.',
    search_limited: 'The search service asks for patience: there were too many requests, or the quota is used up.',
    search_no_json: 'The SearXNG server gives no results to programs. Add json to the list search.formats of its settings.yml.',
    search_wrong_address: 'No search answers at this address. Check the address and the kind of search.',
    search_network: 'The search service cannot be reached. Check the address and the network.',
    search_timeout: 'The search service did not answer in time. Retry later.',
    search_failed: 'The search service answered with an error. Retry later.',
    search_bad_answer: 'The answer of the search service could not be read. Check whether the right kind of search is chosen.',
  },
};

/** The same with what the setting up may be refused with. */
export const reachErrorWords: Readonly<Record<Language, Readonly<Record<SearchFailureCode | SetUpError, string>>>> = {
  ru: {
    ...searchFailureWords.ru,
    key_needed: 'Brave Search отвечает только с ключом. Получите ключ на brave.com/search/api и введите его.',
    folder_not_grantable:
      'Эту папку открыть нельзя: это весь диск, домашняя папка, данные самой программы или скрытая папка. Выберите обычную папку внутри.',
    too_many_folders: 'Открыто уже 50 папок. Закройте доступ к одной из них.',
    use_dialog: 'Сейчас открыто окно программы: папку открывают в его настройках, в разделе «Интернет и папки».',
  },
  en: {
    ...searchFailureWords.en,
    key_needed: 'Brave Search answers only with a key. Get one at brave.com/search/api and enter it.',
    folder_not_grantable:
      'This folder cannot be granted: it is the whole disk, your home, the program’s own data or a hidden folder. Choose an ordinary folder within.',
    too_many_folders: 'There are 50 granted folders already. Take one back.',
    use_dialog: 'The window of the program is open: folders are granted in its settings, under “Web and folders”.',
  },
};
