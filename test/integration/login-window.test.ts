import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { windowInBrowser } from '../support/renderer-harness/window-in-browser.ts';

// Logins of browser tasks in the built window: kept in the settings, chosen where a task begins.

const open = windowInBrowser();
/** A window, its dialogs and a task's start, on a shared machine. */
const limitMs = 60_000;

const inputOf = (page: Page, route: string) =>
  page.evaluate(wanted => window.scenario.backend.calls.findLast(each => each.route === wanted)?.input, route);

async function openLogins(page: Page) {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Браузер' }).last().click();
  const logins = page.getByRole('region', { name: 'Входы' });
  await logins.waitFor();
  return logins;
}

test('a login is added, begins a task, and is taken away', { timeout: limitMs }, async () => {
  const page = await open();
  const logins = await openLogins(page);
  await logins.getByText('Входов пока нет.').waitFor();
  await logins.getByRole('button', { name: 'Добавить вход' }).click();
  const field = (name: string) => logins.getByRole('textbox', { name, exact: true });
  await field('Название').fill('Магазин');
  expect(await logins.getByRole('button', { name: 'Сохранить' }).isDisabled()).toBe(true);
  await field('Сайты').fill('shop.example, login.shop.example');
  await field('Имя пользователя или почта').fill('anna');
  await logins.getByLabel('Пароль', { exact: true }).fill('tea & cake');
  const { violations } = await new AxeBuilder({ page }).include('.login-form').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await logins.getByRole('button', { name: 'Сохранить' }).click();
  await logins.getByText('Вход ещё не выполнен · имя и пароль сохранены').waitFor();
  expect(await inputOf(page, 'browser.saveLogin')).toMatchObject({
    name: 'Магазин',
    sites: ['shop.example', 'login.shop.example'],
    user: 'anna',
    password: 'tea & cake',
  });
  // What was typed is nowhere in the page any more.
  expect(await page.content()).not.toContain('cake');

  await page.evaluate(() => {
    const { logins: kept, handlers } = window.scenario.backend.browser;
    const [login] = handlers['browser.logins']({}).logins;
    if (login !== undefined) kept.put({ ...login, sessionAtMs: Date.now() });
  });
  await logins.getByRole('button', { name: 'Забыть сохранённый вход «Магазин»' }).click();
  await logins.getByText('Вход ещё не выполнен').waitFor();

  await page.keyboard.press('Escape');
  await page.locator('.session-open').filter({ hasText: 'лекция и дворы' }).click();
  await page.keyboard.press('Alt+b');
  await page.getByText('По рецепту').click();
  await page.getByRole('combobox', { name: 'Вход' }).selectOption({ label: 'Магазин' });
  await page.getByText('Задача откроет сайты входа под вашим именем.').waitFor();
  await page.getByRole('button', { name: 'Вставить рецепт' }).click();
  await page.getByRole('textbox', { name: 'Рецепт в формате JSON' }).fill(
    JSON.stringify({
      name: 'Заказы',
      sites: ['shop.example'],
      steps: [{ action: { do: 'type', target: { by: 'label', text: 'Пароль' }, value: { secret: 'password' } } }],
    }),
  );
  await page.getByRole('button', { name: 'Прочитать' }).click();
  await page.getByText('Ввести секрет «пароль» → поле «Пароль»').waitFor();
  await page.getByRole('button', { name: 'Начать' }).click();
  await page.locator('.browser-task h2', { hasText: 'Заказы' }).waitFor();
  expect(await inputOf(page, 'browser.start')).toMatchObject({ login: expect.stringMatching(/^[\da-f-]{36}$/u) });

  const again = await openLogins(page);
  await again.getByRole('button', { name: 'Удалить вход «Магазин»' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить' }).click();
  await again.getByText('Входов пока нет.').waitFor();
});

test('where the system has no keyring, nothing is kept before the person has agreed to that', { timeout: limitMs }, async () => {
  const page = await open();
  await page.evaluate(() => {
    window.scenario.backend.browser.logins.setSecrets('weak');
  });
  const logins = await openLogins(page);
  await logins.getByRole('button', { name: 'Добавить вход' }).click();
  await logins.getByRole('textbox', { name: 'Название', exact: true }).fill('Магазин');
  await logins.getByRole('textbox', { name: 'Сайты', exact: true }).fill('shop.example');
  const save = logins.getByRole('button', { name: 'Сохранить' });
  expect(await save.isDisabled()).toBe(true);
  await logins.getByRole('switch', { name: 'Хранить вход так' }).click();
  await save.click();
  await logins.getByText('Вход ещё не выполнен · без пароля').waitFor();
});
