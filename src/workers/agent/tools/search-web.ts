import { z } from 'zod';
import type { Language } from '../../../shared/domain/language.ts';
import { searchFailureWords } from '../../../shared/domain/web-search-words.ts';
import { askSearch, resultLimit, SearchFailure } from '../search/ask-search.ts';
import { privateWordsIn } from './private-words.ts';
import type { Tool } from './tool.ts';

/** Characters of a query: Brave takes no more, and a sentence or two is all a search needs. */
const queryLimit = 400;

/** Characters of a query that asks for something; a longer one tells something. */
const quietLength = 100;

const input = z.strictObject({
  query: z.string().trim().min(1).max(queryLimit),
  count: z.int().min(1).max(resultLimit).default(8),
});
export type SearchWebInput = z.output<typeof input>;

const words: Readonly<Record<Language, { readonly notSet: string; readonly nothing: (query: string) => string }>> = {
  ru: {
    notSet: 'Поиск в интернете не настроен. Его подключают в настройках программы, в разделе «Интернет и папки».',
    nothing: query => `По запросу «${query}» ничего не нашлось. Попробуйте другие слова.`,
  },
  en: {
    notSet: 'Web search is not set up. It is connected in the settings of the program, under “Web and folders”.',
    nothing: query => `Nothing was found for “${query}”. Try other words.`,
  },
};

/**
 * SECURITY: the query goes to the service that the person has connected for this, and nowhere else; it is bounded to what a search
 * takes. One with words of the person's own texts in it, or a long one, is asked about first: a text may have dictated it.
 */
export const searchWeb: Tool<SearchWebInput> = {
  name: 'search_web',
  description: {
    ru: 'Ищет в интернете через службу, которую подключил человек. Возвращает названия, адреса и отрывки; страницу целиком читает fetch_page. Не пишите в запрос личные сведения и куски документов.',
    en: 'Searches the web with the service that the person has connected. Returns titles, addresses and excerpts; fetch_page reads a whole page. Put no private details and no pieces of documents into the query.',
  },
  input,
  changesOutside: false,
  asksFirst({ query }, { input: agent, results }) {
    const { webSearch } = agent.reach;
    // What has nowhere to go is refused by `run`.
    if (webSearch === null) return null;
    if (query.length <= quietLength && privateWordsIn(query, agent, results).length === 0) return null;
    return { action: { does: 'search_web' }, destination: webSearch.url };
  },
  async run({ query, count }, { input: agent, task }) {
    const { webSearch } = agent.reach;
    const said = words[agent.language];
    if (webSearch === null) return { isError: true, text: said.notSet };
    try {
      const found = (await askSearch(webSearch, query, { signal: task.signal })).slice(0, count);
      if (found.length === 0) return { text: said.nothing(query) };
      return {
        text: found
          .map(({ title, url, excerpt }, index) => `${index + 1}. ${title}\n   <${url}>${excerpt === '' ? '' : `\n   ${excerpt}`}`)
          .join('\n'),
      };
    } catch (error) {
      if (error instanceof SearchFailure)
        return { isError: true, text: `${error.code}: ${searchFailureWords[agent.language][error.code]}` };
      throw error;
    }
  },
};
