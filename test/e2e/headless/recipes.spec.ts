// A person and a saved recipe: kept from a file, given a time, run, and what it has read made into a synopsis that cites the page.
import { expect, test } from '@playwright/test';
import { findChromium } from '../../../tools/test/find-chromium.ts';
import { serveSite, type LocalSite } from '../../support/sites/local-sites.ts';
import { openDesk, type AgentDesk } from './agent-desk.ts';

test.skip(findChromium() === undefined, 'Browser tasks need a Chromium: install one, or name one in KONSPEKT_CHROMIUM.');

const facts = [
  'Городской пруд вычистили весной 2024 года, и на это ушло восемь недель.',
  'Со дна подняли две тысячи тонн ила, который вывезли на поля за городом.',
  'Берега укрепили лиственницей, потому что она не гниёт в воде десятки лет.',
  'Глубина выросла с одного метра до трёх, и рыба перестала задыхаться зимой.',
  'Уток стало вдвое больше, чем было до работ, а комаров заметно меньше.',
  'На содержание пруда город тратит теперь сорок тысяч рублей в месяц.',
];
const article = `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Пруд после чистки</title><article><h1>Пруд после чистки</h1>${facts.map(fact => `<p>${fact}</p>`).join('')}</article>`;

let desk: AgentDesk;
let site: LocalSite;
test.afterEach(async () => {
  await desk.clear();
  await site[Symbol.asyncDispose]();
});

test('a page that a recipe has read becomes a synopsis whose claims lead to it, and the recipe is given a time', async ({ page }) => {
  site = await serveSite({ orders: [], answer: ({ pathname }) => (decodeURI(pathname) === '/пруд' ? article : null) }, '127.0.0.2');
  const recipe = {
    name: 'Новости пруда',
    sites: [site.host],
    params: [{ name: 'место', default: 'пруд' }],
    steps: [{ action: { do: 'open', url: `${site.origin}/{{место}}` } }, { action: { do: 'read' } }],
  };
  desk = await openDesk(page, () => ({ kind: 'answer', text: 'Никто не спрашивал.' }));
  await desk.konspekt('settings', 'set', 'allowed-hosts', site.host);
  await desk.start();
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page.getByRole('button', { name: 'Браузер', exact: true }).click();
  await page.getByText('По рецепту').click();
  await page.getByRole('button', { name: 'Вставить рецепт' }).click();
  await page.getByRole('textbox', { name: 'Рецепт в формате JSON' }).fill(JSON.stringify(recipe));
  await page.getByRole('button', { name: 'Прочитать' }).click();
  await page.getByRole('button', { name: 'Сохранить рецепт' }).click();
  await expect(page.getByText('Рецепт «Новости пруда» сохранён.')).toBeVisible();

  await page.getByRole('button', { name: 'По расписанию…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Рецепт по расписанию' });
  await dialog.getByRole('textbox', { name: 'место' }).fill('пруд');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'По рецепту: Новости пруда' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Начать' }).click();
  const task = page.getByRole('article', { name: 'Новости пруда' });
  await expect(task.getByText('Готово')).toBeVisible();
  await task.getByRole('button', { name: 'Сделать конспект' }).click();
  const synopsis = page.locator('article.synopsis');
  await expect(synopsis).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
  await synopsis.locator('.citation').first().click();
  const marked = page.locator('.segment-text mark').first();
  await expect(marked).toBeVisible();
  const words = await marked.innerText();
  expect(
    facts.some(fact => fact.includes(words.trim()) || words.includes(fact)),
    words,
  ).toBe(true);
});
