import { expect, type Page } from '@playwright/test';
import { test } from './program-test.ts';

async function newChat(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Новый чат' }).click();
  await page.locator('.composer-input').fill(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: words, exact: true })).toBeVisible();
}

test('a chat is kept at the head of the list, also after a restart, and put back among the others', async ({ page, program }) => {
  await page.goto(program.link);
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await newChat(page, 'Старая беседа');
  await newChat(page, 'Новая беседа');
  const list = page.getByRole('navigation');
  const pinned = list.getByRole('region', { name: 'Закреплённые' });
  await expect(pinned).toBeHidden();

  const menu = list.getByRole('button', { name: 'Ещё: Старая беседа' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Закрепить' }).click();
  await expect(pinned.locator('.session-open')).toHaveText([/^Старая беседа/u]);
  // The row has gone to another place, and the keyboard goes on from it.
  await expect(pinned.locator('.session-open')).toBeFocused();

  await program.kill();
  await program.startAgain();
  await page.goto(program.link);
  await expect(pinned.locator('.session-open')).toHaveText([/^Старая беседа/u]);
  await menu.click();
  await page.getByRole('menuitem', { name: 'Открепить' }).click();
  await expect(pinned).toBeHidden();
  await expect(list.locator('.session-open')).toHaveText([/^Новая беседа/u, /^Старая беседа/u]);
});
