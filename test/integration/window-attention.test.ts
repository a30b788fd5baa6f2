import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { messageCharLimit } from '../../src/shared/domain/session.ts';
import { windowInBrowser } from '../support/renderer-harness/window-in-browser.ts';

// Where the focus is, and what is said aloud, in the built window.

const open = windowInBrowser();

const focusedRow = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-session-id') ?? null);
const rowIds = (page: Page) =>
  page.locator('.session-open').evaluateAll(rows => rows.map(row => row.getAttribute('data-session-id') ?? ''));

describe('the focus in the list of chats', () => {
  test('stays with a row that is renamed, wherever that moves it, and with one whose renaming is given up', async () => {
    const page = await open();
    const [, , third] = await rowIds(page);
    await page.locator(`[data-session-id="${third}"]`).focus();
    await page.keyboard.press('F2');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedRow(page)).toBe(third);
    await page.keyboard.press('F2');
    await page.keyboard.type('Другое имя');
    await page.keyboard.press('Enter');
    await page.locator('.session-title', { hasText: 'Другое имя' }).waitFor();
    await expect.poll(() => focusedRow(page)).toBe(third);
  });

  test('goes to the row that takes the place of a removed one, by key and from the menu, and to the last one at the end', async () => {
    const page = await open();
    const ids = await rowIds(page);
    await page.locator(`[data-session-id="${ids[1]}"]`).focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => focusedRow(page)).toBe(ids[2]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.menu-item-danger').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.locator(`[data-session-id="${ids[2]}"]`).waitFor({ state: 'detached' });
    await expect.poll(() => focusedRow(page)).toBe(ids[3]);
    await page.locator(`[data-session-id="${ids.at(-1)}"]`).focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => focusedRow(page)).toBe(ids.at(-2));
  });

  test('is left where the person has taken it', async () => {
    const page = await open();
    const [first] = await rowIds(page);
    await page.locator(`[data-session-id="${first}"]`).focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Имя');
    await page.locator('.composer-input').click();
    await page.locator('.session-title', { hasText: 'Имя' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('composer-input');
  });
});

test('that a message is too long is said once, when it becomes that', async () => {
  const page = await open('language=en&theme=light');
  const input = page.locator('.composer-input');
  const spoken = (): Promise<readonly string[]> => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { spoken: said });
    const lookAt = (node: Node): boolean =>
      (node instanceof Element ? node : node.parentElement)?.closest('[role="alert"], [role="status"], [aria-live]') !== null;
    new MutationObserver(records => {
      const heard = records.some(({ target, addedNodes }) => [target, ...addedNodes].some(lookAt));
      const words = [...document.querySelectorAll('[role="alert"], [role="status"], [aria-live]')]
        .map(region => region.textContent)
        .join(' ');
      if (heard && words.includes('100,000 fit')) said.push(words);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await input.fill('a'.repeat(messageCharLimit));
  expect(await spoken()).toHaveLength(0);
  for (let more = 0; more < 4; more += 1) await page.keyboard.type('b');
  await page.getByText('100,004 characters', { exact: false }).waitFor();
  expect(await spoken()).toHaveLength(1);
  await input.fill('short');
  await input.fill('a'.repeat(messageCharLimit + 1));
  await page.getByText('100,001 characters', { exact: false }).first().waitFor();
  await expect.poll(spoken).toHaveLength(2);
});
