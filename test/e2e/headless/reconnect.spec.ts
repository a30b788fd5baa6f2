import { expect } from '@playwright/test';
import { test } from './program-test.ts';

test('an open tab survives a restart: what was typed stays, and it is let in again by itself', async ({ page, program }) => {
  await page.goto(program.link);
  await page.getByRole('button', { name: 'Открыть пример' }).click();
  await expect(page.getByText('Всё на этом компьютере')).toBeVisible();
  const { port } = program;
  await program.kill();

  const strip = page.getByRole('contentinfo');
  await expect(strip.getByText('Нет связи с программой', { exact: false })).toBeVisible();
  await expect(strip.getByText(/Всё готово|Сейчас задач нет/u)).toHaveCount(0);
  await expect(strip.getByText('Всё на этом компьютере')).toHaveCount(0);
  const composer = page.getByRole('textbox', { name: 'Сообщение' });
  await composer.fill('Что такое кривая забывания?');
  await expect(page.getByRole('button', { name: 'Отправить' })).toBeDisabled();
  await expect(page.getByText('Написанное сохранено', { exact: false })).toBeVisible();

  await program.startAgain({ port });
  await expect(strip.getByText('Всё на этом компьютере')).toBeVisible({ timeout: 20_000 });
  await expect(composer).toHaveValue('Что такое кривая забывания?');
  await page.reload();
  await expect(composer).toHaveValue('Что такое кривая забывания?');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(page.getByRole('log').getByText('Что такое кривая забывания?')).toBeVisible();
  await expect(composer).toHaveValue('');
});

test('a tab whose program does not come back says which link to open', async ({ page, program }) => {
  await page.goto(program.link);
  await expect(page.getByText('Всё на этом компьютере')).toBeVisible();
  await program.kill();
  // It is back under another port, where this tab is a stranger.
  await program.startAgain();
  await expect(page.getByRole('contentinfo').getByText('Откройте новую ссылку: konspekt open', { exact: false })).toBeVisible({
    timeout: 30_000,
  });
});
