// Each agent from a person's words to what they hold in their hands afterwards: the built program, a scripted model, no network.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { makeHtmlPage } from '../../support/documents/html-page.ts';
import { startWebServer } from '../../support/documents/web-server.ts';
import type { ModelRequest, Script, ScriptedReply } from '../../support/scripted-models/script.ts';
import { answers, call, openAnsweringDesk, say, toolResults, type AgentDesk } from './agent-desk.ts';

let desk: AgentDesk | null = null;
test.afterEach(async () => {
  await desk?.clear();
  desk = null;
});

type Working = 'assistant' | 'synopsis_manager' | 'planner' | 'analyst' | 'source_finder';
/** The words by which each one's prompt begins. */
const begins: readonly (readonly [string, Working])[] = [
  ['Ты — Конспект', 'assistant'],
  ['Ты ведёшь конспект', 'synopsis_manager'],
  ['Ты — планировщик', 'planner'],
  ['Ты — аналитик', 'analyst'],
  ['Ты ищешь источники', 'source_finder'],
];

type Part = (request: ModelRequest) => ScriptedReply | Promise<ScriptedReply>;

/** Whoever works is answered by its own part; what is no agent's, as the sections of a synopsis, by `other`. */
const byAgent =
  (parts: Partial<Record<Working, Part>>, other: Part = () => items([])): Script =>
  request => {
    const body = JSON.stringify(request.body);
    const who = begins.find(([words]) => body.includes(words))?.[1];
    return (who === undefined ? other : (parts[who] ?? other))(request);
  };
const items = (list: readonly object[]): ScriptedReply => ({ kind: 'answer', text: JSON.stringify({ items: list }) });

/** An assistant that hands what it is told to somebody else, and says so. */
const handsTo =
  (agent: Working, title: string): Part =>
  request =>
    toolResults(request) > 0
      ? { kind: 'answer', text: 'Передал.' }
      : call('run_in_background', { tasks: [{ agent, title, task: request.lastText }] });

/** Calls of tools one after the other, then the answer; each call is made once the one before it has its result. */
const works =
  (calls: readonly ScriptedReply[], end: string): Part =>
  request =>
    calls[toolResults(request)] ?? { kind: 'answer', text: end };

/** The cited passage in its source; its paragraphs are marked each. */
const marked = (page: Page, words: string) => page.locator('.reader mark').filter({ hasText: words }).first();
const ready = (page: Page) => answers(page).filter({ hasText: 'Работа в фоне закончена.' });

async function addFile(page: Page, name: string, text: string, count = 1): Promise<void> {
  const path = join(desk?.root ?? '', name);
  writeFileSync(path, text);
  await page.locator('.composer input[type=file]:not([webkitdirectory])').setInputFiles(path);
  await expect(page.locator('.document-card-ready')).toHaveCount(count);
}

const store =
  'Склад переезжает в понедельник, 12 мая. Решили заказать двадцать коробок для посуды. Ключи от ворот отдаёт Анна до пятницы.\n';

test('the synopsis manager makes the synopsis as it was asked for and updates it, and the chat leads to it', async ({ page }) => {
  const quoted = (text: string, source: number, quote: string) => ({ text, quotes: [{ source, quote }] });
  const moved = quoted('Переезд склада назначен на 12 мая.', 1, 'Склад переезжает в понедельник, 12 мая');
  const later = quoted('Переезд склада отложен на 19 мая.', 2, 'Переезд отложен до 19 мая');
  desk = await openAnsweringDesk(
    page,
    byAgent(
      {
        assistant: handsTo('synopsis_manager', 'Конспект о переезде'),
        synopsis_manager: request =>
          JSON.stringify(request.body).includes('Обнови конспект')
            ? works([call('make_synopsis', { changedOnly: true })], 'Устаревшее делается заново.')(request)
            : works([call('make_synopsis', { kind: 'meeting', detail: 'short' })], 'Конспект начат, он придёт в чат.')(request),
      },
      ({ lastText, body }) => items(lastText.includes('Коротко') ? [JSON.stringify(body).includes('19 мая') ? later : moved] : []),
    ),
  );
  await desk.start();
  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await addFile(page, 'склад.txt', store);
  await say(page, 'Пусть кто-нибудь сделает конспект?');
  await expect(ready(page)).toContainText('Конспект начат, он придёт в чат.');
  const word = answers(page).filter({ hasText: 'Конспект готов.' });
  await word.getByRole('button', { name: 'Открыть конспект' }).click();
  const synopsis = page.locator('article.synopsis');
  await expect(synopsis.getByText('Переезд склада назначен на 12 мая.')).toBeVisible();
  await expect(synopsis).toContainText('встреча');
  await synopsis.locator('.citation').first().click();
  await expect(marked(page, 'Склад переезжает')).toBeVisible();

  await addFile(page, 'перенос.txt', 'Переезд отложен до 19 мая из-за дождя. Коробки уже купили.\n', 2);
  await say(page, 'Обнови конспект?');
  await expect(ready(page).last()).toContainText('Устаревшее делается заново.');
  await word.getByRole('button', { name: 'Открыть конспект' }).click();
  // What is there stays until the person accepts what is proposed.
  await expect(synopsis.locator('del').filter({ hasText: 'назначен' })).toBeVisible();
  await synopsis.getByRole('button', { name: 'Принять', exact: true }).click();
  await expect(synopsis.getByText('Переезд склада отложен на 19 мая.')).toBeVisible();
});

test('the source finder says why each source is worth it, and what the person chooses is in the chat and can be searched', async ({
  page,
}) => {
  await using web = await startWebServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname === '/search') {
      const found = ['keepers', 'forum'].map(name => ({ url: `${web.origin}/${name}`, title: name, content: 'Маяк' }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ results: found }));
      return;
    }
    const article = '<h1>Смотрители маяка</h1><p>Маяк погасили в 1911 году, когда смотритель Ильин уехал в город и не вернулся.</p>';
    response.setHeader('content-type', 'text/html; charset=utf-8').end(makeHtmlPage({ title: 'Смотрители маяка', article }));
  });
  const source = (name: string, title: string, why: string) => call('add_source', { url: `${web.origin}/${name}`, title, why });
  desk = await openAnsweringDesk(
    page,
    byAgent({
      assistant: request => {
        if (request.lastText.includes('Когда погасили')) return call('search_material', { query: 'маяк погасили' });
        if (JSON.stringify(request.body).includes('Когда погасили')) return { kind: 'answer', text: 'В 1911 году [1].' };
        return handsTo('source_finder', 'Источники о маяке')(request);
      },
      source_finder: works(
        [
          call('search_web', { query: 'маяк смотритель' }),
          call('fetch_page', { url: `${web.origin}/keepers` }),
          source('keepers', 'Смотрители маяка', 'Называет год и имя последнего смотрителя.'),
          source('forum', 'Разговор на форуме', 'Спорит с датой.'),
        ],
        'Нашлось два источника.',
      ),
    }),
  );
  await desk.konspekt('settings', 'set', 'allowed-hosts', web.host);
  await desk.konspekt('reach', 'search', web.origin);
  await desk.start();
  await say(page, 'Найди источники о маяке');
  const result = ready(page);
  await expect(result).toContainText('Нашлось два источника.');
  const proposed = (title: string) => result.getByRole('listitem').filter({ hasText: title });
  const [keepers, forum] = [proposed('Смотрители маяка'), proposed('Разговор на форуме')];
  await expect(keepers).toContainText('Называет год и имя последнего смотрителя.');
  await expect(forum).toContainText('Спорит с датой.');
  // Nothing is added by itself.
  await expect(page.locator('.document-card-ready')).toHaveCount(0);
  await keepers.getByRole('button', { name: 'Добавить источник' }).click();
  await expect(keepers.getByText('В чате')).toBeVisible();
  await expect(forum.getByRole('button', { name: 'Добавить источник' })).toBeVisible();
  await expect(page.locator('.document-card-ready')).toHaveCount(1);

  // It is material of the chat: an answer finds it, and leads to the place.
  await say(page, 'Когда погасили маяк?');
  const answer = answers(page).last();
  await expect(answer).toContainText('В 1911 году');
  await answer.locator('.citation').click();
  await expect(marked(page, 'погасили в 1911 году')).toBeVisible();
});

test('the analyst answers from a document, and its figure leads to the passage', async ({ page }) => {
  desk = await openAnsweringDesk(
    page,
    byAgent({
      assistant: handsTo('analyst', 'Сколько коробок'),
      analyst: works([call('search_material', { query: 'сколько коробок заказать' })], 'Коробок двадцать [1].'),
    }),
  );
  await desk.start();
  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await addFile(page, 'склад.txt', store);
  await say(page, 'Посчитай коробки');
  await expect(ready(page)).toContainText('Коробок двадцать');
  await ready(page).locator('.citation').click();
  await expect(marked(page, 'двадцать коробок')).toBeVisible();
});

test('the planner hands out parts, waits for both, and puts their results together', async ({ page }) => {
  const second = Promise.withResolvers<ScriptedReply>();
  desk = await openAnsweringDesk(
    page,
    byAgent({
      assistant: request =>
        JSON.stringify(request.body).includes('Составь письмо') ? second.promise : handsTo('planner', 'Подготовка переезда')(request),
      planner: request =>
        toolResults(request) > 0
          ? {
              kind: 'answer',
              text: `Всё вместе: ${request.lastText.includes('Двадцать') && request.lastText.includes('Письмо') ? 'коробки и письмо' : 'не хватает'}.`,
            }
          : call('run_in_background', {
              tasks: [
                { agent: 'analyst', title: 'Коробки', task: 'Сколько коробок?' },
                { agent: 'assistant', title: 'Письмо', task: 'Составь письмо Анне.' },
              ],
            }),
      analyst: works([call('search_material', { query: 'сколько коробок заказать' })], 'Двадцать [1].'),
    }),
  );
  await desk.start();
  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await addFile(page, 'склад.txt', store);
  await say(page, 'Подготовь переезд');
  await expect(page.getByRole('log').getByText('Передал.')).toBeVisible();
  await expect(ready(page)).toHaveCount(0);
  second.resolve({ kind: 'answer', text: 'Письмо готово.' });
  await expect(ready(page)).toContainText('Всё вместе: коробки и письмо.');
  // The parts' results go to the plan and not to the chat.
  await expect(ready(page)).toHaveCount(1);
  await ready(page).getByRole('button', { name: 'Показать шаги' }).click();
  const run = page.getByRole('article', { name: 'Подготовка переезда' });
  await expect(run).toContainText('Коробки');
  await expect(run).toContainText('Письмо');
});
