import { z } from 'zod';
import { actionRisks, type ActionRisk } from './browser.ts';
import type { Language } from './language.ts';

/** Characters of what is named in the one line that a person is asked. */
const namedLimit = 500;
const named = z.string().max(namedLimit);

/**
 * What a tool is about to do, with no words of any language: the question is stored as this, outlives a change of the language, and
 * is worded where it is shown.
 */
export const askedAction = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('run'), tool: named }),
  z.strictObject({ does: z.literal('open_page'), host: named }),
  z.strictObject({ does: z.literal('search_web') }),
  z.strictObject({ does: z.literal('make_file'), path: named }),
  z.strictObject({ does: z.literal('replace_file'), path: named }),
  z.strictObject({ does: z.literal('add_source'), title: named }),
  z.strictObject({ does: z.literal('set_schedule'), title: named, cron: named }),
  z.strictObject({ does: z.literal('call_mcp'), server: named, tool: named }),
  z.strictObject({ does: z.literal('follow_plan') }),
  z.strictObject({ does: z.literal('open_sites'), sites: named }),
  z.strictObject({ does: z.literal('act_on_page'), risk: z.enum(actionRisks), element: named }),
  z.strictObject({ does: z.literal('give_file'), name: named, byteCount: z.int().nonnegative(), element: named }),
]);
export type AskedAction = z.output<typeof askedAction>;

/** As much of a name as the line has room for; all of it is in the payload or the destination beside it. */
export function asNamed(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').slice(0, namedLimit);
}

type Words = { readonly [D in AskedAction['does']]: (action: Extract<AskedAction, { does: D }>) => string };

const onPage: Readonly<Record<Language, Readonly<Record<ActionRisk, string>>>> = {
  ru: {
    submit: 'Отправить форму',
    pay: 'Заплатить или заказать',
    delete: 'Удалить',
    send: 'Отправить сообщение',
    upload: 'Отдать странице файл',
    download: 'Скачать файл',
    new_site: 'Перейти на сайт не из плана',
    agree: 'Ответить на вопрос страницы',
  },
  en: {
    submit: 'Submit the form',
    pay: 'Pay or order',
    delete: 'Delete',
    send: 'Send a message',
    upload: 'Give the page a file',
    download: 'Download a file',
    new_site: 'Go to a site that is not in the plan',
    agree: 'Answer the page’s question',
  },
};

const words: Readonly<Record<Language, Words>> = {
  ru: {
    run: ({ tool }) => `Выполнить ${tool}?`,
    open_page: ({ host }) => `Открыть страницу на ${host}`,
    search_web: () => 'Искать в интернете со словами из ваших материалов',
    make_file: ({ path }) => `Создать файл ${path}`,
    replace_file: ({ path }) => `Заменить файл ${path} целиком`,
    add_source: ({ title }) => `Добавить источник «${title}» в этот чат?`,
    set_schedule: ({ title, cron }) => `Делать по расписанию «${title}» (${cron})?`,
    call_mcp: ({ server, tool }) => `Вызвать «${tool}» MCP-сервера «${server}»?`,
    follow_plan: () => 'Согласны с планом?',
    open_sites: ({ sites }) => `Открыть ещё один сайт: ${sites}?`,
    act_on_page: ({ risk, element }) => `${onPage.ru[risk]}: ${element}?`,
    give_file: ({ name, byteCount, element }) => `Отдать странице файл «${name}» (${byteCount} Б) через «${element}»?`,
  },
  en: {
    run: ({ tool }) => `Run ${tool}?`,
    open_page: ({ host }) => `Open a page at ${host}`,
    search_web: () => 'Search the web with words of your material',
    make_file: ({ path }) => `Make the file ${path}`,
    replace_file: ({ path }) => `Replace all of the file ${path}`,
    add_source: ({ title }) => `Add the source “${title}” to this chat?`,
    set_schedule: ({ title, cron }) => `Run “${title}” on a schedule (${cron})?`,
    call_mcp: ({ server, tool }) => `Call “${tool}” of the MCP server “${server}”?`,
    follow_plan: () => 'Do you agree with the plan?',
    open_sites: ({ sites }) => `Open one more site: ${sites}?`,
    act_on_page: ({ risk, element }) => `${onPage.en[risk]}: ${element}?`,
    give_file: ({ name, byteCount, element }) => `Give the page the file “${name}” (${byteCount} B) by “${element}”?`,
  },
};

export function actionWords(action: AskedAction, language: Language): string {
  // The table has a row for each action, which takes that one: the compiler cannot follow it through a union.
  return (words[language][action.does] as (given: AskedAction) => string)(action);
}

/** What is asked, in the reader's language: a model's question in its own words, an action in ours. */
export function askedWords({ title, action }: { readonly title: string; readonly action: AskedAction | null }, language: Language): string {
  return action === null ? title : actionWords(action, language);
}
