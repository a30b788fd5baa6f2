// Addresses in a browser: behind the `#` of a link, by the command line, and the way back.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './program-test.ts';

const cli = join(import.meta.dirname, '../../../out/main/cli.js');

test('a link opens at its place, one that leads nowhere says so, and Alt with arrows or the buttons go back and forward', async ({
  page,
  program,
}) => {
  await page.goto(`${program.link}#konspekt://settings/data`);
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await page.evaluate(() => location.href)).not.toContain('#');
  await page.keyboard.press('Escape');

  await page.evaluate(() => {
    location.hash = '#konspekt://chat/01890a5d-ac96-774b-bcce-b302099a8057';
  });
  await expect(page.getByText(/По адресу «konspekt:\/\/chat\/01890a5d/u)).toBeVisible();

  await page.getByRole('button', { name: 'Открыть пример' }).click();
  const title = page.locator('.chat-title');
  await expect(title).toContainText('как работает память');
  await page.keyboard.press('Alt+L');
  await expect(page.locator('.library')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.locator('.library')).toBeHidden();
  await expect(title).toContainText('как работает память');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.locator('.library')).toBeVisible();
  // The chat's head has them as buttons, each with its keys; one that leads nowhere cannot be pressed.
  await page.keyboard.press('Alt+ArrowLeft');
  const back = page.locator('.chat-bar').getByRole('button', { name: 'Назад' });
  const forward = page.locator('.chat-bar').getByRole('button', { name: 'Вперёд' });
  await back.hover();
  await expect(page.locator('.tooltip')).toHaveText(/Назад.*Alt.*←/u);
  await back.click();
  await expect(title).not.toContainText('как работает память');
  await expect(back).toBeDisabled();
  await forward.click();
  await expect(title).toContainText('как работает память');
  await forward.click();
  await expect(page.locator('.library')).toBeVisible();
  expect(await page.evaluate(() => document.querySelector('footer.strip') !== null)).toBe(true);
});

test('the command line gives a link with the address, and refuses what is none', ({ program }) => {
  const open = (address: string) =>
    spawnSync(process.execPath, [cli, '--data', program.dataDir, 'open', address], {
      encoding: 'utf8',
      // No browser is to be found and opened.
      env: { ...process.env, LC_ALL: 'en_US.UTF-8', PATH: '' },
    });
  const right = open('konspekt://library?stale=yes');
  expect([right.status, right.stdout]).toEqual([
    0,
    expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+\/open\?token=\S+#konspekt:\/\/library\?stale=yes/u),
  ]);
  const wrong = open('konspekt://job/1/cancel');
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('"konspekt://job/1/cancel" is no address')]);
});
