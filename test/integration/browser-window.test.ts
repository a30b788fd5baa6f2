import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { windowInBrowser } from '../support/renderer-harness/window-in-browser.ts';

// Browser tasks in the built window: seen only while somebody looks, steered by mouse and keys, and left with one key.

const open = windowInBrowser();

async function openBrowsing(page: Page, state: 'atWork' | 'ended' | 'undecided' | null = 'atWork'): Promise<void> {
  await page
    .locator('.session-open')
    .filter({ hasText: /лекция и дворы|lecture and yards/u })
    .click();
  await page.waitForSelector('.markdown');
  if (state !== null) await page.evaluate(which => void window.scenario.browsing[which](), state);
  await page.keyboard.press('Alt+b');
  await page.waitForSelector('.browser-pane');
}

const frames = (page: Page) => page.evaluate(() => window.scenario.backend.calls.filter(({ route }) => route === 'browser.frame').length);
const inputs = (page: Page) => page.evaluate(() => window.scenario.backend.browser.inputs.flatMap(({ events }) => events));
const drawn = (page: Page) => page.waitForSelector('.live-none', { state: 'detached' });

async function takeOver(page: Page): Promise<void> {
  await drawn(page);
  await page.getByRole('button', { name: 'Взять управление' }).click();
  await page.locator('.live-canvas:focus').waitFor();
}

describe('the live view', { timeout: 60_000 }, () => {
  test('a task that runs opens nothing, and its pictures are asked for only while its tab is shown', async () => {
    const page = await open();
    await page.locator('.session-open').filter({ hasText: 'лекция и дворы' }).click();
    await page.evaluate(() => void window.scenario.browsing.atWork());
    await page.getByRole('button', { name: 'Браузер, идёт задача' }).waitFor();
    expect(await page.locator('.app-right').count()).toBe(0);
    expect(await frames(page)).toBe(0);

    await page.keyboard.press('Alt+b');
    await drawn(page);
    await expect.poll(() => frames(page)).toBeGreaterThan(2);
    await page.getByRole('tab', { name: 'Источники' }).click();
    await page.locator('.live-view').waitFor({ state: 'detached' });
    // The one that was under way is answered by now; after it there is no other.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const before = await frames(page);
    await page.evaluate(() => {
      window.scenario.backend.browser.setPicture({ jpeg: 'AAAA', width: 640, height: 400 });
      return new Promise(requestAnimationFrame);
    });
    expect(await frames(page)).toBe(before);
    await page.getByRole('tab', { name: /Браузер/u }).click();
    await expect.poll(() => frames(page)).toBeGreaterThan(before);
  });

  test('mouse, wheel and keys of a person reach the page where they are meant, and nothing before the person has it', async () => {
    const page = await open();
    await openBrowsing(page);
    await drawn(page);
    const box = await page.locator('.live-canvas').boundingBox();
    if (box === null) throw new Error('The live view has no place in the window.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    expect(await inputs(page)).toEqual([]);

    await takeOver(page);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 + 40);
    const after = await page.locator('.live-canvas').boundingBox();
    if (after === null) throw new Error('The live view has no place in the window.');
    await expect.poll(async () => (await inputs(page)).some(event => event.type === 'mouse' && event.what === 'up')).toBe(true);
    const down = (await inputs(page)).find(event => event.type === 'mouse' && event.what === 'down');
    const scale = after.width / 1_280;
    expect(down).toMatchObject({ button: 'left' });
    if (down?.type !== 'mouse') throw new Error('No button went down.');
    expect(Math.abs(down.x - (box.x + box.width / 2 - after.x) / scale)).toBeLessThan(3);
    expect(Math.abs(down.y - (box.y + box.height / 2 + 40 - after.y) / scale)).toBeLessThan(3);

    const scrolled = await page.evaluate(() => document.querySelector('.browser-pane')?.scrollTop);
    await page.mouse.wheel(0, 120);
    await expect.poll(async () => (await inputs(page)).at(-1)?.type).toBe('wheel');
    expect(await page.evaluate(() => document.querySelector('.browser-pane')?.scrollTop)).toBe(scrolled);

    await page.keyboard.press('Tab');
    await page.keyboard.type('tea');
    // A Russian layout has no key of Playwright's.
    for (const type of ['keydown', 'keyup']) await page.locator('.live-canvas').dispatchEvent(type, { key: 'ч', code: 'KeyX' });
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await inputs(page)).filter(({ type }) => type === 'key' || type === 'text'))
      .toEqual([
        { type: 'key', what: 'down', key: 'Tab' },
        { type: 'key', what: 'up', key: 'Tab' },
        ...Array.from('teaч', text => ({ type: 'text', text })),
        { type: 'key', what: 'down', key: 'Enter' },
        { type: 'key', what: 'up', key: 'Enter' },
      ]);
  });

  test('Esc leads out of the page and closes nothing, Shift+Esc is the page’s, and giving back keeps the place', async () => {
    const page = await open();
    await openBrowsing(page);
    await takeOver(page);
    await page.keyboard.press('Shift+Escape');
    await expect
      .poll(async () =>
        (await inputs(page))
          .filter(event => event.type === 'key' && event.key === 'Escape')
          .map(event => event.type === 'key' && event.what),
      )
      .toEqual(['down', 'up']);
    expect(await page.locator('.live-canvas:focus').count()).toBe(1);

    await page.keyboard.press('Control');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Вернуть управление');
    expect(await page.locator('.browser-pane').count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Взять управление');
    expect(await page.locator('.live-view-held').count()).toBe(0);
    const before = (await inputs(page)).length;
    await page.locator('.live-canvas').click();
    expect(await inputs(page)).toHaveLength(before);
  });

  test('nobody who writes in the chat is pulled to the page when the task changes hands', async () => {
    const page = await open();
    await openBrowsing(page);
    await drawn(page);
    await page.evaluate(() => window.scenario.backend.hold('browser.hold'));
    await page.getByRole('button', { name: 'Взять управление' }).click();
    await page.locator('.composer-input').click();
    await page.evaluate(() => window.scenario.backend.release());
    await page.locator('.live-view-held').waitFor();
    await page.keyboard.type('привет');
    expect(await page.locator('.composer-input').inputValue()).toBe('привет');
    expect(await inputs(page)).toEqual([]);
  });
});

describe('recipes and results', { timeout: 60_000 }, () => {
  test('a recipe is pasted, its faults are told, it asks for what is missing, and starts in the open chat', async () => {
    const page = await open();
    await openBrowsing(page, null);
    await page.getByText('Своими словами').click();
    await page.getByText('Для задачи своими словами нужна модель').waitFor();
    await page.getByText('По рецепту').click();
    await page.getByRole('button', { name: 'Вставить рецепт' }).click();
    const area = page.getByRole('textbox', { name: 'Рецепт в формате JSON' });
    await area.fill('{"name": "Цены", "sites": ["127.0.0.1:1"],}');
    await page.getByRole('button', { name: 'Прочитать' }).click();
    await page.getByText(/Это не JSON: ошибка в строке 1/u).waitFor();
    await area.fill(
      JSON.stringify({
        name: 'Цены',
        sites: ['127.0.0.1:1'],
        params: [{ name: 'товар' }],
        steps: [{ action: { do: 'open', url: 'http://127.0.0.1:1/?q={{товар}}' } }],
      }),
    );
    await page.getByRole('button', { name: 'Прочитать' }).click();
    await page.getByRole('button', { name: 'Начать' }).click();
    await page.getByText('Без этого рецепт не начнётся.').waitFor();
    await page.getByRole('textbox', { name: 'товар' }).fill('чай');
    await page.getByRole('button', { name: 'Сохранить рецепт' }).click();
    await page.getByText('Рецепт «Цены» сохранён.').waitFor();
    await page.getByRole('button', { name: 'Начать' }).click();
    await page.locator('.browser-task h2', { hasText: 'Цены' }).waitFor();
    const started = await page.evaluate(() => window.scenario.backend.calls.find(({ route }) => route === 'browser.start')?.input);
    expect(started).toMatchObject({ what: { kind: 'recipe', params: { товар: 'чай' } } });
  });

  test('/браузер opens the form, and with words begins a task without opening anything', async () => {
    const page = await open();
    await openBrowsing(page, null);
    await page.keyboard.press('Alt+b');
    const composer = page.locator('.composer-input');
    await composer.fill('/браузер ');
    await composer.press('Enter');
    await page.locator('.browser-start').waitFor();
    await page.keyboard.press('Alt+b');
    await page.evaluate(() => window.scenario.backend.providers.fill());
    await composer.fill('/браузер сравни цены');
    await composer.press('Enter');
    await page.getByText('Задача в браузере начата').waitFor();
    expect(await page.locator('.app-right').count()).toBe(0);
    expect(await composer.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Показать браузер' }).click();
    await page.locator('.browser-task h2', { hasText: 'сравни цены' }).waitFor();
  });

  test('what was read is downloaded whole, and a run is kept under a name', async () => {
    const page = await open();
    await openBrowsing(page, 'ended');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Скачать CSV' }).click()]);
    expect(file.suggestedFilename()).toBe('Чайная лавка зелёный чай.csv');
    await page.getByRole('button', { name: 'Сохранить как рецепт' }).click();
    await page.getByRole('textbox', { name: 'Имя рецепта' }).fill('Мои цены');
    await page.keyboard.press('Enter');
    await page.getByText('Рецепт «Мои цены» сохранён.').waitFor();
    await page.getByRole('button', { name: 'Новая задача' }).click();
    await page.getByText('По рецепту').click();
    await page.getByRole('button', { name: 'Открыть рецепт «Мои цены»' }).waitFor();
  });
});

describe('accessibility', { timeout: 60_000 }, () => {
  test.each(['language=ru&theme=light', 'language=en&theme=dark'])(
    'the states of the pane are free of axe violations (%s)',
    async query => {
      const found: Record<string, readonly string[]> = {};
      const look = async (name: string, page: Page): Promise<void> => {
        await page.mouse.move(0, 0);
        await page.waitForFunction(() => document.querySelector('.tooltip') === null);
        const { violations } = await new AxeBuilder({ page }).analyze();
        found[name] = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(' | ')}`);
      };
      const page = await open(query, { width: 900, height: 600 });
      await openBrowsing(page);
      await drawn(page);
      await look('at work', page);
      await page.locator('.browser-head .button').first().click();
      await page.locator('.live-view-held').waitFor();
      await look('held', page);
      await page.locator('.browser-head .button').last().click();
      await page.locator('.browser-start').waitFor();
      await look('form', page);
      await page.evaluate(() => {
        window.scenario.browsing.plan();
        window.scenario.browsing.approval();
      });
      await page.locator('.ask-card .page-picture').first().waitFor();
      await look('asks', page);

      const other = await open(query, { width: 900, height: 600 });
      await openBrowsing(other, 'ended');
      await other.locator('.result-table').waitFor();
      await look('ended', other);
      await other.locator('.trace-row .icon-button').first().click();
      await other.locator('.trace-large img').waitFor();
      await look('picture', other);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map(name => [name, []])));
    },
  );
});
