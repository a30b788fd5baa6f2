import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { test, type ProgramUnderTest } from './program-test.ts';

/** The sample's synopsis, made while the person is in another chat. */
async function makeSynopsisElsewhere(page: Page, program: ProgramUnderTest): Promise<void> {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByRole('log').locator('.message').first()).toBeVisible();
  await page.locator('.composer').getByRole('button', { name: 'Конспект' }).click();
  await page.keyboard.press('Alt+n');
  await expect(page.getByRole('heading', { level: 1, name: 'Новый чат' })).toBeVisible();
}

const bell = (page: Page, unread: string) => page.getByRole('button', { name: `Уведомления${unread}`, exact: true });

test('what is missed waits under the bell, over a restart too, and leads to its place', async ({ page, program }) => {
  await makeSynopsisElsewhere(page, program);
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible({ timeout: 60_000 });

  await program.kill();
  await program.startAgain();
  await page.goto(program.link);
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible();
  await page.keyboard.press('Alt+u');
  const centre = page.getByRole('dialog', { name: 'Уведомления' });
  const row = centre.getByRole('button', { name: /Не прочитано\. Конспект готов/u });
  await expect(row).toHaveCount(1);
  await expectAccessible(page);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(centre).toBeHidden();
  await expect(page.locator('article.synopsis')).toBeVisible();
  await expect(bell(page, '')).toBeVisible();

  // Read, it stays in the list; nothing is left to mark.
  await bell(page, '').click();
  await expect(centre.getByRole('button', { name: /^Конспект готов/u })).toHaveCount(1);
  await expect(centre.getByRole('button', { name: 'Отметить всё прочитанным' })).toBeDisabled();
});

test('looking at its place elsewhere reads it, and a kind that is switched off is not told at all', async ({ page, program }) => {
  await makeSynopsisElsewhere(page, program);
  await expect(bell(page, ': 1 непрочитанное')).toBeVisible({ timeout: 60_000 });
  await page.locator('.session-open').first().click();
  await expect(bell(page, '')).toBeVisible();

  await bell(page, '').click();
  await page.getByRole('dialog', { name: 'Уведомления' }).getByRole('button', { name: 'Настроить…' }).click();
  const kinds = page.getByRole('radiogroup', { name: 'Конспекты и задачи готовы' });
  await kinds.getByRole('radio', { name: 'Не сообщать' }).click();
  await expect(kinds.getByRole('radio', { name: 'Не сообщать' })).toBeChecked();
  await expectAccessible(page);
});
