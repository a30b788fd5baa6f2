// A person and a browser task: the built program, a real browser that the task drives, and three shops on loopback.
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { Recipe } from '../../../src/shared/domain/browser.ts';
import { findChromium } from '../../../tools/test/find-chromium.ts';
import { serveSite, type LocalSite, type Site } from '../../support/sites/local-sites.ts';
import { shop, teaShops } from '../../support/sites/shops.ts';
import type { ModelRequest, ScriptedReply } from '../../support/scripted-models/script.ts';
import { call, openAnsweringDesk, openDesk, say, toolResults, type AgentDesk } from './agent-desk.ts';

test.skip(findChromium() === undefined, 'Browser tasks need a Chromium: install one, or name one in KONSPEKT_CHROMIUM.');

const wanted = 'Чай «Северный», 100 г';

let desk: AgentDesk;
let shops: LocalSite[] = [];
test.afterEach(async () => {
  await desk.clear();
  for (const each of shops.splice(0)) await each[Symbol.asyncDispose]();
});

/** A shop whose first page answers when it is let. */
function slowStart(site: Site, gate: Promise<void>): Site {
  return {
    orders: site.orders,
    answer(url, body) {
      const answer = site.answer(url, body);
      if (url.pathname !== '/' || typeof answer !== 'string') return answer;
      return (_, response) => {
        void gate.then(() => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(answer));
      };
    },
  };
}

async function openShops(gate: Promise<void> = Promise.resolve()): Promise<LocalSite[]> {
  shops = await Promise.all(
    Object.entries(teaShops).map(([title, goods], at) => {
      const site = shop(title, goods);
      return serveSite(at === 0 ? slowStart(site, gate) : site, `127.0.0.${at + 2}`);
    }),
  );
  return shops;
}

/** Reads the prices of each shop: of the first what its page lists, of the others what their search finds. */
function priceRecipe(sites: readonly LocalSite[]): Recipe {
  return {
    name: 'Цены на чай',
    sites: sites.map(({ host }) => host),
    params: [{ name: 'товар', default: 'северный' }],
    steps: sites.flatMap(({ origin }, at): Recipe['steps'] => [
      { action: { do: 'open', url: at === 0 ? `${origin}/` : `${origin}/search?q={{товар}}` }, why: 'Открываю магазин.' },
      {
        action: {
          do: 'extract',
          schema: {
            rows: '.item',
            fields: [
              { name: 'Товар', css: '.name', take: 'text' },
              { name: 'Цена', css: '.price', take: 'number' },
            ],
            limit: 100,
          },
        },
        why: 'Читаю цены.',
      },
    ]),
  };
}

async function startRecipe(page: Page, recipe: Recipe): Promise<void> {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page.getByRole('button', { name: 'Браузер', exact: true }).click();
  await page.getByText('По рецепту').click();
  await page.getByRole('button', { name: 'Вставить рецепт' }).click();
  await page.getByRole('textbox', { name: 'Рецепт в формате JSON' }).fill(JSON.stringify(recipe));
  await page.getByRole('button', { name: 'Прочитать' }).click();
  await page.getByRole('button', { name: 'Сохранить рецепт' }).click();
  await expect(page.getByText('сохранён.')).toBeVisible();
  await page.getByRole('button', { name: 'Начать' }).click();
}

async function pricesOf(page: Page): Promise<readonly string[]> {
  const file = page.waitForEvent('download');
  const tables = page.locator('.result-table');
  await tables.last().getByRole('button', { name: 'Скачать CSV' }).click();
  const path = await (await file).path();
  expect(readFileSync(path, 'utf8')).toContain(wanted);
  return tables.locator('tbody td.result-number').allTextContents();
}

/** The price of a shop leads to the very words of its page. */
async function expectCitedPrice(page: Page, table: Locator, price: string): Promise<void> {
  const row = table.getByRole('row').filter({ hasText: price });
  await row.getByRole('button', { name: /^Цитата/u }).click();
  await expect(page.getByRole('tab', { name: 'Источники', selected: true })).toBeVisible();
  await expect(page.locator('.segment-text mark').filter({ hasText: price })).toBeVisible();
}

test('a recipe with no model: watched, taken over, given back, and a table with the pages it comes from', async ({ page }) => {
  const gate = Promise.withResolvers<void>();
  const [first, ...others] = await openShops(gate.promise);
  if (first === undefined) throw new Error('No shop is open.');
  desk = await openDesk(page, () => ({ kind: 'answer', text: 'Никто не спрашивал.' }));
  await desk.konspekt('settings', 'set', 'allowed-hosts', ...shops.map(({ host }) => host));
  await desk.start();
  await startRecipe(page, priceRecipe([first, ...others]));
  const task = page.getByRole('article', { name: 'Цены на чай' });
  await expect.poll(() => first.asked).toContain('/');

  // The person takes over before the shop answers; the task stands still when it has.
  await task.getByRole('button', { name: 'Взять управление' }).click();
  await expect(task.getByText('Время, пока управляете вы, задаче не засчитывается', { exact: false })).toBeVisible();
  gate.resolve();
  await expect(task.locator('.live-none')).toBeHidden();
  await expect(task.locator('.page-address')).toHaveText(`${first.origin}/`);
  // By hand: the field of the search is the first thing on the page, and what it finds is what the task reads then.
  await task.getByRole('application').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  await expect.poll(() => first.asked).toContain('/search?q=100');
  await expect(task.locator('.page-address')).toHaveText(`${first.origin}/search?q=100`);
  expect(others.flatMap(({ asked }) => asked)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(task.getByRole('button', { name: 'Вернуть управление' })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(task.getByRole('heading', { name: 'Результат' })).toBeVisible();
  await expect(task.getByText('Готово')).toBeVisible();
  expect(await pricesOf(page)).toEqual(['349', '319,5', '360']);
  const answer = page.getByRole('log').getByRole('article', { name: 'Конспект' }).filter({ hasText: wanted });
  // One table to compare: which shop each price is of, and the page it comes from.
  const comparison = answer.getByRole('table');
  for (const title of Object.keys(teaShops))
    await expect(comparison.getByRole('cell', { name: new RegExp(`^${title}`, 'u') })).toBeVisible();
  for (const price of ['349', '319', '360']) await expectCitedPrice(page, comparison, price);
  expect(desk.server.requests).toEqual([]);
});

/** Number of the passage in which a model was last shown this price; 0 while it was not. */
function passageOf({ body }: ModelRequest, price: string): number {
  const told = JSON.stringify(body['messages']);
  const before = told.slice(0, Math.max(0, told.lastIndexOf(price)));
  return Number([...before.matchAll(/\[(\d+)\] /gu)].at(-1)?.[1] ?? 0);
}

test('from plain words to a cited table: the plan is approved, the task watched, taken over and given back, and kept as a recipe', async ({
  page,
}) => {
  const gate = Promise.withResolvers<void>();
  const sites = await openShops(gate.promise);
  const [first, ...others] = sites;
  if (first === undefined) throw new Error('No shop is open.');
  const calls: readonly ScriptedReply[] = [
    call('browser_plan', { sites: sites.map(({ host }) => host), steps: ['Открыть три магазина', 'Сравнить цены на чай'] }),
    ...sites.flatMap(({ origin }, at) => [
      call('browser_open', { url: at === 0 ? `${origin}/` : `${origin}/search?q=северный`, why: 'Открываю магазин.' }),
      call('browser_read', { why: 'Читаю цену.' }),
    ]),
  ];
  const prices = ['349,00', '319,50', '360,00'];
  const task = `Найди и сравни цены на чай в этих трёх магазинах: ${sites.map(({ host }) => host).join(', ')}`;
  let turn = 0;
  const numbers = prices.map(() => 0);
  desk = await openAnsweringDesk(page, (request): ScriptedReply => {
    // The assistant of the chat hands the task on; the browser's agent does it.
    if (JSON.stringify(request.body['tools'] ?? []).includes('run_in_background'))
      return toolResults(request) === 0
        ? call('run_in_background', { tasks: [{ agent: 'browser', title: 'Цены на чай', task }] })
        : { kind: 'answer', text: 'Ищу цены в браузере. Покажу план, прежде чем что-либо открыть.' };
    // Results of long ago are no longer told; their numbers stay.
    for (const [at, price] of prices.entries()) numbers[at] = passageOf(request, price) || (numbers[at] ?? 0);
    const next = calls[turn];
    turn += 1;
    if (next !== undefined) return next;
    const rows = prices.map((price, at) => `| ${at + 1} | ${price} [${numbers[at]}] |`);
    return { kind: 'answer', text: ['Дешевле всего во втором магазине.', '', '| Магазин | Цена |', '| --- | --- |', ...rows].join('\n') };
  });
  await desk.konspekt('settings', 'set', 'allowed-hosts', ...shops.map(({ host }) => host));
  await desk.start();
  await say(page, task);

  // The sites first: nothing is opened before the person has agreed, and nothing opens in the window by itself.
  const plan = page.getByRole('group', { name: 'Нужно ваше разрешение' });
  for (const { host } of sites) await expect(plan.getByText(host, { exact: true })).toBeVisible();
  expect(sites.flatMap(({ asked }) => asked)).toEqual([]);
  await expect(page.locator('.app-right')).toHaveCount(0);
  await expect(page.getByRole('log').getByText('Покажу план', { exact: false })).toBeVisible();
  const allow = plan.getByRole('button', { name: 'Разрешить' });
  // In sight, however long the plan is.
  await expect(allow).toBeInViewport({ ratio: 1 });
  await allow.click();
  await expect.poll(() => first.asked).toContain('/');

  await page.getByRole('log').getByRole('button', { name: 'Показать браузер' }).click();
  const browser = page.getByRole('article', { name: 'Цены на чай' });
  await browser.getByRole('button', { name: 'Взять управление' }).click();
  gate.resolve();
  await expect(browser.locator('.page-address')).toHaveText(`${first.origin}/`);
  // What the page shows is seen, and not only its address.
  await expect(browser.locator('.live-none')).toBeHidden();
  await browser.getByRole('application').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  await expect(browser.locator('.page-address')).toHaveText(`${first.origin}/search?q=100`);
  expect(others.flatMap(({ asked }) => asked)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(browser.getByRole('button', { name: 'Вернуть управление' })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(browser.getByText('Готово')).toBeVisible();
  await browser
    .getByRole('button', { name: /^Снимок к шагу/u })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  const answer = page.getByRole('log').getByRole('article', { name: 'Конспект' }).filter({ hasText: 'Дешевле всего' });
  for (const price of prices) await expectCitedPrice(page, answer.getByRole('table'), price);

  // The same once more, with no model: what was done is a recipe.
  const asked = desk.server.requests.length;
  await page.getByRole('tab', { name: 'Браузер' }).click();
  await browser.getByRole('button', { name: 'Сохранить как рецепт' }).click();
  await browser.getByRole('button', { name: 'Сохранить рецепт' }).click();
  await expect(page.getByText('сохранён.')).toBeVisible();
  await page.getByRole('button', { name: 'Новая задача' }).click();
  await page.getByText('По рецепту').click();
  await page.getByRole('button', { name: 'Открыть рецепт «Цены на чай»' }).click();
  await page.getByRole('button', { name: 'Начать' }).click();
  const again = page.getByRole('log').getByRole('article', { name: 'Конспект' }).filter({ hasText: 'сделано шагов — 6' });
  for (const price of prices) await expect(again.getByText(price, { exact: false }).first()).toBeVisible();
  expect(desk.server.requests.length).toBe(asked);
});
