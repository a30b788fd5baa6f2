import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { windowInBrowser } from '../support/renderer-harness/window-in-browser.ts';

// Saved recipes in the built window: kept with parameters, mended, given times, and told why they have stopped.

const open = windowInBrowser();

async function openBrowsing(page: Page, state: 'ended' | 'stopped'): Promise<void> {
  await page
    .locator('.session-open')
    .filter({ hasText: /лекция и дворы|lecture and yards/u })
    .click();
  await page.waitForSelector('.markdown');
  await page.evaluate(which => void window.scenario.browsing[which](), state);
  await page.keyboard.press('Alt+b');
  await page.waitForSelector('.browser-task');
}

const saved = (page: Page) =>
  page.evaluate(() => window.scenario.backend.browser.handlers['browser.recipes']({}).recipes.map(({ recipe }) => recipe));

async function keepRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Сохранить как рецепт' }).click();
  await page.getByRole('textbox', { name: 'Имя рецепта' }).fill('Цены');
  await page.getByRole('textbox', { name: 'Как назвать «чай утро»' }).fill('мой товар');
  await page.getByText('Нужны буквы, цифры, дефис или подчёркивание, без пробелов.').waitFor();
  expect(await page.getByRole('button', { name: 'Сохранить рецепт' }).isEnabled()).toBe(false);
  await page.getByRole('textbox', { name: 'Как назвать «чай утро»' }).fill('товар');
  await page.getByRole('button', { name: 'Сохранить рецепт' }).click();
  await page.getByText('Рецепт «Цены» сохранён.').waitFor();
}

async function openKept(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Новая задача' }).click();
  await page.getByText('По рецепту').click();
  await page.getByRole('button', { name: 'Открыть рецепт «Цены»' }).click();
}

describe('recipes', { timeout: 60_000 }, () => {
  test('a run is kept with the words that the person names, is mended as a list of steps, and is given times', async () => {
    const page = await open();
    await openBrowsing(page, 'ended');
    await keepRun(page);
    const [first] = await saved(page);
    expect(first).toMatchObject({ name: 'Цены', params: [{ name: 'товар', default: 'чай утро' }] });
    expect(first?.steps.map(({ action }) => action.do)).toEqual(['open', 'type', 'click', 'extract']);
    expect(first?.steps[1]?.action).toMatchObject({ value: { text: '{{товар}}' } });

    await openKept(page);
    await page.getByRole('button', { name: 'Изменить', exact: true }).click();
    await page.getByRole('textbox', { name: 'Обычное значение: товар' }).fill('кофе');
    await page.getByRole('button', { name: 'Удалить шаг 3' }).click();
    await page.getByRole('button', { name: 'Поднять шаг 3' }).click();
    await page.getByRole('button', { name: 'Добавить шаг' }).click();
    await page.getByRole('menuitem', { name: 'Проверить слова на странице' }).click();
    const steps = page.locator('.edited-step');
    await steps.nth(3).getByRole('textbox', { name: 'Слова на странице' }).fill('');
    await page.getByRole('button', { name: 'Сохранить изменения' }).click();
    await page.getByText('шаг 4, action.that.text: не хватает значения').waitFor();
    await steps.nth(3).getByRole('textbox', { name: 'Слова на странице' }).fill('Найдено');
    await steps.nth(0).getByRole('textbox', { name: 'Зачем этот шаг' }).fill('Начало');
    await page.getByRole('button', { name: 'Сохранить изменения' }).click();
    await page.getByText('Рецепт «Цены» изменён.').waitFor();
    const [edited, ...others] = await saved(page);
    expect(others).toEqual([]);
    expect(edited?.params).toEqual([{ name: 'товар', default: 'кофе' }]);
    expect(edited?.steps.map(({ action }) => action.do)).toEqual(['open', 'extract', 'type', 'assert']);
    expect(edited?.steps[0]?.why).toBe('Начало');
    expect(edited?.steps[3]?.action).toEqual({ do: 'assert', that: { text: 'Найдено' } });

    await page.getByRole('button', { name: 'По расписанию…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Рецепт по расписанию' });
    await dialog.getByText('Рецепт: Цены').waitFor();
    await dialog.getByRole('textbox', { name: 'товар' }).fill('мёд');
    await dialog.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('По рецепту: Цены').waitFor();
    const asked = await page.evaluate(() => window.scenario.backend.calls.find(({ route }) => route === 'schedules.save')?.input);
    expect(asked).toMatchObject({ work: { kind: 'browser.run', params: { товар: 'мёд' } }, cron: '0 9 * * 1-5' });
    await page.keyboard.press('Escape');
    await page.getByRole('tabpanel', { name: 'Браузер' }).getByRole('button', { name: 'Назад' }).click();
    await page.getByRole('button', { name: 'Удалить рецепт «Цены»' }).click();
    await page.getByText('По этому рецепту работает расписание.').waitFor();
  });

  test('one that has stopped says at which step, what was expected and what to do, and opens to be mended', async () => {
    const page = await open();
    await openBrowsing(page, 'stopped');
    const card = page.getByRole('region', { name: 'Рецепт остановился на шаге 3' });
    await card.getByText('на странице есть «Чай «Утро», 100 г»', { exact: true }).waitFor();
    await card.getByText('проверка не прошла; страница «Чайная лавка: зелёный чай», https://tea.example/green?q=morning').waitFor();
    await card.getByText('исправьте проверку в рецепте').waitFor();
    await card.getByRole('button', { name: 'Исправить рецепт' }).click();
    await page.getByRole('heading', { name: 'Рецепт «Цены на чай в трёх магазинах»' }).waitFor();
    await page.getByRole('button', { name: 'Отмена' }).click();
    await page.getByRole('tabpanel', { name: 'Браузер' }).getByRole('button', { name: 'Назад' }).click();
    // Whoever went back to the list stays there.
    await page.getByRole('button', { name: 'Открыть рецепт «Цены на чай в трёх магазинах»' }).waitFor();
  });

  test('a synopsis is made of what a task has read', async () => {
    const page = await open();
    await openBrowsing(page, 'ended');
    await page.getByRole('button', { name: 'Сделать конспект' }).click();
    await expect
      .poll(() => page.evaluate(() => window.scenario.backend.calls.some(({ route }) => route === 'synopses.request')))
      .toBe(true);
  });

  test.each(['language=ru&theme=light', 'language=en&theme=dark'])('they are free of axe violations (%s)', async query => {
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string, page: Page): Promise<void> => {
      await page.mouse.move(0, 0);
      await page.waitForFunction(() => document.querySelector('.tooltip') === null);
      const { violations } = await new AxeBuilder({ page }).analyze();
      found[name] = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(' | ')}`);
    };
    const page = await open(query, { width: 900, height: 600 });
    await openBrowsing(page, 'stopped');
    await page.locator('.recipe-stop').waitFor();
    await look('stopped', page);
    await page.locator('.recipe-stop .button').last().click();
    await page.locator('.edited-step').first().waitFor();
    await look('edited', page);
    const other = await open(query, { width: 900, height: 600 });
    await openBrowsing(other, 'ended');
    await other.getByRole('button', { name: /^(?:Сохранить как рецепт|Save as a recipe)$/u }).click();
    await other.locator('.save-param').first().waitFor();
    await look('kept', other);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map(name => [name, []])));
  });
});
