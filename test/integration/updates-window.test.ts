import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import type { UpdateState } from '../../src/shared/contract/updates.ts';
import { windowInBrowser } from '../support/renderer-harness/window-in-browser.ts';

// What a person sees of newer versions of the program, in the built window.

const open = windowInBrowser();

describe('newer versions', { timeout: 60_000 }, () => {
  test('a page in a browser says who updates the program, and shows nothing at its foot', async () => {
    const page = await open();
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'О программе' }).click();
    await page.getByText('Её обновляет тот, кто её установил.', { exact: false }).waitFor();
    expect(await page.getByRole('switch').count()).toBe(0);
  });

  test('one is found, downloaded on the person’s word, and not installed while tasks are at work', async () => {
    const page = await open('language=ru&theme=light', { width: 900, height: 600 });
    const become = (state: UpdateState) => page.evaluate(next => void window.scenario.backend.updates.become(next), state);
    await become({ state: 'available', version: '2.0.0' });
    await page.getByRole('button', { name: 'Вышла новая версия' }).click();
    await page.getByText('Вышла версия 2.0.0.').waitFor();
    await become({ state: 'downloading', version: '2.0.0', part: 0.4 });
    expect(await page.getByRole('progressbar', { name: 'Скачивается версия 2.0.0' }).getAttribute('aria-valuenow')).toBe('40');
    await become({ state: 'available', version: '2.0.0' });
    await page.getByRole('button', { name: 'Скачать' }).click();
    await page.getByText('Версия 2.0.0 скачана.').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('button', { name: 'Перезапустить и обновить' }).click();
    await page.getByText('Сейчас работают задачи.', { exact: false }).waitFor();
    await become({ state: 'failed', why: 'unreachable', version: null });
    await page.getByText('сервер обновлений не отвечает', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Проверить' }).waitFor();
  });
});
